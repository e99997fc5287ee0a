"""How often a head is right, counted by hand."""

import numpy as np
import pytest

from tests.training.report.made import guesses, head
from training.report.scores import by_label, interval, macro_auc, macro_f1, top_share

# A twice right and once taken for B, B once right, C never asked but once given.
SEEN = guesses(
    ("a", "a", 0.9), ("a", "a", 0.8), ("a", "b", 0.7), ("b", "b", 0.6), ("b", "c", 0.5)
)  # fmt: skip


def test_recall_and_precision_of_each_label_are_those_counted_by_hand() -> None:
    found = by_label(SEEN)
    assert found.tested.tolist() == [3, 2, 0]
    assert found.recall[:2] == pytest.approx([2 / 3, 1 / 2])
    assert found.precision == pytest.approx([1, 1 / 2, 0])
    assert found.f1[:2] == pytest.approx([0.8, 0.5])
    assert found.confusions.tolist() == [[2, 1, 0], [0, 1, 1], [0, 0, 0]]


def test_a_label_without_test_pictures_has_no_recall_and_no_area() -> None:
    found = by_label(SEEN)
    assert np.isnan(found.recall[2])
    assert np.isnan(found.auc[2])


def test_macro_f1_is_the_mean_over_the_labels_with_test_pictures() -> None:
    assert macro_f1(SEEN) == pytest.approx((0.8 + 0.5) / 2)


def test_the_area_counts_ties_half() -> None:
    """A: of 2 × 2 pairs two are in order, one is not and one ties."""
    tied = head([[0.9, 0.1], [0.4, 0.6], [0.4, 0.6], [0.5, 0.5]], [[1, 0], [1, 0], [0, 1], [0, 1]])
    found = by_label(tied)
    assert found.auc == pytest.approx([2.5 / 4, 2.5 / 4])
    assert macro_auc(found) == pytest.approx(2.5 / 4)


def test_any_of_several_right_labels_is_right_and_is_the_one_that_counts() -> None:
    several = head([[0.2, 0.7, 0.1], [0.2, 0.1, 0.7]], [[0.5, 0.5, 0], [0.5, 0.5, 0]])
    assert several.right.tolist() == [True, False]
    assert several.truth.tolist() == [1, 0]
    assert by_label(several).confusions.tolist() == [[0, 0, 1], [0, 1, 0], [0, 0, 0]]


def test_pictures_without_a_label_are_not_asked() -> None:
    unlabelled = guesses(("a", "a", 0.9), ("", "b", 0.9))
    assert unlabelled.asked.tolist() == [True, False]
    assert unlabelled.truth.tolist() == [0, -1]
    assert top_share(unlabelled, 1) == 1
    assert by_label(unlabelled).precision[0] == 1


def test_top_k_looks_at_the_best_k() -> None:
    scores = head([[0.5, 0.3, 0.2]] * 3, [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert [top_share(scores, k) for k in (1, 2, 3)] == pytest.approx([1 / 3, 2 / 3, 1])


def test_a_head_with_one_label_is_always_right_and_has_no_area() -> None:
    one = head([[1.0], [1.0]], [[1], [1]])
    found = by_label(one)
    assert (found.recall[0], macro_f1(one), top_share(one, 5)) == (1, 1, 1)
    assert np.isnan(macro_auc(found))


def test_without_pictures_nothing_is_claimed() -> None:
    nobody = guesses()
    found = by_label(nobody)
    assert found.tested.tolist() == [0, 0, 0]
    assert found.confusions.shape == (3, 3)
    assert all(np.isnan(v) for v in (top_share(nobody, 1), macro_f1(nobody), macro_auc(found)))


def test_the_interval_of_few_pictures_is_wide() -> None:
    """Wilson's interval of 1 of 1 reaches down to 1 / (1 + 1.96²)."""
    assert interval(1, 1) == pytest.approx((1 / (1 + 1.96**2), 1), abs=1e-3)
    low, high = interval(500, 1000)
    assert high - low < 0.07
