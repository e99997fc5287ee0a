"""Chats in parallel, each in its order; its taps beside its messages."""

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
from bot.platforms.telegram.limits import (
    TAPS_WAITING_IN_A_CHAT,
    UPDATES_AT_ONCE,
    WAITING_IN_A_CHAT,
)
from bot.platforms.telegram.membership import move_of

log = logging.getLogger(__name__)


Line = tuple[int, bool]
"""A chat, and whether it is the line of its taps rather than that of its messages."""


class ChatOrder(BaseUpdateProcessor):
    """Handles each chat's updates one after the other, and the chats side by side.

    python-telegram-bot offers one line for all chats or no order at all (its #3509, #3696).
    Its fetcher starts the updates as they came and `asyncio.Lock` is fair, so order is kept.
    Taps have a line of their own: a group that photographs must not hold up its own game.
    A chat in which ``waiting`` messages wait loses the next ones: nobody writes so fast by hand.
    Of taps, which many make at once, more may wait.
    """

    __slots__ = ("_arrived", "_dropped", "_inside", "_locks", "_waiting")

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
        self._waiting = waiting
        self._inside: Counter[Line] = Counter()
        self._locks: WeakValueDictionary[Line, asyncio.Lock] = WeakValueDictionary()

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
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Be the one who writes messages in a chat; whoever came before goes first."""
        async with self._first_in((chat, False)):
            yield

    async def settled(self, chat: int) -> None:
        """Wait until the taps are dealt with that came in a chat until now."""
        async with self._first_in((chat, True)):
            return

    @asynccontextmanager
    async def _first_in(self, *lines: Line) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for line in lines:
                lock = self._locks.setdefault(line, asyncio.Lock())
                await stack.enter_async_context(lock)
            yield

    async def _in_turn(self, update: Update, coroutine: Awaitable[Any]) -> None:
        line, *others = _lines(update)
        most = 1 + (TAPS_WAITING_IN_A_CHAT if line[1] else self._waiting)
        if self._inside[line] >= most:
            if self._dropped is not None:
                await self._dropped(update)
            return
        self._inside[line] += 1
        if self._inside[line] == most:
            log.warning("%d updates of one chat wait; what it adds is dropped", most - 1)
        try:
            self._arrived(update)
            async with self._first_in(line, *others):
                await coroutine
        finally:
            self._inside[line] -= 1
            if not self._inside[line]:
                del self._inside[line]

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""


def _lines(update: Update) -> tuple[Line, ...]:
    """Return the lines in which an update must be first; a person's where it belongs to no chat.

    Someone's private chat has their number. The answers to a poll, which do not say in which chat
    it was asked, have turns of their own. When a group moves, nothing of the new one goes on
    before all of the old one is done.
    """
    move = move_of(update.message) if update.message else None
    if move is not None:
        old, new = move
        return (new, False), (new, True), (old, False), (old, True)
    if update.poll_answer is not None:
        return ((hash(update.poll_answer.poll_id), True),)
    place = update.effective_chat or update.effective_user
    return ((place.id if place else 0, update.callback_query is not None),)
