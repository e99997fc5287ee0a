"""Whose hand is it? The right name among painters of the same time."""

import random
from collections.abc import Sequence

from bot.conversation.quizzes.works import Work
from knowledge.entries import Artist
from knowledge.library import Library
from knowledge.spelling import normal

OTHERS = 3
NEAR = 10
"""Of so many painters who are the likeliest to be taken for the right one, some are chosen."""
SAME_TIME = 40
"""Years between two births of painters of about the same time."""
FAMILY = 4
"""Letters of a word that two painters' names may not share, as the Bruegels' do."""


def painter_options(
    library: Library, work: Work, museum: Sequence[Work], rng: random.Random
) -> list[str] | None:
    """Return four names, the right one first; ``None`` where there are not enough others.

    A painter whom the library knows is asked about among others of it; one known only to a museum,
    ``museum``, among the names of its own catalogue.
    """
    if work.artist_id in library.artists:
        others = _of_library(library, library.artists[work.artist_id])
    else:
        others = _of_museum(work, museum)
    near: list[str] = []
    for name in others:
        if not any(_confused(name, other) for other in (work.artist, *near)):
            near.append(name)
        if len(near) == NEAR:
            break
    return [work.artist, *rng.sample(near, OTHERS)] if len(near) >= OTHERS else None


def _of_library(library: Library, right: Artist) -> list[str]:
    """Return painters of about the same time, those of the same movement first, then by fame."""
    born = _born(right)
    same_time = [
        artist
        for artist in library.artists.values()
        if artist.id != right.id and abs(_born(artist) - born) <= SAME_TIME
    ]
    movements = set(right.movements)
    same_time.sort(key=lambda a: (not movements & set(a.movements), -len(a.works), a.id))
    return [artist.name for artist in same_time]


def _born(artist: Artist) -> int:
    """Return about when a painter was born; far away where nothing is known."""
    if artist.born.year is not None:
        return artist.born.year
    return artist.died.year - 60 if artist.died and artist.died.year else 0


def _of_museum(right: Work, museum: Sequence[Work]) -> list[str]:
    """Return the other painters of a museum, those first who lived at about the same time."""
    names = {work.artist: work for work in museum if work.artist and work.artist != right.artist}
    lived = right.lived or 0
    return sorted(names, key=lambda name: (abs((names[name].lived or 0) - lived), name))


def _confused(one: str, other: str) -> bool:
    """Say whether two names may be one person's, or one family's."""
    a, b = (set(normal(name).split()) for name in (one, other))
    return a == b or any(len(word) >= FAMILY for word in a & b - COMMON)


COMMON = frozenset(normal("detto dit genannt called known giovanni francesco the elder").split())
"""Words that names of different painters share."""
