"""Finding the works that a visitor means by a title, perhaps with the painter's name beside it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from knowledge.spelling import PARTICLES, latin, normal

Id = TypeVar("Id")

# fmt: off
ARTICLES = frozenset({
    "a", "an", "das", "der", "die", "el", "gli", "het", "i", "il", "l", "la", "las", "le", "les",
    "los", "the", "un", "una", "une"
})
"""Words that a title may begin with, and that nobody need remember."""
FILLER = frozenset({
    "artwork", "by", "da", "de", "del", "di", "of", "painting", "picture", "van", "von"
})
"""Words that join a title and a painter's name."""
# fmt: on
LIKE = 84.0
"""How alike title and query are, in percent, where one may be a misspelling of the other."""
SHORTEST = 4
"""Letters of a query that is compared with misspellings in mind."""


class Fit(IntEnum):
    """How well a title fits, the best first."""

    TITLE = 0
    """It is the title, or the title and the painter's name."""
    WORDS = 1
    """All its words are in title and painter, one at least in the title."""
    ALIKE = 2
    """It may be the title misspelt."""


@dataclass(frozen=True)
class TitledWork(Generic[Id]):
    """A work to be found by its titles."""

    id: Id
    titles: tuple[str, ...]
    artist: str = ""


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Id]):
    id: Id
    title: str
    """In normal words, without its article."""
    artist: frozenset[str]

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.title.split())


class TitleIndex(Generic[Id]):
    """Works by their titles, in all the languages that these are known in."""

    def __init__(self, works: Iterable[TitledWork[Id]]) -> None:
        """Index works; an id may come more than once."""
        self._entries: list[_Entry[Id]] = []
        painters: dict[str, frozenset[str]] = {}
        for work in works:
            if work.artist not in painters:
                painters[work.artist] = frozenset(latin(normal(work.artist)).split())
            for title in work.titles:
                if words := bare_title(title):
                    self._entries.append(_Entry(work.id, words, painters[work.artist]))
        self._titles = [entry.title for entry in self._entries]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            for word in entry.tokens:
                self._with_word[word].append(number)

    def find(self, query: str) -> dict[Id, Fit]:
        """Return the works that a query may mean, the best first, each with how well it fits."""
        asked = bare_title(query)
        if not asked:
            return {}
        found: dict[Id, Fit] = {}
        for fit, ids in ((Fit.TITLE, self._exact(asked)), (Fit.WORDS, self._worded(asked))):
            for id_ in ids:
                found.setdefault(id_, fit)
        return found or dict.fromkeys(self._alike(asked), Fit.ALIKE)

    def _exact(self, asked: str) -> list[Id]:
        tokens = set(asked.split())
        return [
            entry.id
            for entry in self._sharing(tokens)
            if entry.title == asked or (entry.tokens <= tokens and self._rest(tokens, entry))
        ]

    def _rest(self, tokens: set[str], entry: "_Entry[Id]") -> bool:
        """Say whether what a query says beside a title is the painter's name, or part of it."""
        rest = tokens - entry.tokens - FILLER
        return bool(rest) and rest <= entry.artist and bool(rest - PARTICLES)

    def _worded(self, asked: str) -> list[Id]:
        tokens = set(asked.split()) - PARTICLES - FILLER
        return [
            entry.id for entry in self._sharing(tokens) if tokens <= entry.tokens | entry.artist
        ]

    def _sharing(self, tokens: set[str]) -> "list[_Entry[Id]]":
        """Return the works whose titles have one of these words, in their order."""
        numbers = {number for word in tokens for number in self._with_word.get(word, ())}
        return [self._entries[number] for number in sorted(numbers)]

    def _alike(self, asked: str) -> Sequence[Id]:
        if len(asked) < SHORTEST:
            return []
        hits = process.extract(
            asked, self._titles, scorer=fuzz.ratio, score_cutoff=LIKE, limit=len(self._titles)
        )
        return [self._entries[number].id for _, _, number in hits]


def bare_title(title: str) -> str:
    """Return a title's words as they are compared, without the article it begins with."""
    words = latin(normal(title)).split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)
