"""How the answer is read that tells paintings from anything else, and how it is measured."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
from numpy.typing import NDArray

from training import kind
from training.dataset import Prepared, prepare
from training.kind import Kind, measure_kind, read_logits, settle_kind
from training.kind_views import Seen, on_wall, other_views, painted, painting_views
from training.recipe import Recipe


class Grain:
    """A network to which a picture is a painting the more its neighbouring pixels differ."""

    def predict(
        self, pictures: NDArray[np.uint8], batch_size: int = 32
    ) -> Mapping[str, NDArray[np.float32]]:
        steps = np.abs(np.diff(pictures.astype(np.float32), axis=2)).mean((1, 2, 3))
        return {"painting": steps[:, None] - 5}


BRANCH = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])


@pytest.fixture
def prepared(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    monkeypatch.setattr(kind, "MUSEUM_PHOTOS", {})
    monkeypatch.setattr(kind, "MEASURED", 40)
    return prepare(recipe)


def two_clouds(seed: int, apart: float = 4.0) -> Seen:
    """Paintings and other pictures whose logits lie ``apart`` standard deviations."""
    rng = np.random.default_rng(seed)
    painting = np.arange(400) % 2 == 0
    logits = (5 * (rng.normal(0, 1, 400) + apart * (painting - 0.5))).astype(np.float32)
    groups = np.where(painting, "clean", np.where(np.arange(400) % 4 == 1, "photo", "wall"))
    return Seen(logits, groups, painting)


def test_the_threshold_refuses_few_paintings_even_where_the_sides_overlap() -> None:
    found = read_logits(BRANCH, two_clouds(3, 1.5))
    unseen = two_clouds(4, 1.5)
    refused = found.sureness(unseen.logits[unseen.painting]) < found.threshold
    assert 0 < refused.mean() < 0.05


def test_no_way_of_seeing_paintings_loses_many() -> None:
    """Half of the paintings are seen from afar, where they are told less surely."""
    views = two_clouds(3)
    afar = views.painting & (np.arange(400) % 4 == 0)
    logits = np.where(afar, views.logits - 8, views.logits)
    groups = np.where(afar, "afar", views.groups)
    found = read_logits(BRANCH, replace(views, logits=logits, groups=groups))
    assert (found.sureness(logits[afar]) < found.threshold).mean() <= 0.03


def test_sureness_is_calibrated_where_the_sides_overlap() -> None:
    found = read_logits(BRANCH, two_clouds(3, 1.5))
    unseen = two_clouds(5, 1.5)
    sure = found.sureness(unseen.logits)
    middle = (sure > 0.3) & (sure < 0.7)
    assert abs(unseen.painting[middle].mean() - 0.5) < 0.2


def test_sureness_is_the_share_that_the_logit_says() -> None:
    sure = Kind(BRANCH, temperature=3.0, threshold=0.5).sureness(np.array([7.0], np.float32))
    assert sure[0] == pytest.approx(1 / (1 + np.exp(-7 / 3)))


def test_a_painting_on_a_wall_keeps_the_size_and_repeats() -> None:
    picture = np.full((224, 224, 3), 200, np.uint8)
    one, same = (on_wall(picture, np.random.default_rng(3)) for _ in range(2))
    assert one.shape == (224, 224, 3)
    assert np.array_equal(one, same)


def test_works_by_makers_of_objects_and_photographs_are_left_out(prepared: Prepared) -> None:
    examples = list(prepared.examples)
    examples[3] = replace(examples[3], artist="james-turrell")
    indices = np.array([2, 3, 4])
    assert painted(replace(prepared, examples=examples), indices).tolist() == [2, 4]


def test_views_of_both_sides_carry_their_group(prepared: Prepared, tmp_path: Path) -> None:
    paintings = painting_views(Grain(), prepared, prepared.part("test"), 0)
    assert sorted(set(paintings.groups)) == ["clean", "on_wall", "phone"]
    assert len(paintings.logits) == 3 * len(prepared.part("test"))
    assert paintings.painting.all()
    others = other_views(Grain(), tmp_path, "test", (50, 12), 0)
    assert all(group.startswith("made_") for group in others.groups)
    assert len(others.logits) == 12


def test_read_and_measured_without_any_package(
    prepared: Prepared, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Made pictures alone stand for what is no painting; figures are shares."""
    caplog.set_level(logging.INFO)
    found = settle_kind(Grain(), BRANCH, prepared, tmp_path, seed=1)
    figures = measure_kind(Grain(), prepared, tmp_path, found)
    assert 0 < found.threshold < 1
    assert all(0 <= share <= 1 for share in figures.values())
    assert {"recognised", "refused_clean", "refused_phone", "refused_on_wall"} <= figures.keys()
    assert "recognised_collected" not in figures
    assert "refused_on_wall" in caplog.text
