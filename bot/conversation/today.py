"""``/today``: who was born or died on this day, and a painting for it."""

import hashlib
from datetime import UTC, date, datetime

from babel.dates import format_skeleton

from bot.conversation.events import Command
from bot.conversation.paintings import about_work, work_line
from bot.conversation.replies import Block, Bullets, Choice, Paragraph, Reply, Title
from bot.conversation.speech import Parts, pack
from knowledge.entries import Artist, Painting
from knowledge.library import ENGLISH, Library

SHOWN = 4
"""Painters that are named at most."""


async def today_command(parts: Parts, event: Command) -> Reply:
    """``/today``."""
    return on_day(parts, event, datetime.now(UTC).date())


def on_day(parts: Parts, event: Command, day: date) -> Reply:
    """Tell of a day: its painters, and its painting."""
    say, library = parts.say(event), parts.library
    key = f"{day:%m-%d}"
    born = [artist for artist in library.artists.values() if artist.born.day == key]
    died = [a for a in library.artists.values() if a.died and a.died.day == key]
    lines = [say("today_born", name=a.name, year=a.born.year) for a in _best_known(born)]
    lines += [say("today_died", name=a.name, year=_died(a)) for a in _best_known(died)]
    blocks: list[Block] = [Title(_said(day, parts.phrases.language(event.language)))]
    if lines:
        blocks.append(Bullets(tuple(lines)))
    painting = painting_of(library, day)
    if painting is None:
        return Reply(tuple(blocks))
    _, *about = about_work(library, say, painting)
    named = Paragraph(say("today_painting", work=work_line(say, painting)))
    painters = dict.fromkeys((*_best_known(born), *_best_known(died)))
    rows = [(Choice(artist.name, pack("artist", artist.id)),) for artist in painters]
    more = (Choice(painting.title, pack("painting", painting.id)),)
    return Reply((*blocks, named, *about), (*rows, more))


def _said(day: date, language: str) -> str:
    """Return a day as a language writes it: ``30 March``, ``30. März``, ``30 de marzo``."""
    locale = "en_GB" if language == ENGLISH else language
    return str(format_skeleton("MMMMd", day, locale=locale))


def painting_of(library: Library, day: date) -> Painting | None:
    """Return the painting of a day, another each day until all that have a story are told."""
    told = [painting for painting in library.paintings.values() if painting.text]
    told.sort(key=lambda painting: hashlib.sha256(painting.id.encode()).digest())
    return told[day.toordinal() % len(told)] if told else None


def _best_known(artists: list[Artist]) -> list[Artist]:
    """Return the painters of whom there is most to show, in the order of their years."""
    known = sorted(artists, key=lambda artist: -len(artist.works))[:SHOWN]
    return sorted(known, key=lambda artist: artist.born.year or 0)


def _died(artist: Artist) -> int | None:
    return artist.died.year if artist.died else None
