"""Docent's Discord bot: what arrives is acknowledged in time, and answered in turn."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversation.events import Chat, Command, Event
from bot.conversation.replies import Paragraph, Reply
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import ChoiceButton
from bot.platforms.discord.commands import IDENTIFY, Menu, MenuTranslator, Suggestion, build
from bot.platforms.discord.connection import describe, intents
from bot.platforms.discord.incoming import (
    PictureEvent,
    read_command,
    read_message,
    read_pictures,
    read_tap,
)
from bot.platforms.discord.noticing import DiscordNoticing
from bot.platforms.discord.outgoing import typing
from bot.platforms.discord.pictures import Room, fetch_all
from bot.platforms.discord.replying import Replying
from bot.platforms.discord.senders import Interaction, Locales
from bot.platforms.discord.sending import FAILED, NO_MENTIONS
from bot.platforms.discord.turns import TooManyError, Turns
from bot.platforms.guide import Guide
from bot.platforms.noticing import left
from bot.platforms.repeats import Repeats

log = logging.getLogger(__name__)

ANYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
FOR_ALL = app_commands.AppInstallationType(guild=True, user=True)


class Assistant(Guide, Protocol):
    """A guide that also completes what is being typed."""

    async def suggest(self, event: Command, most: int) -> Sequence[Suggestion]:
        """Return at most so many words that somebody may be typing after a command."""


class DocentBot(commands.AutoShardedBot):
    """One connection to Discord, from its login to its end."""

    def __init__(
        self, assistant: Assistant, menu: Menu, shards: int | None, message_content: bool = False
    ) -> None:
        """Prepare the bot; ``shards`` of ``None`` are as many as Discord advises.

        With ``message_content`` Discord shows it what people say to each other, too.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(message_content),
            allowed_mentions=NO_MENTIONS,
            allowed_contexts=ANYWHERE,
            allowed_installs=FOR_ALL,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shards,
        )
        self._assistant = assistant
        self._menu = menu
        self._turns = Turns()
        self._room = Room()
        self._pictures = asyncio.Semaphore(limits.PICTURES_AT_ONCE)
        self._repeats = Repeats()
        self._replying = Replying(assistant)
        self._locales = Locales()
        self._stopping = False
        self.connected = asyncio.Event()
        """Set as soon as messages can be sent."""
        self.noticing = DiscordNoticing(self, assistant, self._turns)

    async def setup_hook(self) -> None:
        """Take up old buttons, and tell Discord the commands."""
        self.add_dynamic_items(ChoiceButton)
        await self.tree.set_translator(MenuTranslator(self._menu))
        for command in build(self._menu, self):
            self.tree.add_command(command, override=True)
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            log.warning("Discord's menu of commands is not up to date: %s", error)
        log.info(describe(self))

    async def finish(self) -> None:
        """Take nothing new, answer what is in hand, and close the connections."""
        self._stopping = True
        if not await self._turns.finished(limits.STOP_SECONDS):
            log.warning("Not everything was answered in %.0f s", limits.STOP_SECONDS)
        await self.close()

    async def on_ready(self) -> None:
        """Take note that Discord is connected."""
        self.connected.set()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Take note that the bot was put out of a server, and so of all its channels."""
        for channel in guild.channels:
            await self.on_guild_channel_delete(channel)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Take note that a channel is gone."""
        await left(self._assistant, Chat("discord", str(channel.id), is_group=True))

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Take note that a thread is gone."""
        thread = str(payload.thread_id)
        chat = Chat("discord", str(payload.parent_id), is_group=True, thread=thread)
        await left(self._assistant, chat)

    async def on_message(self, message: discord.Message, /) -> None:
        """Answer a message that is for the bot, or shows a picture where all are looked at."""
        if self.user is None or self._stopping:
            return
        language, reads = self._locales.of(message), self.intents.message_content
        event = read_message(message, self.user, language, sees_all=reads)
        if event is None or not (event.addressed or await self._assistant.wants(event.chat)):
            return
        try:
            async with self._turns.of(event.chat, event.person) as turn, turn:
                reply = await self._ask(event, message.channel)
                if reply is not None:
                    await self._replying.to_message(message, event.chat, reply)
        except TooManyError:
            return
        except FAILED as error:
            log.warning("A message was not answered: %s", error)

    async def asked(
        self, interaction: Interaction, command: str, argument: str, *, private: bool
    ) -> None:
        """Answer a command with words after it."""
        event = read_command(interaction, command, argument, public=not private)
        await self._answer(interaction, event, private=private)

    async def shown(
        self, interaction: Interaction, files: Sequence[discord.Attachment], *, private: bool
    ) -> None:
        """Say what files show."""
        event = read_pictures(interaction, files, IDENTIFY)
        await self._answer(interaction, event, private=private)

    async def tapped(self, interaction: Interaction, data: str) -> None:
        """Answer a tap, where the message is that carries its button."""
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        button = (message.id if message else 0, data)
        event = read_tap(interaction, data)
        if words := self._repeats.words(button):
            await self._answer(interaction, event, Reply((Paragraph(words),)), private=True)
        elif reply := await self._answer(interaction, event, private=private):
            self._repeats.note(button, reply.again)

    async def suggested(
        self, interaction: Interaction, command: str, typed: str
    ) -> Sequence[Suggestion]:
        """Return what somebody may be typing after a command; nothing where that takes long."""
        event = read_command(interaction, command, typed)
        try:
            async with asyncio.timeout(limits.SUGGEST_SECONDS):
                return await self._assistant.suggest(event, limits.SUGGESTIONS)
        except TimeoutError:
            return []

    async def _answer(
        self,
        interaction: Interaction,
        event: Event | PictureEvent,
        reply: Reply | None = None,
        *,
        private: bool,
    ) -> Reply | None:
        """Acknowledge an interaction before anything else, and answer it.

        ``reply`` is the answer where the assistant is not to be asked. Return what was answered.
        """
        if self._stopping:
            return None
        try:
            async with self._turns.of(event.chat, event.person) as turn:
                await _defer(interaction, private=private)
                self._locales.remember(interaction.user.id, interaction.locale)
                async with turn:
                    reply = reply or await self._ask(event)
                    await self._replying.to_interaction(
                        interaction, event.chat, reply, private=private
                    )
        except TooManyError:
            return None
        except FAILED as error:
            log.warning("An interaction was not answered: %s", error)
            return None
        return reply

    async def _ask(
        self, event: Event | PictureEvent, channel: discord.abc.Messageable | None = None
    ) -> Reply | None:
        """Return the assistant's answer to an event; "typing" is shown while pictures are read."""
        if not isinstance(event, PictureEvent):
            return await self._assistant.handle(event)
        async with AsyncExitStack() as stack:
            if channel is not None and event.addressed:
                await stack.enter_async_context(typing(channel))
            await stack.enter_async_context(self._room.for_files(event.files))
            whole = event.with_bytes(await fetch_all(event.files))
            await stack.enter_async_context(self._pictures)
            return await self._assistant.handle(whole)


async def _defer(interaction: Interaction, *, private: bool) -> None:
    """Acknowledge an interaction, for which there are three seconds. Raises `HTTPException`.

    A command shows that an answer comes; a tap's button only stops its spinning.
    """
    is_command = interaction.type is discord.InteractionType.application_command
    await interaction.response.defer(ephemeral=private, thinking=is_command)
