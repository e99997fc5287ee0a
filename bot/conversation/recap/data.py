"""A tour as it is looked back at: plain data, from whoever kept it."""

from dataclasses import dataclass
from datetime import datetime

from bot.memory.tour import Decided


@dataclass(frozen=True)
class StopSeen:
    """One work of a tour. What is not known of it is ""."""

    number: int
    title: str
    artist: str
    artist_id: str
    year: str
    movement: str
    movement_id: str
    room: str
    by: tuple[str, ...]
    """The names of those who photographed it."""
    decided: Decided
    right: tuple[str, ...]
    """The names of those who guessed right; empty without the game."""
    guessed: int
    """How many guessed."""
    picture: bytes | None
    """A JPEG, where the group allowed to keep one."""
    at: datetime
    """When it was first seen, with its zone."""


@dataclass(frozen=True)
class Standing:
    """What one member reached in the game; those with the same points share a rank."""

    rank: int
    name: str
    points: int
    answered: int
    best_streak: int


@dataclass(frozen=True)
class Recap:
    """A tour that is over. ``title`` is its museum, or ""; ``standings`` are empty without a game.

    Times carry their zone, and are told in it.
    """

    title: str
    started: datetime
    ended: datetime
    stops: tuple[StopSeen, ...]
    standings: tuple[Standing, ...]
    people: int
