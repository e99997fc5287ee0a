"""Risk against coverage, counted by hand."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.report.made import guesses
from training.report.coverage import at_threshold, coverage

MADE = guesses(("a", "a", 0.9), ("a", "b", 0.8), ("a", "a", 0.7), ("a", "b", 0.6))


def test_the_curve_goes_from_the_surest_picture_to_all() -> None:
    curve = coverage(MADE)
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert curve.risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])


def test_equal_confidences_are_answered_together_or_not_at_all() -> None:
    """However the file orders them: nobody could answer the right one of the two alone."""
    curve = coverage(guesses(("a", "a", 0.9), ("a", "a", 0.7), ("a", "b", 0.7)))
    assert curve.coverage == pytest.approx([1 / 3, 1])
    assert curve.risk == pytest.approx([0, 1 / 3])


def test_the_area_is_that_under_the_straight_lines_between_the_points() -> None:
    by_hand = 0.25 * (0.5 / 2 + (1 / 2 + 1 / 3) / 2 + (1 / 3 + 1 / 2) / 2)
    assert coverage(MADE).area == pytest.approx(by_hand)


def test_the_threshold_names_from_its_confidence_on() -> None:
    made = replace(MADE, threshold=float(MADE.confidence[2]))
    assert at_threshold(made) == pytest.approx((0.75, 1 / 3))


def test_where_nothing_reaches_the_threshold_nothing_is_wrong() -> None:
    answered, wrong = at_threshold(replace(MADE, threshold=1.0))
    assert answered == 0
    assert np.isnan(wrong)


@pytest.mark.parametrize("given", ["a", "b"])
def test_a_head_that_is_always_right_or_always_wrong_has_a_flat_curve(given: str) -> None:
    curve = coverage(guesses(("a", given, 0.9), ("a", given, 0.8)))
    assert curve.risk.tolist() == [float(given == "b")] * 2


def test_without_pictures_there_is_no_curve() -> None:
    nobody = guesses()
    assert len(coverage(nobody).risk) == 0
    assert np.isnan(coverage(nobody).area)
    assert all(np.isnan(at_threshold(nobody)))
