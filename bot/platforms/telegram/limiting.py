"""Telegram's flood limits: a chat that is told to wait waits, and no other does."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.platforms.telegram.limits import FLOOD_SECONDS, FLOOD_TRIES

log = logging.getLogger(__name__)

Result = bool | dict[str, Any] | list[dict[str, Any]]


class ChatLimiter(BaseRateLimiter[int]):
    """Repeats a request that Telegram answers with 429, once its time has come.

    python-telegram-bot's own `AIORateLimiter` halts every chat for one chat's 429, repeats
    nothing unless told to, and any request that ends meanwhile lifts the halt (its #3765, #5338).
    """

    def __init__(self) -> None:
        """Start with every chat free."""
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
        """Make a request, at most `FLOOD_TRIES` times. Raises `RetryAfter` when that is over."""
        chat = str(data.get("chat_id", ""))
        tries = 0
        while True:
            await self._until_free(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as flood:
                tries += 1
                seconds = _seconds(flood.retry_after)
                if tries >= FLOOD_TRIES or seconds > FLOOD_SECONDS or endpoint == "sendChatAction":
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

    async def _until_free(self, chat: str) -> None:
        left = self._free_at.get(chat, 0.0) - asyncio.get_running_loop().time()
        if left <= 0:
            self._free_at.pop(chat, None)
            return
        await asyncio.sleep(left)
        await self._until_free(chat)


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
