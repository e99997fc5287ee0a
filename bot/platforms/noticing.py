"""What Docent says unasked, each in its chat's turn, on whichever platform."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from bot.conversation.events import Chat
from bot.conversation.notices import Notice, at_once
from bot.platforms.guide import Guide

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
"""Before the guide is asked again that failed to say what is to be said unasked."""


class Noticing(ABC):
    """Asks the guide what is to be said unasked, and says it; no chat waits for another."""

    failures: tuple[type[Exception], ...]
    """What the platform raises where something cannot be said."""

    def __init__(self, platform: str, guide: Guide) -> None:
        """Say on ``platform`` what ``guide`` has to say."""
        self._platform = platform
        self._guide = guide
        self._in_hand: dict[str, asyncio.Task[None]] = {}

    async def run(self, ready: Callable[[], Awaitable[object]]) -> None:
        """Go on until cancelled; nothing is said before ``ready`` returns."""
        await ready()
        while True:
            try:
                await self._listen()
            except Exception:
                log.exception("The guide could not say what is to be said unasked")
            await asyncio.sleep(PAUSE_SECONDS)

    async def finish(self) -> None:
        """Wait until what is being said is said."""
        await asyncio.gather(*self._in_hand.values())

    @abstractmethod
    def turn(self, chat: Chat) -> AbstractAsyncContextManager[object]:
        """Return what is held while something is said in a chat."""

    @abstractmethod
    async def deliver(self, notice: Notice) -> str:
        """Say a notice; return the number of the message that shows it, "" for none.

        Raises one of `failures`.
        """

    @abstractmethod
    def is_shut_out(self, failure: Exception) -> bool:
        """Return whether a failure means that nothing can be said in a chat any more."""

    async def settled(self, chat: Chat) -> None:
        """Wait for the taps of a chat; by itself, they are dealt with as they come."""
        await at_once(chat)

    async def _listen(self) -> None:
        async for notice in self._guide.notices(self._platform, self.settled):
            if notice.id not in self._in_hand:
                self._in_hand[notice.id] = asyncio.create_task(self._say(notice))

    async def _say(self, notice: Notice) -> None:
        """Say a notice; one that fails is left to the guide, which has it come again."""
        try:
            async with self.turn(notice.chat):
                await self._say_now(notice)
        except self.failures as failure:
            await self._failed(notice, failure)
        except Exception:
            log.exception("Notice %s was not told", notice.id)
        finally:
            del self._in_hand[notice.id]

    async def _say_now(self, notice: Notice) -> None:
        message = await self.deliver(notice)
        await self._guide.told(notice, message)
        if notice.reply.key and message:
            await self._guide.shown(notice.chat, notice.reply.key, message)

    async def _failed(self, notice: Notice, failure: Exception) -> None:
        if self.is_shut_out(failure):
            log.info("Notice %s: Docent may not write in that chat: %s", notice.id, failure)
            await left(self._guide, notice.chat)
        else:
            log.warning("Notice %s was not told: %s", notice.id, failure)


async def left(guide: Guide, chat: Chat) -> None:
    """Tell the guide that nothing can be said in a chat any more; a fault is logged."""
    try:
        await guide.left(chat)
    except Exception:
        log.exception("It was not noted that a chat is gone")
