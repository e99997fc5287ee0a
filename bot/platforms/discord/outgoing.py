"""Replies on their way to Discord: as the answer to an interaction, an edit, or plain messages."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import discord

from bot.conversation.replies import Reply
from bot.platforms.discord.reaching import until_reached
from bot.platforms.discord.rendering import messages
from bot.platforms.discord.senders import Interaction
from bot.platforms.discord.sending import FAILED, NOTHING, Body, anew, plain, tell

log = logging.getLogger(__name__)

TOO_LATE = frozenset({10015, 10062, 50027})
"""What Discord answers once the 15 minutes of an interaction are over."""
UNKNOWN_MESSAGE = 10008
ARCHIVED_THREAD = 50083
"""Nothing can be changed there until something new is said."""
NO_HISTORY = 160002
"""Where the bot may not read older messages, it may not refer to one either."""


async def answer_message(message: discord.Message, reply: Reply) -> str:
    """Reply to a message; return the number of the answer, "" for none.

    Raises one of `FAILED`.
    """
    return await tell(messages(reply), lambda first: partial(_reply, message, first=first))


async def answer_interaction(
    interaction: Interaction, reply: Reply | None, *, private: bool
) -> str:
    """Answer a command or a tap, after it was deferred; ``None`` takes "thinking" away.

    ``private`` is what only whoever asked sees. Return the number of the answer, "" for none.
    Raises one of `FAILED`.
    """
    told = messages(reply) if reply is not None else []
    if not told:
        await take_back(interaction)
        if reply is not None and reply.toast:
            await _say_aside(interaction, reply.toast)
    edits = _is_edited(interaction, reply)
    return await tell(
        told,
        lambda first: partial(_respond, interaction, edits=edits and first, private=private),
    )


async def say_in(channel: discord.abc.Messageable, reply: Reply) -> str:
    """Say something in a channel; return the number of the message, "" for none.

    Raises one of `FAILED`.
    """
    return await tell(messages(reply), lambda _: partial(_send, channel))


async def change(message: discord.PartialMessage, reply: Reply) -> str:
    """Put a reply in the place of a message; return the number of the message that shows it.

    It is a new one where the old is gone, or in a thread that was put away. A picture that the
    message has stays. Raises one of `FAILED`.
    """
    return await tell(
        messages(reply),
        lambda first: partial(_change if first else _send_beside, message),
    )


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show "typing" from now on, until the work is done; that it cannot be shown harms nothing."""
    task = asyncio.create_task(_type(channel))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _type(channel: discord.abc.Messageable) -> None:
    try:
        async with channel.typing():
            await asyncio.Event().wait()
    except FAILED as error:
        log.info("Typing is not shown: %s", error)


def _is_edited(interaction: Interaction, reply: Reply | None) -> bool:
    """Return whether an answer takes the place of a message.

    A command's takes that of "thinking"; a tap's that of the tapped message, where the reply says
    so and no picture is lost by it.
    """
    if interaction.type is discord.InteractionType.application_command:
        return True
    pictures = interaction.message is not None and bool(interaction.message.attachments)
    return reply is not None and reply.replaces and not reply.pictures and not pictures


async def _say_aside(interaction: Interaction, words: str) -> None:
    """Say a word that only whoever tapped sees; after the interaction's time it is too late."""
    if not interaction.is_expired():
        send = partial(interaction.followup.send, **plain(words), ephemeral=True)
        await until_reached(send)


async def _send(channel: discord.abc.Messageable, body: Body) -> discord.Message:
    return await channel.send(**body)


async def _send_beside(message: discord.PartialMessage, body: Body) -> discord.Message:
    return await message.channel.send(**body)


async def _change(message: discord.PartialMessage, body: Body) -> discord.abc.Snowflake:
    files = {"attachments": body["files"]} if "files" in body else {}
    parts = {name: part for name, part in body.items() if name != "files"}
    try:
        return await message.edit(**NOTHING | parts | files)
    except discord.HTTPException as error:
        if error.code not in (UNKNOWN_MESSAGE, ARCHIVED_THREAD):
            raise
        log.info("A message cannot be changed, a new one is sent: %s", error)
    return await _send_beside(message, anew(body))


async def _reply(message: discord.Message, body: Body, *, first: bool) -> discord.Message:
    if not first:
        return await message.channel.send(**body)
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        return await message.channel.send(reference=reference, mention_author=False, **body)
    except discord.HTTPException as error:
        if error.code != NO_HISTORY:
            raise
    return await message.channel.send(**anew(body))


async def _respond(
    interaction: Interaction, body: Body, *, edits: bool, private: bool
) -> discord.Message:
    if interaction.is_expired():
        return await _send_late(interaction, body, private=private)
    try:
        edited = await _edit(interaction, body) if edits else None
        return edited or await interaction.followup.send(**anew(body), ephemeral=private)
    except discord.HTTPException as error:
        if error.code not in TOO_LATE:
            raise
        log.info("An interaction's time is over, its answer becomes a message: %s", error)
    return await _send_late(interaction, body, private=private)


async def _edit(interaction: Interaction, body: Body) -> discord.Message | None:
    """Return the message that now shows the answer; ``None`` where it was deleted."""
    whole = NOTHING | body
    try:
        return await interaction.edit_original_response(attachments=whole.pop("files", []), **whole)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
    return None


async def _send_late(interaction: Interaction, body: Body, *, private: bool) -> discord.Message:
    """Send an answer as a plain message; a private one to whoever asked, never to the channel."""
    if private or interaction.channel_id is None:
        return await interaction.user.send(**anew(body))
    client: discord.Client = interaction.client
    channel = client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    return await channel.send(**anew(body))


async def take_back(interaction: Interaction) -> None:
    """Take the sign away that an answer comes."""
    if interaction.type is not discord.InteractionType.application_command:
        return
    try:
        await interaction.delete_original_response()
    except FAILED as error:
        log.info("The sign of an answer to come is not taken back: %s", error)
