"""One message on its way to Discord: whole, else as much of it as Discord takes."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any

import aiohttp
import discord

from bot.conversation.replies import Paragraph
from bot.platforms.discord import limits
from bot.platforms.discord.buttons import view
from bot.platforms.discord.reaching import until_reached
from bot.platforms.discord.rendering import Rendered, described
from bot.platforms.texts import ELLIPSIS

log = logging.getLogger(__name__)

NO_MENTIONS = discord.AllowedMentions.none()
FAILED = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)
"""What keeps an answer from arriving."""
NOT_TAKEN = frozenset({400, 403, 413})
"""Discord refuses a part of a message: an embed or a file may not be sent there, a limit moved."""

Body = dict[str, Any]
"""What a message is made of, as the arguments of discord.py's ``send``."""
Send = Callable[[Body], Awaitable[discord.abc.Snowflake]]
"""Sends a message, and returns it as it is there."""
NOTHING: Body = {"content": None, "embeds": [], "view": None}
"""What an edit takes away if it brings nothing in its place."""


async def tell(told: Sequence[Rendered], send: Callable[[bool], Send]) -> str:
    """Send messages in their order; return the number of the one with the words.

    ``send`` is told whether it sends the first. Raises one of `FAILED`.
    """
    number = ""
    for rendered in told:
        sent = await carefully(rendered, send(rendered is told[0]))
        if rendered.blocks or not number:
            number = str(sent.id)
    return number


async def carefully(rendered: Rendered, send: Send) -> discord.abc.Snowflake:
    """Send a message; where Discord does not take it whole, its words alone."""
    *bodies, least = _bodies(rendered)
    for body in bodies:
        try:
            return await until_reached(partial(_send_anew, send, body))
        except discord.HTTPException as error:
            if error.status not in NOT_TAKEN:
                raise
            log.warning("Discord does not take a message whole, less of it is sent: %s", error)
    return await until_reached(partial(_send_anew, send, least))


def anew(body: Body) -> Body:
    """Return a body whose files can be sent once more."""
    for file in body.get("files", ()):
        file.reset()
    return body


def plain(words: str) -> Body:
    """Return a message of a few words; what is too long for one is shortened."""
    shown = described((Paragraph(words),), limits.CONTENT_UNITS)
    return _body(shown or ELLIPSIS, [], [], None)


async def _send_anew(send: Send, body: Body) -> discord.abc.Snowflake:
    return await send(anew(body))


def _bodies(rendered: Rendered) -> Iterator[Body]:
    """Give a message whole, then in words with its buttons, then in words alone."""
    embed, buttons = rendered.embed(), view(rendered.rows)
    files = rendered.files()
    content = None if embed or files else ELLIPSIS
    yield _body(content, [embed] if embed else [], files, buttons)
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
