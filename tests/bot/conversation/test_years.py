"""Years as they are said."""

from dataclasses import replace
from functools import partial

import pytest

from bot.conversation.phrases import Phrases
from bot.conversation.years import dated, life_years
from knowledge.entries import Artist, Moment
from knowledge.library import Library

SAY = partial(Phrases().say, language="en")


@pytest.fixture
def vermeer(library: Library) -> Artist:
    return library.artists["johannes-vermeer"]


@pytest.mark.parametrize(
    ("born", "died", "active", "line"),
    [
        (Moment(1853, False, "Zundert"), Moment(1890, False, ""), "", "1853–1890"),
        (Moment(1600, True, ""), Moment(1640, False, ""), "", "c. 1600–1640"),
        (Moment(1941, False, ""), None, "", "born 1941"),
        (Moment(None, False, ""), Moment(1640, True, ""), "", "died c. 1640"),
        (Moment(None, False, ""), None, "1794–1795", "active 1794–1795"),
        (Moment(None, False, "Delft"), None, "", ""),
    ],
)
def test_a_life_is_said_as_far_as_it_is_known(
    vermeer: Artist, born: Moment, died: Moment | None, active: str, line: str
) -> None:
    assert life_years(SAY, replace(vermeer, born=born, died=died, active=active)) == line


def test_a_year_that_is_not_certain_has_the_languages_own_word() -> None:
    assert dated(SAY, "c. 1665") == "c. 1665"
    assert dated(partial(Phrases().say, language="de"), "c. 1484–1486") == "um 1484–1486"
