"""What a member of a Discord server sees, read from simcord's messages."""

import re
from html import escape
from typing import TYPE_CHECKING, Any

from tests.transcripts.messages import Button, Message

if TYPE_CHECKING:
    from simcord import ChannelHandle, MemberActor

INLINE = (
    (r"\*\*(.+?)\*\*", r"<b>\1</b>"),
    (r"\[(.+?)\]\(https?://\S+?\)", r'<a href="#">\1</a>'),
)
"""The markdown that Docent writes within a line, once it is escaped as HTML."""
LINES = (("-# ", "small"), ("- ", "item"))
HIDDEN = "\ue000"
"""Begins the number of a character that was escaped, so that it is no markup."""


async def seen(
    channel: "ChannelHandle", viewer: "MemberActor", since: int = 0, command: str = ""
) -> list[Message]:
    """Return a channel's messages from one with this number on, as a member sees them now.

    ``command`` is what called forth the answers to commands: simcord does not tell.
    """
    history = channel.history(viewer=viewer)
    return [await _message(each, command) for each in history if each.id >= since and _says(each)]


def _says(message: Any) -> bool:
    return bool(message.content or message.embeds or message.attachments or message.components)


async def _message(message: Any, command: str) -> Message:
    embed = message.embeds[0] if message.embeds else None
    files = [(each.filename, await each.read()) for each in message.attachments]
    drawn = (".jpg", ".png", ".jpeg", ".webp")
    return Message(
        author="Docent" if message.author.bot else message.author.display_name,
        html=markdown(message.content),
        is_bot=message.author.bot,
        head=_head(message, command),
        colour=str(embed.colour) if embed else "",
        title=markdown(embed.title or "") if embed else "",
        card=markdown(embed.description or "") if embed else "",
        pictures=[data for name, data in files if name.endswith(drawn)],
        files=[(name, len(data)) for name, data in files if not name.endswith(drawn)],
        buttons=[_row(row) for row in message.components],
    )


def _row(row: Any) -> list[Button]:
    return [Button(each.label, each.style.value == 1) for each in row.children]


def _head(message: Any, command: str) -> str:
    """Return the line about the command, or the message, that this one answers."""
    asked = message.interaction_metadata
    if asked is not None:
        return f"<b>{escape(asked.user.display_name)}</b> used <b>/{escape(command)}</b>"
    answered = message.reference.resolved if message.reference else None
    if answered is None:
        return ""
    said = escape(answered.content[:60]) or "a picture"
    return f"↪ <b>{escape(answered.author.display_name)}</b>: {said}"


def markdown(text: str) -> str:
    """Return Discord's markdown, as far as Docent uses it, as HTML."""
    if not text:
        return ""
    hidden = re.sub(r"\\([^\w\s])", lambda found: f"{HIDDEN}{ord(found[1])};", text)
    shown = "".join(_line(line) for line in escape(hidden, quote=False).split("\n"))
    return re.sub(rf"{HIDDEN}(\d+);", lambda found: escape(chr(int(found[1]))), shown)


def _line(line: str) -> str:
    if not line:
        return '<div class="gap"></div>'
    kind = next((kind for start, kind in LINES if line.startswith(start)), "line")
    start = next((start for start, _ in LINES if line.startswith(start)), "")
    said = line.removeprefix(start)
    for pattern, html in INLINE:
        said = re.sub(pattern, html, said)
    return f'<div class="{kind}">{said}</div>'
