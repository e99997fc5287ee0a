"""Chats in parallel, each in its order."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.platforms.telegram.inbox import is_bare
from bot.platforms.telegram.limits import UPDATES_AT_ONCE, WAITING_IN_A_CHAT
from bot.platforms.telegram.membership import move_of

log = logging.getLogger(__name__)


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates one after the other, and the chats side by side.

    python-telegram-bot offers one line for all chats or no order at all (its #3509, #3696).
    Its fetcher starts the updates as they came and `asyncio.Lock` is fair, so order is kept.
    A chat in which ``waiting`` updates wait loses the next ones: nobody writes so fast by hand.
    """

    __slots__ = ("_arrived", "_dropped", "_inside", "_locks", "_most")

    def __init__(
        self,
        arrived: Callable[[Update], None],
        waiting: int = WAITING_IN_A_CHAT,
        dropped: Callable[[Update], Awaitable[None]] | None = None,
    ) -> None:
        """Call ``arrived`` for each new update at once, before its chat's turn.

        ``dropped`` is called for each that gets none.
        """
        super().__init__(UPDATES_AT_ONCE)
        self._arrived = arrived
        self._dropped = dropped
        self._most = waiting + 1
        self._inside: Counter[int] = Counter()
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when the update's chat is free; a bare update is nothing."""
        try:
            if isinstance(update, Update) and update.inline_query is not None:
                await coroutine  # it belongs to no chat, and each word typed asks anew
            elif isinstance(update, Update) and not is_bare(update):
                await self._in_turn(update, coroutine)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()

    @asynccontextmanager
    async def turn(self, *chats: int) -> AsyncIterator[None]:
        """Be the one of these chats; whoever came before goes first."""
        async with AsyncExitStack() as stack:
            for chat in chats:
                lock = self._locks.setdefault(chat, asyncio.Lock())
                await stack.enter_async_context(lock)
            yield

    async def _in_turn(self, update: Update, coroutine: Awaitable[Any]) -> None:
        chat, *others = _chats(update)
        if self._inside[chat] >= self._most:
            if self._dropped is not None:
                await self._dropped(update)
            return
        self._inside[chat] += 1
        if self._inside[chat] == self._most:
            log.warning("%d updates of one chat wait; what it adds is dropped", self._most - 1)
        try:
            self._arrived(update)
            async with self.turn(chat, *others):
                await coroutine
        finally:
            self._inside[chat] -= 1
            if not self._inside[chat]:
                del self._inside[chat]

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""


def _chats(update: Update) -> tuple[int, ...]:
    """Return whose turn it must be for an update; a person's where it belongs to no chat.

    Someone's private chat has their number. The answers to a poll, which do not say in which chat
    it was asked, have turns of their own. When a group moves, nothing of the new one goes on
    before all of the old one is done.
    """
    move = move_of(update.message) if update.message else None
    if move is not None:
        old, new = move
        return new, old
    if update.poll_answer is not None:
        return (hash(update.poll_answer.poll_id),)
    place = update.effective_chat or update.effective_user
    return (place.id if place else 0,)
