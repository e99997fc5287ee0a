"""Telegram's flood limits: kept beforehand; a chat that is told to wait waits, and no other."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.platforms.telegram.limits import FLOOD_SECONDS, FLOOD_TRIES
from bot.platforms.telegram.pacing import Pace

log = logging.getLogger(__name__)

Result = bool | dict[str, Any] | list[dict[str, Any]]
Heed = Callable[[int, TelegramError], Awaitable[None]]

PACED = ("send", "edit", "copy", "forward")
"""What a method is called that posts or edits a message."""
TYPING = "sendChatAction"


class ChatLimiter(BaseRateLimiter[int]):
    """Repeats a request that Telegram answers with 429, once its time has come.

    python-telegram-bot's own `AIORateLimiter` halts every chat for one chat's 429, repeats
    nothing unless told to, and any request that ends meanwhile lifts the halt (its #3765, #5338).
    """

    def __init__(self, heed: Heed | None = None, pace: Pace | None = None) -> None:
        """Start with every chat free.

        ``heed`` is told which chat may no longer be written to, or has a new number.
        """
        self._heed = heed
        self._pace = pace or Pace()
        # Otherwise python-telegram-bot warns on each 429 that it will speak of times some day.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._free_at: dict[str, float] = {}

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a request when its time has come, at most `FLOOD_TRIES` times.

        Nothing is done to show "typing" in a chat that waits. Raises `RetryAfter` when the tries
        are over, and what the request raises.
        """
        chat = data.get("chat_id", "")
        if endpoint == TYPING and self._is_held(str(chat)):
            return True
        try:
            return await self._patiently(lambda: callback(*args, **kwargs), endpoint, data)
        except (Forbidden, ChatMigrated) as refusal:
            if self._heed is not None and isinstance(chat, int) and _is_message(endpoint):
                await self._heed(chat, refusal)
            raise

    async def _patiently(
        self, request: Callable[[], Awaitable[Result]], endpoint: str, data: dict[str, Any]
    ) -> Result:
        chat = str(data.get("chat_id", ""))
        tries = 0
        while True:
            await self._until_free(chat)
            if _is_message(endpoint):
                await self._pace.turn(chat, len(data.get("media", "")) or 1)
                await self._until_free(chat)
            try:
                return await request()
            except RetryAfter as flood:
                tries += 1
                seconds = _seconds(flood.retry_after)
                if tries >= FLOOD_TRIES or seconds > FLOOD_SECONDS or endpoint == TYPING:
                    raise
                log.info("Telegram asks for %.0f s before %s goes on in a chat", seconds, endpoint)
                await self._hold(chat, seconds)

    async def _hold(self, chat: str, seconds: float) -> None:
        """Let a chat wait; a request without a chat (a tap's, a file's) waits by itself."""
        if not chat:
            await asyncio.sleep(seconds)
            return
        free_at = asyncio.get_running_loop().time() + seconds
        self._free_at[chat] = max(free_at, self._free_at.get(chat, 0.0))

    def _is_held(self, chat: str) -> bool:
        held_until = self._free_at.get(chat, 0.0)
        return held_until > asyncio.get_running_loop().time() or self._pace.is_waited_for(chat)

    async def _until_free(self, chat: str) -> None:
        left = self._free_at.get(chat, 0.0) - asyncio.get_running_loop().time()
        if left <= 0:
            self._free_at.pop(chat, None)
            return
        await asyncio.sleep(left)
        await self._until_free(chat)


def _is_message(endpoint: str) -> bool:
    return endpoint.startswith(PACED) and endpoint != TYPING


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
