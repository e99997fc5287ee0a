"""The movements that a tour met."""

from bot.conversation.recap.data import Recap
from bot.conversation.recap.met import MOST, marks, movement_name, movements_met
from knowledge.library import Library
from tests.bot.conversation.recap.tours import START, stop


def through(*movements: str) -> Recap:
    stops = tuple(stop(n, movement_id=id_) for n, id_ in enumerate(movements, start=1))
    return Recap("", START, START, stops, (), 1)


def test_each_movement_stands_once_the_earliest_first(library: Library) -> None:
    recap = through("cubism", "impressionism", "cubism", "", "nothing-known")
    assert [span.name for span in movements_met(library, recap)] == ["Impressionism", "Cubism"]


def test_movements_that_were_met_once_go_first_where_there_are_too_many(library: Library) -> None:
    ids = list(library.movements)[: MOST + 3]
    names = {span.name for span in movements_met(library, through(*ids, ids[-1]))}
    assert len(names) == MOST
    assert library.movements[ids[-1]].name in names


def test_a_movement_is_named_in_the_library_s_language(library: Library) -> None:
    german = library.in_language("de")
    assert movement_name(german, stop(1, movement_id="impressionism")) == "Impressionismus"
    assert movement_name(german, stop(1, movement_id="own", movement="Our own")) == "Our own"


def test_no_mark_is_told_twice(library: Library) -> None:
    known = library.movements["impressionism"].marks
    told = marks(library, through("nothing-known", *["impressionism"] * (len(known) + 2)))
    assert list(told.values()) == list(known)
    assert 1 not in told
