"""What is to be said unasked, as soon as its time has come, on every platform by itself."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.notices import Make, Notice, Settled
from bot.conversation.quizzes.clock import QuizClock
from bot.conversation.speech import Parts
from bot.conversation.tours.clock import TourClock

log = logging.getLogger(__name__)

LOOKED_SECONDS = 5.0
"""The database is looked at so often at least: another process may have changed it."""
AGAIN_SECONDS = 60.0
"""A notice that was given out and not told within this time is given out once more."""
BEGUN_SECONDS = 5.0
"""A notice that could not be made is tried again after this time."""
TIDY_SECONDS = 600.0


class Clock(Protocol):
    """Whatever has something to say at a time."""

    async def due(self, platform: str, now: datetime) -> Mapping[str, Make]:
        """Return what is to be said on a platform now: how each notice is made, by its id."""

    async def next(self, platform: str) -> datetime | None:
        """Return when there will next be something to say, as far as it is known."""

    async def told(self, notice: str, message: str) -> None:
        """Take note that a notice was said, in the message of this number."""

    async def shown(self, key: str, message: str) -> None:
        """Take note of the number of the message that shows what a key names."""


class Timekeeper:
    """Gives out notices, made side by side; the ids of each clock's begin with its own word."""

    def __init__(self, parts: Parts) -> None:
        """Keep the time of these parts."""
        self._parts = parts
        tours, quizzes = TourClock(parts), QuizClock(parts)
        self._clocks: Mapping[str, Clock] = {
            **dict.fromkeys(TourClock.WORDS, tours),
            **dict.fromkeys(QuizClock.WORDS, quizzes),
        }
        self._held: dict[str, float] = {}
        """Until when a notice is not made once more, by its id."""

    async def notices(self, platform: str, settled: Settled) -> AsyncIterator[Notice]:
        """Yield what is to be said on a platform when its time has come; never ends.

        A chat whose taps take long to settle holds up no other.
        """
        tidied, making = -TIDY_SECONDS, dict[str, asyncio.Task[Notice | None]]()
        try:
            while True:
                rung = self._parts.bell.listen()
                if time.monotonic() - tidied >= TIDY_SECONDS:
                    await self._tidy()
                    tidied = time.monotonic()
                for id_, make in (await self._due(platform)).items():
                    if id_ not in making and self._takes(id_):
                        making[id_] = asyncio.create_task(_made(make, settled))
                await _first(rung, making.values(), await self._pause(platform))
                for id_ in [id_ for id_, task in making.items() if task.done()]:
                    if notice := making.pop(id_).result():
                        self._held[notice.id] = time.monotonic() + AGAIN_SECONDS
                        yield notice
        finally:
            for id_, task in making.items():
                task.cancel()
                self._held.pop(id_, None)

    async def told(self, notice: Notice, message: str) -> None:
        """Take note that a notice was said.

        It is held a little longer: what is due may have been looked for before this was noted.
        """
        await self._clock_of(notice.id).told(notice.id, message)
        self._held[notice.id] = time.monotonic() + BEGUN_SECONDS
        self._parts.bell.ring()

    async def shown(self, key: str, message: str) -> None:
        """Take note of the message that shows what a key names."""
        await self._clock_of(key).shown(key, message)
        self._parts.bell.ring()

    def _clock_of(self, key: str) -> Clock:
        return self._clocks[key.partition(":")[0]]

    def _takes(self, id_: str) -> bool:
        """Return whether a notice is to be made now, which then is held for a while."""
        now = time.monotonic()
        self._held = {each: until for each, until in self._held.items() if until > now}
        if id_ in self._held:
            return False
        self._held[id_] = now + BEGUN_SECONDS
        return True

    async def _due(self, platform: str) -> dict[str, Make]:
        found: dict[str, Make] = {}
        for clock in dict.fromkeys(self._clocks.values()):
            try:
                found |= await clock.due(platform, datetime.now(UTC))
            except Exception:
                log.exception("It is not known what is due on %s; trying again", platform)
        return found

    async def _pause(self, platform: str) -> float:
        """Return how long nothing will be due, as far as it is known."""
        ends: list[datetime] = []
        for clock in dict.fromkeys(self._clocks.values()):
            with suppress(SQLAlchemyError):  # it will be met, and logged, when it is due
                end = await clock.next(platform)
                ends += [end] if end else []
        left = [(end - datetime.now(UTC)).total_seconds() for end in ends]
        soon = min((seconds for seconds in left if seconds > 0), default=LOOKED_SECONDS)
        return min(soon, LOOKED_SECONDS)

    async def _tidy(self) -> None:
        try:
            await self._parts.tours.tidy(datetime.now(UTC))
        except SQLAlchemyError:
            log.exception("Old tours could not be tidied away; trying again later")


async def _made(make: Make, settled: Settled) -> Notice | None:
    try:
        return await make(settled)
    except Exception:
        log.exception("A notice could not be made; trying again")
        return None


async def _first(
    rung: asyncio.Event, making: Iterable[asyncio.Task[Notice | None]], seconds: float
) -> None:
    """Wait until a bell is rung, a notice is made, or some seconds have passed."""
    bell = asyncio.create_task(rung.wait())
    try:
        await asyncio.wait([bell, *making], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        bell.cancel()
