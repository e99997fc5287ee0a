"""How many photos a person may have looked at in a day, so that there is time for everybody."""

from datetime import timedelta
from math import ceil

from bot.conversation.events import Event
from bot.conversation.speech import Parts, place_of
from bot.errors import UserError
from bot.memory.store import Place

DAY = timedelta(hours=24)
"""Counted back from a photo, so that no midnight opens the door to all at once."""
IN_MINUTES = timedelta(minutes=55)
"""A wait up to here is told in minutes, a longer one in hours."""


async def may_ask(parts: Parts, event: Event) -> bool:
    """Say whether a photo is still among those of the day; if not, it gets no answer.

    Where Docent was spoken to, `UserError` says instead when the next one can be looked at. Those
    who keep the museum where the chat is may always ask. A photo seen before is not counted again.
    """
    most, place = parts.daily_photos, place_of(event)
    if not most:
        return True
    first = await parts.store.nth_last_photo(place, most, event.at - DAY, but=event.id)
    if first is None or await _keeps_the_museum(parts, place):
        return True
    if not event.addressed:
        return False
    wait = first + DAY - event.at
    if wait <= IN_MINUTES:
        minutes = max(1, ceil(wait / timedelta(minutes=1)))
        raise UserError("quota_minutes", photos=most, count=minutes)
    raise UserError("quota_hours", photos=most, count=ceil(wait / timedelta(hours=1)))


async def _keeps_the_museum(parts: Parts, place: Place) -> bool:
    here = await parts.chats.museum(place)
    return any(each.id == here and each.is_kept_by(place) for each in await parts.collections.all())
