"""The pictures in a message: which files they are, and their bytes."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import discord

from bot.conversation.events import Refusal
from bot.platforms.discord import limits
from bot.platforms.files import may_be_picture

log = logging.getLogger(__name__)


class Room:
    """Memory for pictures: so many bytes at once, from download to answer."""

    def __init__(self, most: int = limits.HELD_BYTES) -> None:
        """Start with all of it free."""
        self._most = self._free = most
        self._given_back = asyncio.Condition()

    @asynccontextmanager
    async def for_files(self, files: Sequence[discord.Attachment]) -> AsyncIterator[None]:
        """Hold what files need, once it is free."""
        size = min(sum(file.size for file in fitting(files)), self._most)
        async with self._given_back:
            await self._given_back.wait_for(lambda: self._free >= size)
            self._free -= size
        try:
            yield
        finally:
            async with self._given_back:
                self._free += size
                self._given_back.notify_all()


def is_picture(file: discord.Attachment) -> bool:
    """Return whether a file may be a picture."""
    return may_be_picture(file.content_type, file.filename)


def fitting(files: Sequence[discord.Attachment]) -> list[discord.Attachment]:
    """Return those files that are fetched: each small enough, and the first that are so together.

    Discord tells the sizes, so nothing that is too large is even asked for.
    """
    taken: list[discord.Attachment] = []
    for file in files:
        together = sum(each.size for each in taken) + file.size
        if file.size <= limits.PICTURE_BYTES and together <= limits.ALBUM_BYTES:
            taken.append(file)
    return taken


async def fetch_all(files: Sequence[discord.Attachment]) -> list[bytes | Refusal]:
    """Return the bytes of each file in order, or why they could not be had."""
    taken = fitting(files)
    return list(
        await asyncio.gather(*(_fetch(file) if file in taken else _too_big() for file in files))
    )


async def _too_big() -> Refusal:
    return Refusal.TOO_BIG


async def _fetch(file: discord.Attachment) -> bytes | Refusal:
    for attempt in range(1, limits.DOWNLOAD_TRIES + 1):
        try:
            async with asyncio.timeout(limits.DOWNLOAD_SECONDS):
                return await file.read()
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            # Its text may hold the signed address of somebody's picture.
            log.warning("Download %d of %d failed: %s", attempt, limits.DOWNLOAD_TRIES, type(error))
    return Refusal.NOT_DOWNLOADED
