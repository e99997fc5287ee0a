"""Figures by movement, century and origin."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.report.made import EXAMPLE, evaluated, guesses, head
from training.report.slices import by_century, by_movement, by_origin, figures
from training.report.years import century_name, century_of

MADE = guesses(("a", "a", 0.9), ("a", "b", 0.9), ("", "b", 0.9), ("b", "b", 0.4))


@pytest.mark.parametrize(
    ("text", "century"),
    [
        ("1650", 17),
        ("c. 1650", 17),
        ("1503–1506", 16),
        ("1640s", 17),
        ("1600", 16),
        ("1601", 17),
        ("17th century", 17),
        ("12th century copy of 8th c. original", 12),
        ("", None),
        ("unknown", None),
        ("500 BC", None),
        ("4th century b.c.", None),
        ("inventory 123456", None),
        ("9999", None),
    ],
)
def test_years_are_read_as_catalogues_write_them(text: str, century: int | None) -> None:
    assert century_of(text) == century


def test_centuries_are_called_as_people_call_them() -> None:
    names = [century_name(number) for number in (1, 2, 3, 11, 12, 13, 17, 21)]
    assert [name.split()[0] for name in names] == [
        "1st", "2nd", "3rd", "11th", "12th", "13th", "17th", "21st",
    ]  # fmt: skip


def test_figures_count_the_labelled_pictures_of_the_slice() -> None:
    found = figures(MADE, np.array([True, True, True, False]))
    assert (found.asked, found.top1, found.named, found.named_right) == (2, 0.5, 1, 0.5)


def test_nothing_is_claimed_of_a_slice_without_labels() -> None:
    found = figures(MADE, np.array([False, False, True, False]))
    assert found.asked == 0
    assert all(np.isnan((found.top1, found.top3, found.named, found.named_right, *found.interval)))


def test_where_nothing_is_named_nothing_is_said_of_it() -> None:
    found = figures(MADE, np.array([False, False, False, True]))
    assert (found.top1, found.named) == (1, 0)
    assert np.isnan(found.named_right)


def test_centuries_are_in_order_and_undated_works_last() -> None:
    years = ["", "1890", "c. 1650", "1660s"]
    examples = [replace(EXAMPLE, year=year) for year in years]
    found = by_century(evaluated(MADE, examples=examples))
    assert [(s.name, s.pictures) for s in found] == [
        ("17th century", 2),
        ("19th century", 1),
        ("undated", 1),
    ]
    assert found[0].painters.asked == 1


def test_a_folder_without_years_is_one_slice() -> None:
    assert [s.name for s in by_century(evaluated(MADE))] == ["undated"]


def test_origins_are_in_order_and_a_missing_one_is_said() -> None:
    examples = [replace(EXAMPLE, origin=origin) for origin in ("b", "a", "b", "")]
    found = by_origin(evaluated(MADE, examples=examples))
    assert [(s.name, s.pictures) for s in found] == [("a", 1), ("b", 2), ("unknown", 1)]


def test_a_picture_of_two_movements_counts_in_both_oldest_first() -> None:
    """A movement without pictures is left out."""
    movements = head([[0.8, 0.1, 0.1]] * 4, [[0.5, 0.5, 0], [1, 0, 0], [0, 0, 0], [0, 1, 0]])
    movements = replace(movements, order=np.array([1, 2, 0]))
    found = by_movement(evaluated(MADE, movements))
    assert [(s.name, s.pictures) for s in found] == [("B", 2), ("A", 2)]
    assert [s.movements.top1 for s in found] == [0.5, 1]


def test_without_pictures_there_are_no_slices() -> None:
    nobody = evaluated(guesses())
    assert [by_movement(nobody), by_century(nobody), by_origin(nobody)] == [[], [], []]
