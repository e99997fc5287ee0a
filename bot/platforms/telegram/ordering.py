"""Chats in parallel, each in its order, every update once."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.platforms.telegram.limits import REMEMBERED_UPDATES, UPDATES_AT_ONCE, WAITING_IN_A_CHAT

log = logging.getLogger(__name__)


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


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates one after the other, and the chats side by side.

    python-telegram-bot offers one line for all chats or no order at all (its #3509, #3696).
    Its fetcher starts the updates as they came and `asyncio.Lock` is fair, so order is kept.
    A chat in which ``waiting`` updates wait loses the next ones: nobody writes so fast by hand.
    """

    __slots__ = ("_arrived", "_inside", "_locks", "_most", "_seen")

    def __init__(self, arrived: Callable[[Update], None], waiting: int = WAITING_IN_A_CHAT) -> None:
        """Call ``arrived`` for each new update at once, before its chat's turn."""
        super().__init__(UPDATES_AT_ONCE)
        self._arrived = arrived
        self._seen = Remembered()
        self._most = waiting + 1
        self._inside: Counter[int] = Counter()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when the update's chat is free; a repeated update is dropped."""
        try:
            if isinstance(update, Update) and self._seen.is_new(update.update_id):
                await self._in_turn(update, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()

    async def _in_turn(self, update: Update, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat.id if update.effective_chat else 0
        if self._inside[chat] >= self._most:
            return
        self._inside[chat] += 1
        if self._inside[chat] == self._most:
            log.warning("%d updates of one chat wait; what it adds is dropped", self._most - 1)
        try:
            self._arrived(update)
            async with self._locks.setdefault(chat, asyncio.Lock()):
                await coroutine
        finally:
            self._inside[chat] -= 1
            if not self._inside[chat]:
                del self._inside[chat]

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""
