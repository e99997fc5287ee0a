"""Movements by their marks: which may be asked about, and which movements are no relatives."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from knowledge.entries import Movement
from knowledge.library import Library
from knowledge.spelling import normal

OTHERS = 3
NEAR = 12
"""Of so many movements of about the same time that are no relatives, some are chosen."""
STEM = 5
"""Letters by which words are held for the same: ``Impressionists`` names Impressionism."""
RARE = 0.12
"""The share of movements in whose marks a word may occur that still tells something."""
ALIKE = 2
"""Such words that two movements' marks may not have in common."""
COMMON_STEMS = frozenset({"paint", "schoo", "schul", "ecole", "escue", "scuol", "pitto", "pintu"})
"""Words in the names of many movements that make no relatives."""

_of_libraries: WeakKeyDictionary[Library, "Styles"] = WeakKeyDictionary()


def styles_of(library: Library) -> "Styles":
    """Return the movements of a library, read once."""
    if library not in _of_libraries:
        _of_libraries[library] = Styles(library)
    return _of_libraries[library]


class Styles:
    """The movements of a library, for questions about them."""

    def __init__(self, library: Library) -> None:
        """Read a library's movements; it takes some milliseconds."""
        self._all = library.movements
        self._names = {id_: _names(movement) for id_, movement in self._all.items()}
        self._stems = {id_: _stems(movement) for id_, movement in self._all.items()}
        self._stories = {id_: _story(movement) for id_, movement in self._all.items()}
        self._told = {id_: _words(" ".join(m.marks)) for id_, m in self._all.items()}
        often: Counter[str] = Counter(word for told in self._told.values() for word in told)
        self._common = {word for word, count in often.items() if count > RARE * len(self._all)}
        self._known = library.artists
        self._painters = self._painters_of()
        self._marks: dict[str, list[str]] = {}

    def marks(self, id_: str) -> list[str]:
        """Return the marks of a movement that name neither a movement nor one of its painters."""
        if id_ not in self._marks:
            self._marks[id_] = [mark for mark in self._all[id_].marks if self._is_fair(id_, mark)]
        return self._marks[id_]

    def _is_fair(self, id_: str, mark: str) -> bool:
        words = _words(" ".join(self._names[id_]))
        stems = {word[:STEM] for word in words if len(word) >= STEM}
        families = {normal(self._known[p].name).split()[-1] for p in self._painters[id_]}
        within = _within(mark)
        return not (
            any(word[:STEM] in stems for word in _words(mark))
            or _tells(within, families)
            or any(_tells(within, names) for names in self._names.values())
        )

    def others(self, id_: str, marks: Sequence[str], rng: random.Random) -> list[str]:
        """Return three movements of about that time that have nothing to do with it or each other.

        Fewer where there are not enough.
        """
        middle = self._all[id_].start + self._all[id_].end
        told = _words(" ".join(marks)) - self._common
        by_time = sorted(self._all.values(), key=lambda o: (abs(o.start + o.end - middle), o.id))
        strange = [
            other.id
            for other in by_time
            if not self.related(id_, other.id) and len(told & self._told[other.id]) < ALIKE
        ]
        near, far = strange[:NEAR], strange[NEAR:]
        chosen: list[str] = []
        for other_id in (*rng.sample(near, len(near)), *far):
            if not any(self.related(other_id, each) for each in chosen):
                chosen.append(other_id)
        return chosen[:OTHERS]

    def related(self, one: str, other: str) -> bool:
        """Say whether two movements are the same, or so near that marks of one may be the other's.

        They share a painter or a word of their names, one came out of the other, or the story of
        one tells of the other.
        """
        if one == other or self._painters[one] & self._painters[other]:
            return True
        if self._stems[one] & self._stems[other]:
            return True
        return _tells(self._stories[one], self._names[other]) or _tells(
            self._stories[other], self._names[one]
        )

    def painters(self, id_: str) -> list[str]:
        """Return a movement's painters, its best known first."""
        first = [p for p in self._all[id_].painters if p in self._known]
        return [*first, *sorted(self._painters[id_] - set(first))]

    def _painters_of(self) -> dict[str, set[str]]:
        found = {id_: {p for p in m.painters if p in self._known} for id_, m in self._all.items()}
        for artist in self._known.values():
            for id_ in artist.movements:
                if id_ in found:
                    found[id_].add(artist.id)
        return found


def _words(text: str) -> set[str]:
    return {word for word in normal(text).split() if len(word) > 3}


def _stems(movement: Movement) -> set[str]:
    words = _words(f"{movement.name} {movement.id.replace('-', ' ')}")
    return {word[:STEM] for word in words if len(word) >= STEM} - COMMON_STEMS


def _names(movement: Movement) -> frozenset[str]:
    every = (movement.name, movement.id.replace("-", " "), *movement.other_names)
    return frozenset(name for name in map(normal, every) if len(name) > 3)


def _story(movement: Movement) -> str:
    return _within(" ".join((*movement.after, *movement.before, movement.text)))


def _within(text: str) -> str:
    return f" {normal(text)} "


def _tells(text: str, names: Iterable[str]) -> bool:
    """Say whether a text names something."""
    return any(f" {name} " in text or f" {name}s " in text for name in names)
