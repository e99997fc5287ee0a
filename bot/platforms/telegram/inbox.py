"""Updates are kept before Telegram may forget them, and ticked off when they are dealt with."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.memory.updates import NotKeptError, Updates
from bot.platforms.telegram.limits import REMEMBERED_UPDATES

log = logging.getLogger(__name__)

Raw = dict[str, Any]
"""An update as Telegram writes it."""


class Remembered:
    """The last some thousand numbers that were seen."""

    def __init__(self, most: int = REMEMBERED_UPDATES) -> None:
        """Remember the last ``most``."""
        self._most = most
        self._numbers: OrderedDict[int, None] = OrderedDict()

    def is_new(self, number: int) -> bool:
        """Return whether a number is seen for the first time, and remember it."""
        if number in self._numbers:
            return False
        self._numbers[number] = None
        if len(self._numbers) > self._most:
            self._numbers.popitem(last=False)
        return True


class Inbox:
    """The updates of one bot, from when they come until they are done.

    Without ``updates`` to keep them in, those that are not done are lost when Docent is killed.
    """

    def __init__(self, bot: int, updates: Updates | None = None) -> None:
        """Start with nothing in hand."""
        self._bot = bot
        self._updates = updates
        self._seen = Remembered()
        self._in_hand: dict[int, datetime] = {}
        self._finished: set[int] = set()
        self._writing = asyncio.Lock()
        self._change = asyncio.Condition()
        self._last: float | None = None

    def __len__(self) -> int:
        """Return how many updates are not done."""
        return len(self._in_hand)

    @property
    def quiet_seconds(self) -> float | None:
        """How long ago the last update came; ``None`` before the first."""
        return None if self._last is None else time.monotonic() - self._last

    def came_at(self, number: int) -> datetime:
        """Return when an update in hand came, which may be before a restart."""
        return self._in_hand.get(number) or datetime.now(UTC)

    async def take(self, contents: Sequence[Raw]) -> list[Raw]:
        """Keep updates, and return them; what came before or cannot be read is bare.

        Raises `NotKeptError` where they could not be kept: then Telegram must not forget them.
        Raises `ValueError`, `TypeError` or `LookupError` for what is no update.
        """
        read = {int(content["update_id"]): readable(content) for content in contents}
        if self._updates is not None:
            new = await self._updates.keep(self._bot, read)
        else:
            new = {number for number in read if self._seen.is_new(number)}
        now = datetime.now(UTC)
        fresh = {number: content for number, content in read.items() if content and number in new}
        self._in_hand.update(dict.fromkeys(fresh, now))
        if read:
            self._last = time.monotonic()
        return [fresh.get(number) or {"update_id": number} for number in read]

    async def left_over(self) -> list[Raw]:
        """Return, in their order, the updates that were not done when Docent was last stopped."""
        waiting = await self._updates.waiting(self._bot) if self._updates else []
        numbered = [(int(each.content["update_id"]), each) for each in waiting]
        self._in_hand.update({number: each.at for number, each in numbered})
        unread = [number for number, each in numbered if readable(each.content) is None]
        await self.done(unread)
        return [each.content for number, each in numbered if number not in unread]

    async def done(self, numbers: Iterable[int]) -> None:
        """Tick updates off; those that are done meanwhile share the next transaction."""
        self._finished.update(numbers)
        async with self._writing:
            finished, self._finished = self._finished, set()
            await self._forget(finished)
        async with self._change:
            for number in finished:
                self._in_hand.pop(number, None)
            self._change.notify_all()

    async def settled(self) -> None:
        """Wait until all that is in hand now is done."""
        now = set(self._in_hand)
        async with self._change:
            await self._change.wait_for(lambda: now.isdisjoint(self._in_hand))

    async def _forget(self, finished: set[int]) -> None:
        if not finished or self._updates is None:
            return
        try:
            await self._updates.done(self._bot, finished)
        except NotKeptError:
            log.exception("Updates may be answered again after a restart: %s", sorted(finished))


def readable(content: Raw) -> Raw | None:
    """Return an update, or ``None`` for one that python-telegram-bot makes nothing of.

    Raises `ValueError`, `TypeError` or `LookupError` for what has no number.
    """
    number = int(content["update_id"])
    try:
        update = Update.de_json(content, None)
    except Exception:  # noqa: BLE001 - whatever it is; its text may hold a visitor's words
        log.error("Update %d cannot be read and is passed over", number)
        return None
    return None if is_bare(update) else content


def is_bare(update: Update) -> bool:
    """Return whether there is nothing to an update but its number."""
    return all(getattr(update, kind) is None for kind in Update.ALL_TYPES)
