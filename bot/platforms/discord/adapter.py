"""Docent on Discord: connected as long as it runs, and told plainly where it cannot be."""

import asyncio
import logging
from contextlib import suppress

import discord

from bot.platforms import PlatformError
from bot.platforms.discord import limits
from bot.platforms.discord.client import Assistant, DocentBot
from bot.platforms.discord.commands import Menu
from bot.platforms.discord.connection import (
    NOT_APPROVED,
    REFUSED,
    UNREACHABLE,
    UNREACHED,
    ended,
    proper,
)

log = logging.getLogger(__name__)


class DiscordPlatform:
    """The bot of one token, in the event loop that calls `run`."""

    def __init__(
        self,
        token: str,
        assistant: Assistant,
        menu: Menu,
        shards: int = 0,
        *,
        message_content: bool = False,
    ) -> None:
        """Prepare; ``shards`` of 0 are as many as Discord advises.

        ``message_content``: Discord shows the bot what people say to each other, too.
        Raises `PlatformError` for a token that cannot be one.
        """
        self._token = proper(token)
        self._assistant = assistant
        self._menu = menu
        self._shards = shards or None
        self._message_content = message_content

    def bot(self) -> DocentBot:
        """Return a new bot, not yet connected."""
        return DocentBot(self._assistant, self._menu, self._shards, self._message_content)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set and what is in hand is done.

        Waits for a network that is away. Raises `PlatformError` for a token that Discord refuses.
        """
        pause = 1.0
        while not stop.is_set():
            bot = self.bot()
            try:
                await self._serve(bot, stop)
            except discord.LoginFailure:
                raise PlatformError(REFUSED) from None
            except discord.PrivilegedIntentsRequired:
                raise PlatformError(NOT_APPROVED) from None
            except discord.ConnectionClosed as error:
                raise ended(error) from None
            except UNREACHED as error:
                pause = 1.0 if bot.is_ready() else pause
                log.warning("%s Trying again in %.0f s. (%s)", UNREACHABLE, pause, error)
            finally:
                await bot.finish()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, limits.CONNECT_PAUSE_SECONDS)

    async def _serve(self, bot: DocentBot, stop: asyncio.Event) -> None:
        """Be connected until told to stop; discord.py reconnects by itself."""
        serving = asyncio.create_task(bot.start(self._token))
        telling = asyncio.create_task(bot.noticing.run(bot.connected.wait))
        try:
            await _first_of(stop, serving)
            if serving.done():
                await serving
            else:
                telling.cancel()  # nothing unasked begins any more; what began is finished
                await bot.finish()
        finally:
            for task in (serving, telling):
                task.cancel()
            await asyncio.gather(serving, telling, return_exceptions=True)


async def _first_of(stop: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Wait until told to stop, or a task is done."""
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((told, task), return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
