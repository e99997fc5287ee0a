"""A tour as it is kept: where it goes on, who leads it, and what it saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Decided = Literal["docent", "guide", "majority", ""]
"""Who said whose hand a work is; "" where nobody has yet."""


@dataclass(frozen=True)
class Route:
    """Where a tour goes on: a chat, or one topic of it."""

    platform: str
    chat: str
    thread: str = ""


@dataclass(frozen=True)
class NewTour:
    """A tour to start. ``place`` is the museum's name; it and ``museum`` may be missing."""

    route: Route
    is_group: bool
    language: str
    guide: str
    museum: int | None = None
    place: str = ""
    keeps_photos: bool = False


@dataclass(frozen=True, kw_only=True)
class Tour(NewTour):
    """A tour as it is kept."""

    id: int
    paused: bool
    game: bool
    started: datetime
    ended: datetime | None
    told: bool
    """Whether the chat was shown what it saw."""


@dataclass(frozen=True)
class NewStop:
    """A work that was seen. ``facts`` are `bot.conversation.tours.stops.Facts`, as far as known."""

    work: str
    """Collection and id of a known work; empty for one that was not recognised."""
    facts: Mapping[str, str]
    decided: Decided = ""
    signature: bytes | None = None
    picture: bytes | None = None


@dataclass(frozen=True)
class Stop:
    """A stop of a tour, less its picture and what it is recognised by."""

    id: int
    tour: int
    number: int
    work: str
    facts: Mapping[str, str]
    decided: Decided
    at: datetime
    by: tuple[str, ...]
    """The persons who photographed it, the first first."""
