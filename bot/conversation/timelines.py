"""``/timeline NAME``: a painter or a movement among those of the time, drawn and said."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from bot.conversation.events import Command, Event, Tap
from bot.conversation.naming import either, one_of
from bot.conversation.replies import Choice, Note, Picture, Reply
from bot.conversation.speech import Parts, pack, shown, simply
from bot.errors import UserError
from bot.memory.chats import Topic
from bot.memory.store import SeenPhoto
from bot.vision.timeline import Span, timeline
from knowledge.entries import Artist, Movement
from knowledge.library import Library
from knowledge.years import first_year

PAINTERS_SHOWN = 8
WORKS_SHOWN = 8
STYLES_SHOWN = 2
"""Movements before and after, of each."""


async def timeline_command(parts: Parts, event: Command) -> Reply:
    """``/timeline NAME``."""
    say = parts.say(event)
    if not event.argument:
        return simply(say("timeline_ask"))
    found = either(parts.library, event.argument)
    if found.sure:
        return await timeline_of(parts, event, Topic(found.kind, found.ids[0]))
    if not found.ids:
        return simply(say("entry_unknown", name=shown(event.argument)))
    return one_of(say, parts.library, found, "when")


async def show_timeline(parts: Parts, event: Tap, entry: str, _: SeenPhoto | None) -> Reply:
    """Draw the timeline of the entry that a button names."""
    kind = "artist" if entry in parts.library.artists else "movement"
    if kind == "movement" and entry not in parts.library.movements:
        raise UserError("old_button")
    return await timeline_of(parts, event, Topic(kind, entry))


async def timeline_of(parts: Parts, event: Event, topic: Topic) -> Reply:
    """Draw and say the timeline of a painter or a movement."""
    say, library = parts.say(event), parts.library
    if topic.kind == "artist":
        entry: Artist | Movement = library.artists[topic.entry]
        spans = tuple(_of_artist(library, library.artists[topic.entry]))
    else:
        entry = library.movements[topic.entry]
        spans = tuple(_of_movement(library, library.movements[topic.entry]))
    verb = "artist" if topic.kind == "artist" else "style"
    back = ((Choice(entry.name, pack(verb, topic.entry)),),)
    if not spans:
        return Reply((Note(say("timeline_lacks", name=entry.name)),), back, about=topic)
    picture = await parts.recognizer.run(partial(timeline, entry.name, spans))
    alt = say("timeline_alt", name=entry.name, rows="\n".join(map(_words, spans)))
    return Reply((), back, pictures=(Picture(picture, alt, "image/png"),), about=topic)


def _words(span: Span) -> str:
    years = f"{span.start}–{span.end}" if span.end > span.start else str(span.start)
    return f"{span.name}: {years}"


def _of_artist(library: Library, artist: Artist) -> Iterator[Span]:
    """Yield a painter's movements and life, and the works whose years are known."""
    for id_ in artist.movements:
        if movement := library.movements.get(id_):
            yield _style(movement)
    yield from _life(artist, is_subject=True)
    dated = ((first_year(work.year), work.title) for work in artist.works)
    some = [(year, title) for year, title in dated if year][:WORKS_SHOWN]
    for year, title in sorted(some):
        yield Span(title, year, year)


def _of_movement(library: Library, movement: Movement) -> Iterator[Span]:
    """Yield a movement among those before and after it, then its painters' lives."""
    yield from _styles(library, movement.after)
    yield _style(movement, is_subject=True)
    yield from _styles(library, movement.before)
    painters = (library.artists[id_] for id_ in movement.painters if id_ in library.artists)
    lives = list(chain.from_iterable(_life(artist) for artist in painters))[:PAINTERS_SHOWN]
    yield from sorted(lives, key=lambda span: span.start)


def _styles(library: Library, names: tuple[str, ...]) -> list[Span]:
    found = (library.find_movement(name) for name in names)
    ids = dict.fromkeys(match.ids[0] for match in found if match.sure)
    return [_style(library.movements[id_]) for id_ in ids][:STYLES_SHOWN]


def _style(movement: Movement, *, is_subject: bool = False) -> Span:
    return Span(movement.name, movement.start, movement.end, True, is_subject)


def _life(artist: Artist, *, is_subject: bool = False) -> Iterator[Span]:
    """Yield a life of which both ends are known, or that still goes on."""
    born = artist.born.year
    end = artist.died.year if artist.died else artist.checked.year
    if born is not None and end is not None and not artist.active:
        yield Span(artist.name, born, end, is_subject=is_subject)
