"""The pictures of an album are one question."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.events import Album, Clip, Event, Photo
from bot.platforms.telegram.incoming import PictureEvent
from bot.platforms.telegram.senders import spoken


def to_fetch(events: Sequence[Event | PictureEvent]) -> list[PictureEvent]:
    """Return what is to be downloaded to know what an album asks: its photos, else one video.

    Whoever names Docent under one picture of an album speaks to it of all of them.
    """
    pictures = [event for event in events if isinstance(event, PictureEvent)]
    chosen = [event for event in pictures if not event.clip] or pictures[:1]
    if any(event.common["addressed"] for event in pictures):
        chosen = [replace(event, common=spoken(event.common)) for event in chosen]
    return chosen


def as_one(events: Sequence[Event]) -> Event:
    """Return the one event that an album's are: its photos, or why there is none to look at."""
    photos = tuple(event for event in events if isinstance(event, Photo))
    if len(photos) < 2:
        return next((event for event in events if isinstance(event, Photo | Clip)), events[0])
    first = photos[0]
    return Album(
        id=first.id,
        chat=first.chat,
        person=first.person,
        language=first.language,
        addressed=first.addressed,
        at=first.at,
        photos=photos,
    )
