"""Requests that are made again when Discord was not reached."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

from bot.platforms.discord import limits

log = logging.getLogger(__name__)


T = TypeVar("T")


async def until_reached(request: Callable[[], Awaitable[T]]) -> T:
    """Make a request until it leaves; one that left and brought no answer is not repeated.

    Discord's own faults and its flood limits are waited for by discord.py. Raises what the request
    raised last.
    """
    loop = asyncio.get_running_loop()
    end, pause = loop.time() + limits.UNSENT_SECONDS, limits.SEND_PAUSE_SECONDS
    while True:
        try:
            return await request()
        except aiohttp.ClientConnectorError as error:
            if loop.time() >= end:
                raise
            log.warning("Discord was not reached; trying again: %s", error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, limits.SEND_PAUSE_MOST_SECONDS)
