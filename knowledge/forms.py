"""Every form under which one name is looked up, and how much each form says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from knowledge.generations import split_generation, with_one_generation
from knowledge.spelling import (
    PARTICLES,
    is_east_asian,
    normal,
    sound,
    turned,
    with_umlauts,
)

_TITLES = ("sir ", "dame ", "lord ", "saint ")
_LATIN = re.compile("[a-z]")
_SAME_FAMILY = 75
"""Per cent of likeness from which two spellings are of one family name (Breughel, Bruegel)."""


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
    """The family name as another name spells it."""
    ONCE = 5
    """What only another name ends with: a name of birth or marriage."""
    GIVEN = 6
    """The first word of the name."""
    WORD = 7
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
    """Words without a title before them."""
    for title in _TITLES:
        words = words.removeprefix(title)
    return words


def forms(name: str, other_names: tuple[str, ...]) -> list[Form]:
    """Return the forms of one entry, each at its best level."""
    main = spellings(name)
    found = [form for words in main for form in _forms(words, Level.NAME, Level.FAMILY)]
    for other in other_names:
        for words in spellings(other):
            found += _other_forms(words, main)
    best: dict[str, Level] = {}
    for form in found:
        best[form.words] = min(best.get(form.words, form.level), form.level)
    return [Form(words, level) for words, level in best.items() if words]


def _other_forms(words: str, main: list[str]) -> Iterator[Form]:
    """Return the forms of another name; those without the entry's own family name say little."""
    part = any(_is_part(words, whole) for whole in main)
    level = Level.FAMILY if part else Level.OTHER
    for form in _forms(words, level, Level.OTHER_FAMILY):
        whole = form.words in (words, bare(words), with_one_generation(words))
        if whole or form.level > Level.ONCE or _is_own(form.words, words, main[0]):
            yield form
        else:
            yield Form(form.words, Level.ONCE)


def _is_own(end: str, other: str, main: str) -> bool:
    """Whether an end of another name is the entry's family name, in any spelling or script.

    One who is called by a single name (Rembrandt) has no other family name to be known by.
    """
    if _LATIN.search(main) and not _LATIN.search(other):
        return not (is_east_asian(other) and split_generation(other)[1])
    tokens = [word for word in _plain(main).split() if word not in PARTICLES]
    if len(tokens) < 2:
        return not split_generation(other)[1] and not _is_spelling(other, main)
    typed = sound(end.replace(" ", ""))
    return any(_is_within(sound(family), typed) for family in tokens[1:])


def _is_spelling(other: str, main: str) -> bool:
    """Whether another name is only the name in other letters: ``Miguel Ángel``, Michelangelo."""
    return fuzz.ratio(sound(other.replace(" ", "")), sound(main)) >= _SAME_FAMILY


def _is_within(family: str, typed: str) -> bool:
    return len(typed) >= len(family) - 1 and fuzz.partial_ratio(family, typed) >= _SAME_FAMILY


def _plain(words: str) -> str:
    return split_generation(bare(words))[0]


def _forms(words: str, level: Level, family: Level) -> Iterator[Form]:
    yield Form(words, level)
    yield Form(bare(words), max(level, Level.OTHER))
    plain, generation = split_generation(bare(words))
    found = [
        Form(plain, max(level, Level.OTHER)),
        *(Form(initials, Level.INITIALS) for initials in _initials(plain)),
        *_parts(plain, family),
    ]
    yield from found
    if generation:
        yield from (Form(f"{form.words} {generation}", form.level) for form in found)


def _is_part(words: str, whole: str) -> bool:
    return words != whole and f" {words} " in f" {whole} "


def _parts(words: str, family: Level) -> Iterator[Form]:
    """Return the ends of a name (``van gogh``, ``gogh``), and its other words.

    In ``agnolo di taddeo gaddi``, the end ``taddeo gaddi`` is the father.
    """
    if is_east_asian(words) and " " not in words:
        yield from (Form(words[cut:], family) for cut in range(1, len(words) - 1))
        return
    tokens = words.split()
    for cut in range(1, len(tokens)):
        father = tokens[cut - 1] == "di" and cut < len(tokens) - 1
        yield Form(" ".join(tokens[cut:]), Level.ONCE if father else family)
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
