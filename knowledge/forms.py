"""Every form under which one name is looked up, and how much each form says."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from knowledge.spelling import PARTICLES, is_east_asian, normal, turned, with_umlauts

_TAILS = (
    "the elder",
    "the younger",
    "the old",
    "elder",
    "younger",
    "jr",
    "sr",
    "ii",
    "iii",
    "d a",
    "d j",
)
_TITLES = ("sir ", "dame ", "lord ", "saint ")


class Level(IntEnum):
    """How well a form stands for its entry, best first."""

    NAME = 0
    """The name itself."""
    OTHER = 1
    """Another full name."""
    INITIALS = 2
    """A full name with initials."""
    FAMILY = 3
    """The family name, or an end of the name that holds it."""
    OTHER_FAMILY = 4
    """An end of another name: a name of birth or marriage."""
    GIVEN = 5
    """The first word of the name."""
    WORD = 6
    """Any other word of any name."""


@dataclass(frozen=True)
class Form:
    """Normal words that stand for an entry."""

    words: str
    level: Level


def spellings(name: str) -> list[str]:
    """Return the normal words of a name, and those with umlauts written out."""
    return list(dict.fromkeys((normal(turned(name)), with_umlauts(turned(name)))))


def bare(words: str) -> str:
    """Words without a title before and ``the Younger`` or ``Jr`` after them."""
    for title in _TITLES:
        words = words.removeprefix(title)
    for tail in _TAILS:
        words = words.removesuffix(f" {tail}")
    return words


def forms(name: str, other_names: tuple[str, ...]) -> list[Form]:
    """Return the forms of one entry; the same words may come at several levels."""
    main = spellings(name)
    found = [form for words in main for form in _forms(words, Level.NAME, Level.FAMILY)]
    for other in other_names:
        for words in spellings(other):
            part = any(_is_part(words, whole) for whole in main)
            level = Level.FAMILY if part else Level.OTHER
            found += _forms(words, level, Level.OTHER_FAMILY)
    return [form for form in found if form.words]


def _forms(words: str, level: Level, family: Level) -> Iterator[Form]:
    yield Form(words, level)
    if words != bare(words):
        yield Form(bare(words), max(level, Level.OTHER))
    yield from (Form(initials, Level.INITIALS) for initials in _initials(bare(words)))
    yield from _parts(bare(words), family)


def _is_part(words: str, whole: str) -> bool:
    return words != whole and f" {words} " in f" {whole} "


def _parts(words: str, family: Level) -> Iterator[Form]:
    """Return the ends of a name (``van gogh``, ``gogh``), and its other words."""
    if is_east_asian(words):
        joined = words.replace(" ", "")
        yield from (Form(joined[cut:], family) for cut in range(1, len(joined) - 1))
        return
    tokens = words.split()
    yield from (Form(" ".join(tokens[cut:]), family) for cut in range(1, len(tokens)))
    first = Level.GIVEN if family is Level.FAMILY else Level.WORD
    for place, token in enumerate(tokens[:-1]):
        if token not in PARTICLES:
            yield Form(token, Level.WORD if place else first)


def _initials(words: str) -> Iterator[str]:
    """``john singer sargent`` as ``j s sargent``, ``j sargent`` and ``john s sargent``."""
    tokens = words.split()
    first = next((cut for cut, token in enumerate(tokens) if token in PARTICLES), len(tokens) - 1)
    given, family = tokens[:first], tokens[first:]
    if not given or is_east_asian(words):
        return
    letters = [token[0] for token in given]
    for head in (letters, letters[:1], [given[0], *letters[1:]]):
        if head != given:
            yield " ".join([*head, *family])
