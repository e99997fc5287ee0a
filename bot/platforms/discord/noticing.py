"""What Docent says unasked, each in its chat's turn."""

import asyncio
import logging

import discord

from bot.conversation.events import Chat, Person
from bot.conversation.notices import Notice
from bot.platforms.discord.limits import NOTICES_PAUSE_SECONDS
from bot.platforms.discord.outgoing import change, say_in
from bot.platforms.discord.sending import FAILED
from bot.platforms.discord.turns import TooManyError, Turns
from bot.platforms.guide import Guide

log = logging.getLogger(__name__)

NOBODY = Person("")
"""Whose turn it is when nobody asked."""
UNKNOWN_CHANNEL = 10003


class Noticing:
    """Asks the guide what is to be said unasked, and says it; no chat waits for another."""

    def __init__(self, client: discord.Client, guide: Guide, turns: Turns) -> None:
        """Say as ``client`` what ``guide`` has to say, when ``turns`` gives the turn."""
        self._client = client
        self._guide = guide
        self._turns = turns
        self._in_hand: dict[str, asyncio.Task[None]] = {}

    async def run(self, connected: asyncio.Event) -> None:
        """Go on until cancelled; nothing is said before Discord is ``connected``."""
        await connected.wait()
        while True:
            try:
                await self._listen()
            except Exception:
                log.exception("The guide could not say what is to be said unasked")
            await asyncio.sleep(NOTICES_PAUSE_SECONDS)

    async def _listen(self) -> None:
        async for notice in self._guide.notices("discord"):
            if notice.id not in self._in_hand:
                self._in_hand[notice.id] = asyncio.create_task(self._say(notice))

    async def _say(self, notice: Notice) -> None:
        """Say a notice; one that fails is left to the guide, which has it come again."""
        try:
            async with self._turns.of(notice.chat, NOBODY) as turn, turn:
                number = await self._deliver(notice)
                await self._guide.told(notice, number)
                if notice.reply.key and number:
                    await self._guide.shown(notice.chat, notice.reply.key, number)
        except TooManyError:
            log.warning("Notice %s waits: too much is to be said in that chat", notice.id)
        except FAILED as error:
            await self._failed(notice, error)
        except Exception:
            log.exception("Notice %s was not told", notice.id)
        finally:
            del self._in_hand[notice.id]

    async def _deliver(self, notice: Notice) -> str:
        """Return the number of the message that shows a notice. Raises one of `FAILED`."""
        channel = self._client.get_partial_messageable(int(notice.chat.thread or notice.chat.id))
        if not notice.message:
            return await say_in(channel, notice.reply)
        return await change(channel.get_partial_message(int(notice.message)), notice.reply)

    async def _failed(self, notice: Notice, error: Exception) -> None:
        log.warning("Notice %s was not told: %s", notice.id, error)
        gone = isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL
        if gone or isinstance(error, discord.Forbidden):
            await left(self._guide, notice.chat)


async def left(guide: Guide, chat: Chat) -> None:
    """Tell the guide that nothing can be said in a chat any more; a fault is logged."""
    try:
        await guide.left(chat)
    except Exception:
        log.exception("It was not noted that a chat is gone")
