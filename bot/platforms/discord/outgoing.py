"""Replies on their way to Discord: as the answer to an interaction, an edit, or plain messages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import discord

from bot.conversation.replies import Reply
from bot.platforms.discord.buttons import view
from bot.platforms.discord.incoming import Interaction
from bot.platforms.discord.reaching import until_reached
from bot.platforms.discord.rendering import Rendered, messages
from bot.platforms.texts import ELLIPSIS

log = logging.getLogger(__name__)

NO_MENTIONS = discord.AllowedMentions.none()
TOO_LATE = frozenset({10015, 10062, 50027})
"""What Discord answers once the 15 minutes of an interaction are over."""
UNKNOWN_MESSAGE = 10008
NO_HISTORY = 160002
"""Where the bot may not read older messages, it may not refer to one either."""
FAILED = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)
"""What keeps an answer from arriving."""
NOT_TAKEN = frozenset({400, 403, 413})
"""Discord refuses a part of a message: an embed or a file may not be sent there, a limit moved."""

Body = dict[str, Any]
"""What a message is made of, as the arguments of discord.py's ``send``."""
Send = Callable[[Body], Awaitable[object]]


async def answer_message(message: discord.Message, reply: Reply) -> None:
    """Reply to a message. Raises one of `FAILED`."""
    for number, rendered in enumerate(_told(reply)):
        await _carefully(rendered, partial(_reply, message, first=number == 0))


async def answer_interaction(
    interaction: Interaction, reply: Reply | None, *, private: bool
) -> None:
    """Answer a command or a tap, after it was deferred; ``None`` takes "thinking" away.

    ``private`` is what only whoever asked sees. Raises one of `FAILED`.
    """
    told = _told(reply) if reply is not None else []
    in_place = _is_edited(interaction, reply)
    if not told and in_place:
        await _take_back(interaction)
    for number, rendered in enumerate(told):
        edits = in_place and number == 0
        await _carefully(rendered, partial(_respond, interaction, edits=edits, private=private))


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


def _told(reply: Reply) -> list[Rendered]:
    """Return the messages of a reply that hold anything."""
    return [each for each in messages(reply) if each.rows or each.pictures or each.embed()]


def _is_edited(interaction: Interaction, reply: Reply | None) -> bool:
    """Return whether an answer takes the place of a message.

    A command's takes that of "thinking"; a tap's that of the tapped message, where the reply says
    so and no picture is lost by it.
    """
    if interaction.type is discord.InteractionType.application_command:
        return True
    pictures = interaction.message is not None and bool(interaction.message.attachments)
    return reply is not None and reply.replaces and not reply.pictures and not pictures


async def _carefully(rendered: Rendered, send: Send) -> None:
    """Send a message; where Discord does not take it whole, its words alone."""
    bodies = list(_bodies(rendered))
    for body in bodies[:-1]:
        try:
            await until_reached(partial(_send_anew, send, body))
        except discord.HTTPException as error:
            if error.status not in NOT_TAKEN:
                raise
            log.warning("Discord does not take a message whole, less of it is sent: %s", error)
        else:
            return
    await until_reached(partial(_send_anew, send, bodies[-1]))


async def _send_anew(send: Send, body: Body) -> None:
    await send(_anew(body))


def _bodies(rendered: Rendered) -> Iterator[Body]:
    """Give a message whole, then in words with its buttons, then in words alone."""
    embed, buttons = rendered.embed(), view(rendered.rows)
    content = None if embed or rendered.pictures else ELLIPSIS
    yield _body(content, [embed] if embed else [], rendered.files(), buttons)
    words = rendered.words() or ELLIPSIS
    if buttons:
        yield _body(words, [], [], view(rendered.rows))
    yield _body(words, [], [], None)


def _body(
    content: str | None,
    embeds: list[discord.Embed],
    files: list[discord.File],
    buttons: discord.ui.View | None,
) -> Body:
    parts = {"content": content, "embeds": embeds, "files": files, "view": buttons}
    return {name: part for name, part in parts.items() if part} | {"allowed_mentions": NO_MENTIONS}


async def _reply(message: discord.Message, body: Body, *, first: bool) -> None:
    if not first:
        await message.channel.send(**body)
        return
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        await message.channel.send(reference=reference, mention_author=False, **body)
    except discord.HTTPException as error:
        if error.code != NO_HISTORY:
            raise
        await message.channel.send(**_anew(body))


async def _respond(interaction: Interaction, body: Body, *, edits: bool, private: bool) -> None:
    if interaction.is_expired():
        await _send_late(interaction, body, private=private)
        return
    try:
        if not (edits and await _edit(interaction, body)):
            await interaction.followup.send(**_anew(body), ephemeral=private)
    except discord.HTTPException as error:
        if error.code not in TOO_LATE:
            raise
        log.info("An interaction's time is over, its answer becomes a message: %s", error)
        await _send_late(interaction, body, private=private)


async def _edit(interaction: Interaction, body: Body) -> bool:
    """Return whether the message now shows the answer; ``False`` where it was deleted."""
    whole: Body = {"content": None, "embeds": [], "view": None} | body
    try:
        await interaction.edit_original_response(attachments=whole.pop("files", []), **whole)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        return False
    return True


async def _send_late(interaction: Interaction, body: Body, *, private: bool) -> None:
    """Send an answer as a plain message; a private one to whoever asked, never to the channel."""
    if private or interaction.channel_id is None:
        await interaction.user.send(**_anew(body))
        return
    channel = interaction.client.get_partial_messageable(
        interaction.channel_id, guild_id=interaction.guild_id
    )
    await channel.send(**_anew(body))


def _anew(body: Body) -> Body:
    """Return a body whose files can be sent once more."""
    for file in body.get("files", ()):
        file.reset()
    return body


async def _take_back(interaction: Interaction) -> None:
    if interaction.type is not discord.InteractionType.application_command:
        return
    try:
        await interaction.delete_original_response()
    except FAILED as error:
        log.info("The sign of an answer to come is not taken back: %s", error)
