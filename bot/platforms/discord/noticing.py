"""What Docent says unasked on Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from bot.conversation.events import Chat, Person
from bot.conversation.notices import Notice
from bot.platforms.discord.outgoing import change, say_in
from bot.platforms.discord.sending import FAILED
from bot.platforms.discord.turns import TooManyError, Turns
from bot.platforms.guide import Guide
from bot.platforms.noticing import Noticing

NOBODY = Person("")
"""Whose turn it is when nobody asked."""
UNKNOWN_CHANNEL = 10003


class DiscordNoticing(Noticing):
    """Says it beside the answers to people, one thing after the other in each chat."""

    failures = (*FAILED, TooManyError)

    def __init__(self, client: discord.Client, guide: Guide, turns: Turns) -> None:
        """Say as ``client`` what ``guide`` has to say, when ``turns`` gives the turn."""
        super().__init__("discord", guide)
        self._client = client
        self._turns = turns

    @asynccontextmanager
    async def turn(self, chat: Chat) -> AsyncIterator[None]:
        """Have the turn of what is said unasked in a chat. Raises `TooManyError`."""
        async with self._turns.of(chat, NOBODY) as turn, turn:
            yield

    async def deliver(self, notice: Notice) -> str:
        """Say a notice; return the number of its message. Raises one of `FAILED`."""
        channel = self._client.get_partial_messageable(int(notice.chat.thread or notice.chat.id))
        if not notice.message:
            return await say_in(channel, notice.reply)
        return await change(channel.get_partial_message(int(notice.message)), notice.reply)

    def is_shut_out(self, failure: Exception) -> bool:
        """Return whether Docent may not write in a channel, or it is gone."""
        gone = isinstance(failure, discord.NotFound) and failure.code == UNKNOWN_CHANNEL
        return gone or isinstance(failure, discord.Forbidden)
