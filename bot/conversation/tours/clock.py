"""When the answers of a tour's rounds are told, and what its messages are called."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from bot.conversation.notices import Make, Notice, Settled
from bot.conversation.routes import chat_of
from bot.conversation.speech import Parts
from bot.conversation.tours.answers import close, notice_of
from bot.conversation.tours.ending import RECAP
from bot.conversation.tours.game import ROUND, SECONDS


class TourClock:
    """The rounds of all tours."""

    WORDS = (ROUND, RECAP)

    def __init__(self, parts: Parts) -> None:
        """Watch the rounds of these parts."""
        self._parts = parts

    async def due(self, platform: str, now: datetime) -> Mapping[str, Make]:
        """Return the rounds whose time is over, to be closed and their answers told."""
        stops = await self._parts.rounds.due(platform, now)
        return {f"{ROUND}:{stop}": partial(self._notice, stop) for stop in stops}

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

    async def _notice(self, stop_id: int, settled: Settled) -> Notice | None:
        stop = await self._parts.tours.stop(stop_id)
        tour = await self._parts.tours.tour(stop.tour) if stop else None
        if stop is None or tour is None:
            return None
        await settled(chat_of(tour))
        round_ = await self._parts.rounds.round(stop_id)
        if round_ is None:
            return None
        closed = await close(self._parts, tour, round_)
        stop = await self._parts.tours.stop(stop_id) or stop
        notice = await notice_of(self._parts, tour, stop, closed)
        if notice is None:
            await self._parts.rounds.told(stop_id)
        return notice


def _number(key: str) -> int:
    return int(key.partition(":")[2])
