"""The answer to what arrived: here or in a thread of its own, and the guide is told of it."""

import logging
from dataclasses import replace

import discord

from bot.conversation.events import Chat
from bot.conversation.replies import Reply
from bot.platforms.discord.branching import branch_of_command, branch_of_message
from bot.platforms.discord.outgoing import answer_interaction, answer_message, say_in, take_back
from bot.platforms.discord.senders import Interaction
from bot.platforms.guide import Guide

log = logging.getLogger(__name__)


class Replying:
    """Sends what the guide answers."""

    def __init__(self, guide: Guide) -> None:
        """Tell ``guide`` what was shown."""
        self._guide = guide

    async def to_message(self, message: discord.Message, chat: Chat, reply: Reply) -> None:
        """Answer a message, below it in a thread if the reply begins one.

        Raises one of `bot.platforms.discord.sending.FAILED`.
        """
        thread = await branch_of_message(message, reply.branch) if reply.branch else None
        if thread is None:
            await self._shown(chat, reply, await answer_message(message, reply))
        else:
            await self._go_on(thread, chat, reply)

    async def to_interaction(
        self, interaction: Interaction, chat: Chat, reply: Reply | None, *, private: bool
    ) -> None:
        """Answer a command or a tap that was deferred, in a thread if the reply begins one.

        ``private`` is what only whoever asked sees; not so a message with a key, which is
        everybody's. Raises one of `bot.platforms.discord.sending.FAILED`.
        """
        if reply is None:
            await answer_interaction(interaction, None, private=private)
            return
        thread = await branch_of_command(interaction, reply.branch) if reply.branch else None
        if thread is not None:
            await self._go_on(thread, chat, reply)
        elif not (private and reply.key and await self._to_all(interaction, chat, reply)):
            number = await answer_interaction(interaction, reply, private=private)
            await self._shown(chat, reply, number)

    async def _to_all(self, interaction: Interaction, chat: Chat, reply: Reply) -> bool:
        """Say something in the channel; return ``False`` where the bot is not or may not."""
        channel, guild = interaction.channel, interaction.guild_id
        if guild is None or interaction.client.get_guild(guild) is None or channel is None:
            return False
        try:
            where = interaction.client.get_partial_messageable(channel.id, guild_id=guild)
            number = await say_in(where, reply)
        except discord.Forbidden as error:
            log.info("What is for all is told in private: %s", error)
            return False
        await take_back(interaction)
        await self._shown(chat, reply, number)
        return True

    async def _go_on(self, thread: discord.Thread, chat: Chat, reply: Reply) -> None:
        """Say in a thread what begins there, once it is kept that it goes on there."""
        below = replace(chat, thread=str(thread.id), branches=False)
        await self._guide.branched(below)
        await self._shown(below, reply, await say_in(thread, reply))

    async def _shown(self, chat: Chat, reply: Reply, number: str) -> None:
        if reply.key and number:
            await self._guide.shown(chat, reply.key, number)
