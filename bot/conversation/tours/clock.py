"""When the answers of a tour's rounds are told, and what its messages are called."""

import asyncio
from datetime import UTC, datetime

from bot.conversation.notices import Notice, Settled
from bot.conversation.speech import Parts
from bot.conversation.tours.answers import chat_of, close, notice_of
from bot.conversation.tours.ending import RECAP
from bot.conversation.tours.game import ROUND, SECONDS
from bot.memory.rounds import Round


class TourClock:
    """The rounds of all tours."""

    WORDS = (ROUND, RECAP)

    def __init__(self, parts: Parts) -> None:
        """Watch the rounds of these parts."""
        self._parts = parts

    async def due(self, platform: str, now: datetime, settled: Settled) -> list[Notice]:
        """Close the rounds whose time is over; return their answers."""
        rounds = await self._parts.rounds.due(platform, now)
        notices = await asyncio.gather(*(self._notice(round_, settled) for round_ in rounds))
        return [notice for notice in notices if notice is not None]

    async def next(self, platform: str) -> datetime | None:
        """Return when the next round of a platform ends."""
        return await self._parts.rounds.next_end(platform)

    async def told(self, notice: str, _: str) -> None:
        """Take note that a round's answer was told."""
        await self._parts.rounds.told(_number(notice))

    async def shown(self, key: str, message: str) -> None:
        """Take note that a question is there, so that its time runs; or a recap."""
        if key.startswith(f"{RECAP}:"):
            await self._parts.tours.change(_number(key), told=datetime.now(UTC))
        else:
            await self._parts.rounds.shown(_number(key), message, SECONDS)

    async def _notice(self, round_: Round, settled: Settled) -> Notice | None:
        stop = await self._parts.tours.stop(round_.stop)
        tour = await self._parts.tours.tour(stop.tour) if stop else None
        if stop is None or tour is None:
            return None
        await settled(chat_of(tour))
        closed = await close(self._parts, tour, await self._parts.rounds.round(stop.id) or round_)
        stop = await self._parts.tours.stop(round_.stop) or stop
        notice = await notice_of(self._parts, tour, stop, closed)
        if notice is None:
            await self._parts.rounds.told(round_.stop)
        return notice


def _number(key: str) -> int:
    return int(key.partition(":")[2])
