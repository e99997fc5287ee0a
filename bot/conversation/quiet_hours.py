"""Quiet hours as people write them: ``22:00-7:00 Europe/Rome``, ``10pm to 7am New York``."""

import asyncio
import re
from collections.abc import Iterable
from datetime import time
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale

from bot.conversation.events import Event
from bot.conversation.speech import Parts, place_of, shown
from bot.errors import UserError
from bot.memory.quiet import QuietHours, zone_named
from knowledge.spelling import normal

_TIME = r"(?!\d{3}(?!\d))(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap]m\b|h\b|uhr\b)?"
_BETWEEN = r"(?:\s*[-–—−]\s*|\s+[^\W\d]{1,6}\s+)"
HOURS = re.compile(rf"\D{{0,12}}?{_TIME}{_BETWEEN}{_TIME}\s*(.*)", re.IGNORECASE | re.DOTALL)
OFFSET = re.compile(r"(?:utc|gmt)?\s*(?:([+\-−])\s*(\d{1,2})(?::?(\d{2}))?)?", re.IGNORECASE)
USUAL = ((time(22), time(7)), (time(20), time(8)))
"""Hours that are offered as buttons."""
HOMES = {
    "de": "Europe/Berlin",
    "en": "Europe/London",
    "es": "Europe/Madrid",
    "fr": "Europe/Paris",
    "it": "Europe/Rome",
}
"""The time zone that is offered first to those who speak a language."""


async def likely_zone(parts: Parts, event: Event) -> str:
    """Return the time zone of a chat: the one it told once, else that of its language."""
    known = await parts.chats.zone(place_of(event))
    return known or HOMES.get(parts.phrases.language(event.language), "UTC")


async def read_quiet_hours(parts: Parts, event: Event, words: str) -> QuietHours:
    """Return the hours that somebody wrote; without a zone, by the clocks that the chat told once.

    Raises `UserError` that says what is missing.
    """
    example = await likely_zone(parts, event)
    found = HOURS.fullmatch(words.strip())
    start, end = (_time(*found.groups()[:3]), _time(*found.groups()[3:6])) if found else (None,) * 2
    if found is None or start is None or end is None or start == end:
        raise UserError("set_quiet_unclear", zone=example)
    where = found[7].strip(" ,;()")
    zone = await _zone(parts, where) if where else await parts.chats.zone(place_of(event))
    if zone is None and where:
        raise UserError("set_zone_unknown", name=shown(where), zone=example)
    if zone is None:
        raise UserError("set_zone_lacking", hours=hours(start, end), zone=example)
    return QuietHours(start, end, zone)


def hours(start: time, end: time) -> str:
    """Return hours as everybody reads them: ``22:00–07:00``."""
    return f"{start:%H:%M}–{end:%H:%M}"


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    """Return a time of day; ``None`` where there is none such."""
    number, minutes = int(hour), int(minute or 0)
    if half and half.lower() in ("am", "pm"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    if number > 24 or minutes > 59 or (number == 24 and minutes):
        return None
    return time(number % 24, minutes)


async def _zone(parts: Parts, words: str) -> str | None:
    offset = OFFSET.fullmatch(words)
    if offset is None:
        named = await asyncio.to_thread(_zones, parts.phrases.languages)
        return named.get(normal(words))
    sign, shift, minutes = offset.groups()
    if not sign or int(shift) == int(minutes or 0) == 0:
        return "UTC"
    name = f"UTC{'+' if sign == '+' else '-'}{int(shift):02}:{int(minutes or 0):02}"
    try:
        zone_named(name)
    except ValueError:
        return None
    return name


@lru_cache(maxsize=1)
def _zones(languages: tuple[str, ...]) -> dict[str, str]:
    """Return every zone by its name and by that of its city; the longest name is the proper one."""
    # Etc/GMT+5 lies west of Greenwich, and means the opposite of what people write.
    every = sorted((z for z in available_timezones() if "GMT" not in z), key=len)
    cities = {normal(name.rpartition("/")[2]): name for name in every}
    translated = {normal(city): zone for city, zone in _cities(languages) if zone in set(every)}
    return translated | cities | {normal(name): name for name in every}


def _cities(languages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for language in languages:
        for zone, names in Locale(language).time_zones.items():
            if "city" in names:
                yield names["city"], zone
