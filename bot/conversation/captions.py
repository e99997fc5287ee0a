"""Which painter, movement or painting the caption of a photo names: "is this Monet?"."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversation.caption_words import ORDINARY, Words
from bot.conversation.events import Album, Command, Event, Photo, parse_command
from bot.conversation.paintings import Told
from bot.conversation.questions import POSSESSIVE
from bot.conversation.speech import Parts, place_of
from bot.conversation.titles import find_titles
from bot.vision.enrolled import KnownWork
from bot.vision.works import FAMOUS
from knowledge.entries import Painting
from knowledge.library import Library
from knowledge.names import Match
from knowledge.spelling import PARTICLES, is_east_asian, normal
from knowledge.titles import bare_title

LONGEST = 300
"""Characters of a caption that are read."""
LONGEST_NAME = 6
"""Words; hardly a name that people write is longer."""
LEAST_LETTERS = 4
"""Of a word within a sentence: what is shorter means too much else (Dou, Arp, Lam), unless it comes
after "by"."""
MOST_ALIKE = 3
"""More paintings of one title are too many for it to name one (``Self-portrait``)."""

_ASIDE = re.compile(r"https?://\S+|[@#]\w+")
"""What people put beside their words: links, mentions, tags."""
_ELISION = re.compile(r"\b(l|d|c|s|qu|j|n|un|dell|all|dall|nell|sull|quest)['’](?=\w)", re.I)
_CLAUSE_END = re.compile(r"[;,:()\[\]\n!?…]|(?<=\w{3})\.(?=\s|$)|\s[–—-]\s")
_QUOTED = re.compile(r"[\"“”„«‹»›]([^\"“”„«‹»›]{3,80})[\"“”„«‹»›]")
_NEAR_MUSEUM = 2
"""Words between which and a name a museum's word makes it a place: ``Musée Marmottan Monet``."""
_NEAR = 3
"""Words before a name among which one turns it into its contrary: "surely not a Monet"."""

Kind = Literal["artist", "movement", "painting"]


@dataclass(frozen=True)
class Hint:
    """What a visitor thinks that a photo shows; several ids where any of them is meant."""

    kind: Kind
    ids: tuple[str, ...]
    called: str = ""
    """How the visitor wrote it, where that is no entry's own name ("Brueghel")."""
    works: tuple[Told, ...] = ()
    """The paintings of a title."""


@dataclass(frozen=True)
class _Named:
    hint: Hint
    by: bool
    """Whether a word such as "by" stands before it."""


def caption_of(event: Event) -> str:
    """Return the words that came with a picture; of an album, the first that there are."""
    match event:
        case Photo():
            words = event.caption
        case Album():
            words = next((p.caption for p in event.photos if p.caption.strip()), "")
        case Command():
            words = event.argument
        case _:
            words = ""
    if command := parse_command(words):
        words = command[1] if command[0] == "identify" else ""
    return words[:LONGEST]


async def read_hint(parts: Parts, event: Event, seen: Sequence[KnownWork] = ()) -> Hint | None:
    """Return what the caption of a picture names; ``None`` where that is nothing sure.

    ``seen``: the works that the picture shows or may show; their titles are known, whatever they
    are called.
    """
    caption = _ASIDE.sub(" ", caption_of(event))
    if not caption.strip():
        return None
    asked = _ELISION.sub(r"\1 ", POSSESSIVE.sub(" ", caption))
    words = Words.of(parts.phrases)
    core = _core(asked, words)
    if not core:
        return None
    titles = [core, *(found[1] for found in _QUOTED.finditer(caption))]
    shown = [work for work in seen if any(_is_title(title, work) for title in titles)]
    if shown:
        return Hint("painting", tuple(work.id for work in shown), works=tuple(shown))
    named = await asyncio.to_thread(_names, parts.library, asked, words)
    whole = any(_is_all(each.hint, core, parts.library) for each in named)
    if not whole:
        painters = {id_ for each in named for id_ in each.hint.ids}
        for title in titles:
            if hint := await _titled(parts, event, title, painters):
                return hint
    return _chosen(named) or await asyncio.to_thread(_misspelt, parts.library, core, asked)


def _core(text: str, words: Words) -> str:
    """Return a caption without the words around what it names: ``is this ... ?``."""
    tokens = normal(text).split()
    while tokens and (tokens[0] in words.filler or tokens[0].isdigit()):
        tokens.pop(0)
    while tokens and (tokens[-1] in words.filler or tokens[-1].isdigit()):
        tokens.pop()
    return " ".join(tokens)


def _is_all(hint: Hint, core: str, library: Library) -> bool:
    """Say whether a hint's name is all that a caption says."""
    called = library.artists_called(core).ids or library.movements_called(core).ids
    return set(hint.ids) <= set(called)


def _names(library: Library, text: str, words: Words) -> list[_Named]:
    """Return the painters and movements named in a text, in their order."""
    found: list[_Named] = []
    alone = _core(text, words) if "?" in text else ""
    for clause in _CLAUSE_END.split(text):
        written = clause.split()
        tokens = [normal(word) for word in written]
        start = 0
        while start < len(tokens):
            end, hint = _longest(library, written[start:], alone, by=_is_by(tokens, start, words))
            end += start
            if hint and not _is_aside(tokens, start, end, words, denied="?" not in text):
                either = bool(found) and tokens[start - 1] in words.either
                by = _is_by(tokens, start, words) or (either and found[-1].by)
                found.append(_Named(hint, by))
            start = end
    return found


def _is_by(tokens: list[str], start: int, words: Words) -> bool:
    return start > 0 and tokens[start - 1] in words.by


def _longest(
    library: Library, written: list[str], alone: str, *, by: bool
) -> tuple[int, Hint | None]:
    """Return whom the most of the first words name, and how many words that are."""
    for end in range(min(len(written), LONGEST_NAME), 0, -1):
        gram = normal(" ".join(written[:end]))
        least = 1 if gram == alone or is_east_asian(gram) else LEAST_LETTERS - by
        if len(gram.replace(" ", "")) >= least:
            called = " ".join(written[:end]).strip(".'’")
            if hint := _called(library, gram, called, only=gram == alone):
                return end, hint
    return 1, None


def _called(library: Library, gram: str, written: str, *, only: bool) -> Hint | None:
    """Return whom some words name; those that mean much else have to stand alone in a question."""
    for name in dict.fromkeys((gram, gram.removesuffix("s"))):
        if (hint := _entry(library, name, written, only=only)) and (only or name not in ORDINARY):
            return hint
    return None


def _entry(library: Library, name: str, written: str, *, only: bool) -> Hint | None:
    artists, movements = library.artists_called(name), library.movements_called(name)
    if _is_one(artists, only) or len(artists.ids) > 1:
        called = written if len(artists.ids) > 1 else ""
        return Hint("artist", artists.ids, called)
    if movements.ids:
        return Hint("movement", movements.ids[:1])
    return None


def _is_one(match: Match, only: bool) -> bool:
    """Whether a name is one painter's; others may have it for a first name (David)."""
    return len(match.ids) == 1 and (match.sure or only)


def _is_aside(tokens: list[str], start: int, end: int, words: Words, *, denied: bool) -> bool:
    """Say whether a name is a museum's or a street's, or whether the visitor denies it."""
    before, after = (_telling(tokens[:start]), _telling(tokens[end:]))
    museum = words.museum.intersection([*before[-_NEAR_MUSEUM:], *after[:_NEAR_MUSEUM]])
    denial = words.denial.intersection(tokens[:start][-_NEAR:])
    return bool(museum) or (denied and bool(denial))


def _telling(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token and token not in PARTICLES]


def _is_title(text: str, work: KnownWork) -> bool:
    return bare_title(text) in {bare_title(work.title), bare_title(work.original)} - {""}


async def _titled(parts: Parts, event: Event, title: str, painters: set[str]) -> Hint | None:
    """Return the paintings that a title names: those with a story, and a museum's own.

    Other works have to be named with their painter: their titles may be any words.
    """
    if len(title) < LEAST_LETTERS and not is_east_asian(title):
        return None
    found = await find_titles(parts, place_of(event), title)
    works = found.works[:1] if found.sure else found.works
    told = [work for work in works if _is_told(work) or work.artist_id in painters]
    if not found.exact or not told or len(works) > MOST_ALIKE:
        return None
    return Hint("painting", tuple(work.id for work in told), works=tuple(told))


def _is_told(work: Told) -> bool:
    return bool(work.text) if isinstance(work, Painting) else work.collection != FAMOUS


def _chosen(named: list[_Named]) -> Hint | None:
    """Return one hint of what is named: painters before movements, "by" somebody before all."""
    painters = [each for each in named if each.hint.kind == "artist"]
    kept = [each for each in painters if each.by] or painters or named
    if not kept:
        return None
    ids = dict.fromkeys(id_ for each in kept for id_ in each.hint.ids)
    alone = len({each.hint.ids for each in kept}) == 1
    return Hint(kept[0].hint.kind, tuple(ids), kept[0].hint.called if alone else "")


def _misspelt(library: Library, core: str, text: str) -> Hint | None:
    """Return whom a question is about where its name is misspelt, or what movements it names."""
    tokens = core.split()
    if "?" not in text or len(tokens) > MOST_ALIKE or ORDINARY.intersection(tokens):
        return None
    artist = library.find_artist(core)
    if artist.sure and len(core) >= LEAST_LETTERS:
        return Hint("artist", artist.ids)
    movements = library.find_movement(core).ids
    named = {
        id_: (*id_.split("-"), *normal(library.movements[id_].name).split()) for id_ in movements
    }
    alike = [id_ for id_, words in named.items() if core in words]
    return Hint("movement", tuple(alike), core.capitalize()) if alike else None
