"""The chats Docent lives in: each translates between a platform and the conversation."""

import asyncio
from typing import Protocol


class Platform(Protocol):
    """A platform that is ready to run."""

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set and what is in hand is done."""


class PlatformError(Exception):
    """A platform cannot start or go on; the message is a plain sentence without any secret."""
