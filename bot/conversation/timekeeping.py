"""What is to be said unasked, as soon as its time has come, on every platform by itself."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.notices import Notice, Settled
from bot.conversation.quizzes.clock import QuizClock
from bot.conversation.speech import Parts
from bot.conversation.tours.clock import TourClock

log = logging.getLogger(__name__)

LOOKED_SECONDS = 5.0
"""The database is looked at so often at least: another process may have changed it."""
AGAIN_SECONDS = 60.0
"""A notice that was given out and not told within this time is given out once more."""
TIDY_SECONDS = 600.0


class Clock(Protocol):
    """Whatever has something to say at a time."""

    async def due(self, platform: str, now: datetime, settled: Settled) -> list[Notice]:
        """Return what is to be said on a platform now, once a chat's taps are ``settled``."""

    async def next(self, platform: str) -> datetime | None:
        """Return when there will next be something to say, as far as it is known."""

    async def told(self, notice: str, message: str) -> None:
        """Take note that a notice was said, in the message of this number."""

    async def shown(self, key: str, message: str) -> None:
        """Take note of the number of the message that shows what a key names."""


class Timekeeper:
    """Gives out notices; each clock's begin with its own word."""

    def __init__(self, parts: Parts) -> None:
        """Keep the time of these parts."""
        self._parts = parts
        tours, quizzes = TourClock(parts), QuizClock(parts)
        self._clocks: Mapping[str, Clock] = {
            **dict.fromkeys(TourClock.WORDS, tours),
            **dict.fromkeys(QuizClock.WORDS, quizzes),
        }
        self._given: dict[str, float] = {}

    async def notices(self, platform: str, settled: Settled) -> AsyncIterator[Notice]:
        """Yield what is to be said on a platform when its time has come; never ends."""
        tidied = -TIDY_SECONDS
        while True:
            rung = self._parts.bell.listen()
            if time.monotonic() - tidied >= TIDY_SECONDS:
                await self._tidy()
                tidied = time.monotonic()
            for notice in await self._due(platform, settled):
                if self._is_new(notice):
                    yield notice
            seconds = await self._pause(platform)
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await rung.wait()

    async def told(self, notice: Notice, message: str) -> None:
        """Take note that a notice was said."""
        await self._clock_of(notice.id).told(notice.id, message)
        self._given.pop(notice.id, None)
        self._parts.bell.ring()

    async def shown(self, key: str, message: str) -> None:
        """Take note of the message that shows what a key names."""
        await self._clock_of(key).shown(key, message)
        self._parts.bell.ring()

    def _clock_of(self, key: str) -> Clock:
        return self._clocks[key.partition(":")[0]]

    def _is_new(self, notice: Notice) -> bool:
        now = time.monotonic()
        if now - self._given.get(notice.id, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return False
        self._given[notice.id] = now
        return True

    async def _due(self, platform: str, settled: Settled) -> list[Notice]:
        found: list[Notice] = []
        for clock in dict.fromkeys(self._clocks.values()):
            try:
                found += await clock.due(platform, datetime.now(UTC), settled)
            except Exception:
                log.exception("What is due on %s could not be told; trying again", platform)
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
