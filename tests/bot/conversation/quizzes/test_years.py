"""Four years or decades to choose from."""

import random
from datetime import UTC, datetime

import pytest

from bot.conversation.quizzes.years import decade_of, year_options
from knowledge.library import Library


@pytest.mark.parametrize(
    ("date", "decade"),
    [
        ("c. 1665", 1660),
        ("1884–1886", 1880),
        ("c. 1503–1506", 1500),
        ("1660s", 1660),
        ("um 1665", 1660),
        ("1498–1502", None),
        ("1600s", None),
        ("early 16th century", None),
        ("after 1500", None),
        ("", None),
    ],
)
def test_a_vague_date_has_its_decade_or_none(date: str, decade: int | None) -> None:
    assert decade_of(date) == decade


def test_a_certain_year_is_asked_as_a_year_and_a_vague_one_as_a_decade() -> None:
    exact = year_options("1872", None, random.Random(1))
    vague = year_options("c. 1872", None, random.Random(1))
    assert exact is not None and vague is not None
    assert exact.options[exact.right] == "1872"
    assert vague.options[vague.right] == "1870–1879"
    assert year_options("1868–1872", None, random.Random(1)) is None


def test_other_years_are_of_the_painters_life_where_it_was_long_enough(library: Library) -> None:
    monet = library.artists["claude-monet"]
    for seed in range(50):
        years = year_options("1890", monet, random.Random(seed))
        assert years is not None
        assert all(1855 <= int(year) <= 1926 for year in years.options)


def test_nothing_was_painted_in_years_to_come() -> None:
    for seed in range(50):
        years = year_options("2020", None, random.Random(seed))
        assert years is not None
        assert years.options[years.right] == "2020"
        assert int(years.options[-1]) <= datetime.now(UTC).year
