"""The reliability diagram says what can be counted by hand."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.training.report.made import guesses, head
from training.measures import BINS, calibration_error
from training.report.reliability import draw_reliability, reliability


def test_a_bin_says_its_mean_confidence_and_how_often_it_is_right() -> None:
    """Three pictures between 14/15 and 1, one between 7/15 and 8/15."""
    found = reliability(
        guesses(("a", "a", 0.95), ("b", "b", 0.97), ("a", "c", 0.99), ("a", "b", 0.5))
    )
    full = np.flatnonzero(found.counts)
    assert full.tolist() == [7, 14]
    assert found.counts[full].tolist() == [1, 3]
    assert found.said[full] == pytest.approx([0.5, 0.97])
    assert found.right[full] == pytest.approx([0, 2 / 3])
    assert found.error == pytest.approx(0.25 * 0.5 + 0.75 * (0.97 - 2 / 3), abs=1e-6)


def test_bins_hold_every_picture_also_at_their_edges() -> None:
    edges = np.linspace(0, 1, BINS + 1)[6:]
    found = reliability(guesses(*(("a", "a", float(edge)) for edge in edges)))
    assert found.counts.sum() == len(edges)
    assert not np.isnan(found.said[found.counts > 0]).any()


def test_the_error_is_the_one_that_the_card_states() -> None:
    rng = np.random.default_rng(0)
    scores = rng.dirichlet(np.full(4, 0.5), 500)
    made = head(scores, np.eye(4)[rng.integers(0, 4, 500)])
    found = reliability(made)
    by_hand = np.nansum(found.counts / 500 * np.abs(found.said - found.right))
    assert found.error == calibration_error(made.confidence, made.right)
    assert found.error == pytest.approx(by_hand, abs=1e-6)


def test_pictures_without_a_label_are_left_out() -> None:
    assert reliability(guesses(("a", "a", 0.9), ("", "b", 0.9))).counts.sum() == 1


def test_without_pictures_there_is_no_error_and_still_a_diagram(tmp_path: Path) -> None:
    nobody = guesses()
    assert np.isnan(reliability(nobody).error)
    draw_reliability((nobody, nobody), tmp_path / "x.png")
    assert Image.open(tmp_path / "x.png").format == "PNG"


def test_the_diagram_is_small_enough_for_the_model_card_and_the_same_each_time(
    tmp_path: Path,
) -> None:
    rng = np.random.default_rng(1)
    made = head(rng.dirichlet(np.full(4, 0.3), 300), np.eye(4)[rng.integers(0, 4, 300)])
    for name in ("one.png", "two.png"):
        draw_reliability((made, made), tmp_path / name)
    one, two = ((tmp_path / name).read_bytes() for name in ("one.png", "two.png"))
    assert len(one) < 60_000
    assert one == two
