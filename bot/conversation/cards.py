"""Painters, movements and paintings as cards, to be said in any chat: no network is asked."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from weakref import WeakKeyDictionary

from bot.conversation.articles import credited, facts
from bot.conversation.paintings import about_work
from bot.conversation.replies import Block, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, Say
from bot.conversation.suggesting import Suggestion, Suggestions
from bot.conversation.today import painting_of
from bot.conversation.years import dated, life_years
from knowledge.entries import Artist, Movement, Painting
from knowledge.library import Library
from knowledge.prose import shorten
from knowledge.spelling import normal

LONGEST = 60
"""Characters that are looked for; no name is longer."""
TOLD = 500
"""Characters of a story on a card, to the end of a sentence."""
STYLES = 2
"""Movements that are named beside a painter."""
OF_TODAY = 2
"""Painters of this day who go before those that take turns."""
WELL_KNOWN = 40
"""Painters who take turns where nothing is asked."""
IN_TURN = 7
"""So many of them a day."""

Entry = Artist | Movement | Painting


@dataclass(frozen=True)
class Card:
    """An entry in short: how it is offered, and what is said when it is chosen."""

    id: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True)
class Cards:
    """What was found, the likeliest first; ``nothing`` is said where that is nothing."""

    found: tuple[Card, ...]
    nothing: str


_indexes: WeakKeyDictionary[Library, Suggestions] = WeakKeyDictionary()


async def cards(
    parts: Parts, query: str, language: str, most: int, day: date | None = None
) -> list[Card]:
    """Return at most so many cards for what is asked, in the language of these parts.

    Without a word, some that are well known, others each day.
    """
    today = day or datetime.now(UTC).date()
    library, say = parts.library, partial(_say, parts, language)

    def find() -> list[Card]:
        words = query[:LONGEST].strip()
        entries = _asked(library, words, most) if normal(words) else _of_day(library, today)
        return [_card(library, say, entry) for entry in _each_once(entries, most)]

    return await asyncio.to_thread(find)


def _say(parts: Parts, language: str, key: str, **values: object) -> str:
    return parts.phrases.say(key, language, **values)


def _each_once(entries: Iterable[Entry], most: int) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if len(found) == most:
            break
        found.setdefault(_key(entry), entry)
    return list(found.values())


def _asked(library: Library, words: str, most: int) -> Iterator[Entry]:
    """Yield what some words may mean: the sure, then by beginning, what belongs to it, the near."""
    artist, movement = library.find_artist(words), library.find_movement(words)
    sure: list[Entry] = [library.artists[id_] for id_ in artist.ids if artist.sure]
    sure += [library.movements[id_] for id_ in movement.ids if movement.sure]
    yield from sure
    begun = _index(library).find(words, most)
    begun.sort(key=lambda suggestion: f" {normal(words)}" not in f" {normal(suggestion.label)}")
    entries = [_entry(library, suggestion.value) for suggestion in begun]
    yield from (entry for entry in entries if not isinstance(entry, Painting))
    for entry in sure:
        yield from _belonging(library, entry)
    yield from entries
    yield from (library.artists[id_] for id_ in artist.ids)
    yield from (library.movements[id_] for id_ in movement.ids)
    titled = (library.paintings[id_] for id_ in library.find_painting(words))
    yield from (painting for painting in titled if painting.text)


def _belonging(library: Library, entry: Entry) -> Iterator[Entry]:
    """Yield the told works of a painter, or the painters of a movement."""
    if isinstance(entry, Artist):
        yield from (work for work in entry.works if work.text)
    elif isinstance(entry, Movement):
        yield from (library.artists[id_] for id_ in entry.painters if id_ in library.artists)


def _of_day(library: Library, day: date) -> Iterator[Entry]:
    """Yield painters born or dead on a day, its painting, and well-known painters in turn."""
    known = sorted(library.artists.values(), key=lambda artist: (-len(artist.works), artist.id))
    key = f"{day:%m-%d}"
    dates = ((artist, (artist.born, artist.died)) for artist in known)
    today = [artist for artist, both in dates if any(each and each.day == key for each in both)]
    yield from today[:OF_TODAY]
    if painting := painting_of(library, day):
        yield painting
    first = known[:WELL_KNOWN]
    start = day.toordinal() * IN_TURN % max(len(first), 1)
    yield from (first[start:] + first[:start])[:IN_TURN]


def _index(library: Library) -> Suggestions:
    """Return a library's names, the best known painters first."""
    if library not in _indexes:
        artists = sorted(library.artists.values(), key=lambda a: (-len(a.works), a.name))
        movements = sorted(library.movements.values(), key=lambda m: m.name)
        told = sorted((p for p in library.paintings.values() if p.text), key=lambda p: p.title)
        _indexes[library] = Suggestions(
            (
                *((Suggestion(a.name, _key(a)), (a.name, *a.other_names)) for a in artists),
                *((Suggestion(m.name, _key(m)), (m.name, *m.other_names)) for m in movements),
                *((Suggestion(p.title, _key(p)), (p.title, p.original)) for p in told),
            )
        )
    return _indexes[library]


def _key(entry: Entry) -> str:
    return f"{type(entry).__name__.lower()}/{entry.id}"


def _entry(library: Library, key: str) -> Entry:
    kind, _, id_ = key.partition("/")
    if kind == "artist":
        return library.artists[id_]
    return library.movements[id_] if kind == "movement" else library.paintings[id_]


def _card(library: Library, say: Say, entry: Entry) -> Card:
    if isinstance(entry, Painting):
        return _painting_card(library, say, entry)
    if isinstance(entry, Artist):
        styles = [
            library.movements[id_].name for id_ in entry.movements if id_ in library.movements
        ]
        line = [life_years(say, entry), ", ".join(styles[:STYLES])]
        under = facts(say, entry)
    else:
        line = [entry.years, entry.region]
        under = [Note(_joined(line))]
    blocks: list[Block] = [Title(entry.name), *under]
    if entry.text:
        blocks.append(Paragraph(shorten(entry.text, TOLD)[0]))
        if not library.is_translated(entry):
            blocks.append(Note(say("in_english")))
    blocks.append(credited(say, entry.sources))
    return Card(_key(entry), entry.name, _joined(line), Reply(tuple(blocks)))


def _painting_card(library: Library, say: Say, painting: Painting) -> Card:
    line = _joined((painting.artist, dated(say, painting.year), painting.museum))
    told = about_work(library, say, painting)
    blocks = tuple(
        Paragraph(shorten(block.text, TOLD)[0]) if isinstance(block, Paragraph) else block
        for block in told
    )
    return Card(_key(painting), painting.title, line, Reply(blocks))


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
