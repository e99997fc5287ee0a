"""Requests that are made again when Telegram was not reached."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError

from bot.platforms.telegram import limits

log = logging.getLogger(__name__)

T = TypeVar("T")

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

SHUT_OUT = (
    *("chat not found", "not enough rights", "no rights to send", "chat_write_forbidden"),
    *("need administrator rights", "topic_closed", "user is deactivated", "peer_id_invalid"),
)
"""What Telegram says, beside 403, where Docent cannot write."""


def is_shut_out(error: BaseException | None) -> bool:
    """Return whether a failure means that Docent may not write in a chat, or that it is gone."""
    refused = isinstance(error, BadRequest) and any(s in str(error).lower() for s in SHUT_OUT)
    return refused or isinstance(error, Forbidden)


class Reach:
    """Makes a call until Telegram is reached; ``stopping``, once set, ends the patience."""

    def __init__(self) -> None:
        """Start patient."""
        self.stopping = asyncio.Event()

    async def __call__(self, call: Callable[[], Awaitable[T]], *, harmless: bool = False) -> T:
        """Make a call again if its request never left, or if twice is ``harmless`` as an edit is.

        A message whose sending timed out may have arrived: sent again, it might be shown twice.
        Returns what the call returned. Raises what it raised last.
        """
        loop = asyncio.get_running_loop()
        end, tries, pause = loop.time() + limits.UNSENT_SECONDS, 0, limits.SEND_PAUSE_SECONDS
        while True:
            try:
                return await call()
            except NetworkError as error:
                if isinstance(error.__cause__, UNSENT):
                    over = self.stopping.is_set() or loop.time() >= end
                else:
                    tries += 1
                    over = not harmless or tries == limits.SEND_TRIES
                if over or isinstance(error, BadRequest):
                    raise
                log.warning("Telegram was not reached; trying again: %s", error)
            await first_of(self.stopping, seconds=pause)
            pause = min(2 * pause, limits.SEND_PAUSE_MOST_SECONDS)


async def first_of(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Wait until one of the events is set, or some seconds have passed."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
