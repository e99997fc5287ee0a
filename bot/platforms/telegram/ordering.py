"""Chats in parallel, each in its order, every update once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.platforms.telegram.limits import REMEMBERED_UPDATES, UPDATES_AT_ONCE


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
    """

    __slots__ = ("_arrived", "_locks", "_seen")

    def __init__(
        self, arrived: Callable[[Update], None], updates_at_once: int = UPDATES_AT_ONCE
    ) -> None:
        """Call ``arrived`` for each new update at once, before its chat's turn."""
        super().__init__(updates_at_once)
        self._arrived = arrived
        self._seen = Remembered()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when the update's chat is free; a repeated update is dropped."""
        try:
            if isinstance(update, Update) and self._seen.is_new(update.update_id):
                self._arrived(update)
                async with self._lock(update):
                    await coroutine
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    def _lock(self, update: Update) -> asyncio.Lock:
        """Return the lock of a chat; it lives as long as someone holds or awaits it."""
        chat = update.effective_chat
        return self._locks.setdefault(chat.id if chat else 0, asyncio.Lock())
