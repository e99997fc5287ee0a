"""What is said of a tour: in the chat and in the PDF alike."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from babel.dates import format_date, format_interval, format_timedelta
from babel.lists import format_list

from bot.conversation.recap.data import Recap, Standing, StopSeen
from bot.conversation.speech import Say
from bot.conversation.years import dated
from knowledge.library import ENGLISH

T = TypeVar("T")

HOURS_FROM = 2
"""A tour of less is told in minutes."""
STREAK_FROM = 2
"""One right answer is no streak."""
SEPARATOR = " · "
SHORT, LONG = 24, 40
"""Characters of a name among others, and of one in a line of its own."""


def cut(text: str, most: int) -> str:
    """Return a text on one line, of ``most`` characters at most."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def first(things: Sequence[T], most: int) -> Sequence[T]:
    """Return the first of them; all, where one alone would be left, since it takes no more room."""
    return things if len(things) <= most + 1 else things[:most]


def heading(say: Say, recap: Recap, most: int = 120) -> str:
    """Return the name of a tour: that of its museum, if it had one."""
    if not recap.title:
        return say("recap_title_bare")
    return say("recap_title", museum=cut(recap.title, most))


def summary(say: Say, language: str, recap: Recap) -> str:
    """Return ``23 November 2026 · 2 hours · 12 stops · 5 people``."""
    return SEPARATOR.join((*when(language, recap), *how_many(say, recap)))


def when(language: str, recap: Recap) -> tuple[str, str]:
    """Return the day or days of a tour and how long it was; hours of the clock need a zone."""
    locale = _locale(language)
    first, last = recap.started.date(), recap.ended.date()
    if first == last:
        days = format_date(first, "long", locale=locale)
    else:
        days = format_interval(first, last, "yMMMd", locale=locale)
    lasted = max(recap.ended - recap.started, timedelta(minutes=1))
    long = format_timedelta(lasted, granularity="minute", threshold=HOURS_FROM, locale=locale)
    return days, long


def how_many(say: Say, recap: Recap) -> tuple[str, str]:
    """Return the number of stops and of people, in words."""
    people = say("recap_people", count=recap.people)
    return say("recap_stops", count=len(recap.stops)), people


def work(say: Say, stop: StopSeen, most: int = 160) -> str:
    """Return what is known of a work on one line: ``The Wave by Hokusai, c. 1831``."""
    named = _named(say, cut(stop.title, most), cut(stop.artist, most))
    return f"{named}, {cut(dated(say, stop.year), most)}" if stop.year else named


def _named(say: Say, title: str, artist: str) -> str:
    if title and artist:
        return say("work_by", title=title, artist=artist)
    if artist:
        return say("recap_by", artist=artist)
    return title or say("recap_unnamed")


def names(say: Say, language: str, people: Sequence[str], most: int, longest: int = SHORT) -> str:
    """Return ``Ann, Bob and 3 more``: about ``most`` names, each of ``longest`` characters."""
    some = first(people, most)
    shown = [cut(name, longest) for name in some]
    if len(people) > len(some):
        shown.append(say("recap_more_names", count=len(people) - len(some)))
    return format_list(shown, locale=_locale(language))


def reached(recap: Recap) -> tuple[Standing, ...]:
    """Return the members who have points, in the order of their ranks."""
    return tuple(sorted((s for s in recap.standings if s.points), key=lambda s: (s.rank, s.name)))


def thanks(say: Say, language: str, recap: Recap, most: int, longest: int = SHORT) -> str:
    """Return words for everyone; those who have no points get a word of their own, not a rank."""
    if recap.people == 1:
        return say("recap_thanks_alone")
    along = [standing.name for standing in recap.standings if not standing.points]
    if not along:
        return say("recap_thanks")
    also = say("recap_also", names=names(say, language, along, most, longest))
    return f"{say('recap_thanks')} {also}"


def standing_line(say: Say, standing: Standing) -> str:
    """Return ``1. Ann: 12 points, 4 right in a row``."""
    name = cut(standing.name, LONG)
    line = say("recap_points", rank=standing.rank, name=name, count=standing.points)
    if standing.best_streak < STREAK_FROM:
        return line
    return say("recap_streak", standing=line, streak=standing.best_streak)


def _locale(language: str) -> str:
    return "en_GB" if language == ENGLISH else language
