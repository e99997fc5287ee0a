"""Which marks may be asked about, and which movements stand beside each other."""

import random

import pytest

from bot.conversation.quizzes.movements import Styles, styles_of
from knowledge.library import Library


@pytest.fixture(scope="module")
def styles(library: Library) -> Styles:
    return styles_of(library)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("impressionism", "impressionism"),
        ("impressionism", "post-impressionism"),
        ("expressionism", "abstract-expressionism"),
        ("early-renaissance", "high-renaissance"),
        ("baroque", "caravaggism"),
        ("pointillism", "divisionism"),
        ("die-brucke", "expressionism"),
    ],
)
def test_relatives_never_stand_beside_each_other(styles: Styles, one: str, other: str) -> None:
    assert styles.related(one, other)
    assert styles.related(other, one)


def test_not_everything_is_related(styles: Styles) -> None:
    assert not styles.related("ukiyo-e", "high-renaissance")
    assert not styles.related("impressionism", "mughal-painting")


def test_a_mark_that_names_a_movement_or_its_painter_is_not_asked_about(
    styles: Styles, library: Library
) -> None:
    left = [mark for id_ in library.movements for mark in styles.marks(id_)]
    for told in ("Impressionists", "Cubism", "Soutine", "Basquiat"):
        assert any(told in mark for m in library.movements.values() for mark in m.marks)
        assert not any(told in mark for mark in left)


def test_every_movement_has_three_others_that_are_strangers_to_each_other(
    styles: Styles, library: Library
) -> None:
    for id_ in library.movements:
        marks = styles.marks(id_)[:2]
        chosen = [id_, *styles.others(id_, marks, random.Random(1))]
        assert len(chosen) == 4
        assert not [(a, b) for a in chosen for b in chosen if a < b and styles.related(a, b)]
