"""Painters as visitors write them, people who are none, and how fast both are told."""

import csv
import time
from pathlib import Path
from statistics import median

import pytest

from knowledge.library import CONTENT, Library
from knowledge.reading import read_content

REACHED = 0.98
"""The least share of the ways of writing that lead to the right painter, at once or by a choice."""
MEDIAN_S = 0.005


def rows(name: str) -> list[dict[str, str]]:
    """Read a table that stands beside this file."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


WAYS = rows("ways_of_writing.csv")


@pytest.fixture(scope="module")
def library() -> Library:
    """Read the library that ships."""
    return Library(read_content(CONTENT), None)


def test_nearly_every_way_of_writing_reaches_its_painter_and_none_another_one_silently(
    library: Library,
) -> None:
    """A wrong painter may stand among choices, but is never told as the one that was asked for."""
    found = {row["written"]: library.find_artist(row["written"]) for row in WAYS}
    lost = [row for row in WAYS if row["painter"] not in found[row["written"]].ids]
    share = 1 - len(lost) / len(WAYS)
    painters = len({row["painter"] for row in WAYS})
    print(f"{share:.1%} of {len(WAYS)} ways of writing {painters} painters reach them")  # noqa: T201
    assert not [row for row in lost if found[row["written"]].sure]
    assert share >= REACHED, lost


@pytest.mark.parametrize("written", [row["written"] for row in rows("not_painters.csv")])
def test_who_is_no_painter_of_the_library_is_never_told_as_one(
    library: Library, written: str
) -> None:
    """A real namesake may be offered as a choice."""
    assert not library.find_artist(written).sure


def test_a_painter_is_found_within_five_milliseconds(library: Library) -> None:
    """Half of all questions take less than that with every painter of the library."""
    times: list[float] = []
    for row in WAYS:
        start = time.perf_counter()
        library.find_artist(row["written"])
        times.append(time.perf_counter() - start)
    print(f"{median(times) * 1000:.2f} ms, at worst {max(times) * 1000:.1f}")  # noqa: T201
    assert median(times) < MEDIAN_S
