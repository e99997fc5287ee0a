"""``/compare A B``: two painters or two movements, one after the other, and what they share."""

import asyncio
import re
from collections.abc import Iterator

from bot.conversation.articles import work_line
from bot.conversation.events import Command
from bot.conversation.naming import Found, either, entry_name
from bot.conversation.replies import Block, Bullets, Choice, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, Say, pack, shown, simply
from bot.conversation.years import life_years
from knowledge.entries import Artist, Movement
from knowledge.library import Library

BETWEEN = re.compile(
    r"\s*[,;/&+]\s*|\s+(?:and|or|vs\.?|versus|with|to|und|oder|mit|et|ou|avec|y|o|con|e|ed)\s+",
    re.IGNORECASE,
)
"""What people write between two names."""
LONGEST = 120
"""Characters of two names; what is longer is cut."""
WORKS_SHOWN = 3
PAINTERS_NAMED = 5


async def compare_command(parts: Parts, event: Command) -> Reply:
    """``/compare A and B``; the word between the names may be left out."""
    say = parts.say(event)
    splits = _splits(event.argument[:LONGEST])
    if not splits:
        return simply(say("compare_ask"))
    names, pair = await asyncio.to_thread(_pair, parts.library, splits)
    for name, found in zip(names, pair, strict=True):
        if not found.ids:
            return simply(say("entry_unknown", name=shown(name)))
        if not found.sure:
            several = ", ".join(entry_name(parts.library, found, id_) for id_ in found.ids)
            return simply(say("compare_which", name=shown(name), names=several))
    one, other = pair
    if one.kind != other.kind:
        return simply(say("compare_kinds"))
    if one.ids == other.ids:
        return simply(say("compare_same", name=entry_name(parts.library, one, one.ids[0])))
    blocks = [
        *_told(parts.library, say, one),
        *_told(parts.library, say, other),
        Note(_shared(parts.library, say, one, other)),
    ]
    verb = "artist" if one.kind == "artist" else "style"
    row = tuple(
        Choice(entry_name(parts.library, found, found.ids[0]), pack(verb, found.ids[0]))
        for found in pair
    )
    return Reply(tuple(blocks), (row,))


def _splits(text: str) -> list[tuple[str, str]]:
    """Return every way to read two names, those with a word or a sign between them first."""
    marked = [(text[: m.start()].strip(), text[m.end() :].strip()) for m in BETWEEN.finditer(text)]
    words = text.split()
    bare = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return [pair for pair in (*marked, *bare) if all(pair)]


def _pair(
    library: Library, splits: list[tuple[str, str]]
) -> tuple[tuple[str, str], tuple[Found, Found]]:
    """Return the first reading that names two entries of a kind for sure, else the first."""
    read = [(names, (either(library, names[0]), either(library, names[1]))) for names in splits]
    return next((each for each in read if _is_sure(each[1])), read[0])


def _is_sure(pair: tuple[Found, Found]) -> bool:
    return all(found.sure for found in pair) and pair[0].kind == pair[1].kind


def _told(library: Library, say: Say, found: Found) -> Iterator[Block]:
    if found.kind == "artist":
        artist = library.artists[found.ids[0]]
        yield Title(artist.name)
        yield Bullets(tuple(filter(None, _of_artist(library, say, artist))))
    else:
        movement = library.movements[found.ids[0]]
        yield Title(movement.name)
        yield Bullets(tuple(filter(None, _of_movement(library, say, movement))))
        yield Paragraph(say("marks_title"))
        yield Bullets(movement.marks)


def _of_artist(library: Library, say: Say, artist: Artist) -> Iterator[str]:
    yield " · ".join(filter(None, (life_years(say, artist), artist.nationality, artist.born.place)))
    styles = [library.movements[id_].name for id_ in artist.movements if id_ in library.movements]
    if styles or artist.also:
        yield say("compare_styles", names=", ".join((*styles, *artist.also)))
    if artist.teachers:
        yield say("compare_teachers", names=", ".join(artist.teachers))
    for work in artist.works[:WORKS_SHOWN]:
        yield work_line(say, work)


def _of_movement(library: Library, say: Say, movement: Movement) -> Iterator[str]:
    yield " · ".join(filter(None, (movement.years, movement.region)))
    names = [library.artists[id_].name for id_ in movement.painters if id_ in library.artists]
    if names:
        yield say("compare_painters", names=", ".join(names[:PAINTERS_NAMED]))


def _shared(library: Library, say: Say, one: Found, other: Found) -> str:
    """Say in which years both lived or flourished, and which movements or painters they share."""
    first, second = one.ids[0], other.ids[0]
    if one.kind == "artist":
        a, b = library.artists[first], library.artists[second]
        years = [_life(a), _life(b)]
        ids = [id_ for id_ in a.movements if id_ in b.movements and id_ in library.movements]
        both = [library.movements[id_].name for id_ in ids]
        apart = "compare_never_met"
    else:
        c, d = library.movements[first], library.movements[second]
        years = [(c.start, c.end), (d.start, d.end)]
        ids = [id_ for id_ in c.painters if id_ in d.painters and id_ in library.artists]
        both = [library.artists[id_].name for id_ in ids]
        apart = "compare_no_overlap"
    start, end = max(start for start, _ in years), min(end for _, end in years)
    together = say("compare_together", start=start, end=end) if start < end else say(apart)
    return " ".join([together, say("compare_both", names=", ".join(both))]) if both else together


def _life(artist: Artist) -> tuple[int, int]:
    """Return the years of a life, as far as they are known; the living live until now."""
    born = artist.born.year or 0
    if artist.died and artist.died.year:
        return born, artist.died.year
    return born, artist.checked.year if artist.died is None and not artist.active else born
