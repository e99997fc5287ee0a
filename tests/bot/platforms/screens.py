"""What somebody sees of a reply on each platform, so that it can be compared with the reply."""

import base64
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import discord
from discord.http import handle_message_parameters
from telegram import Bot

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Credits, Reply, Title
from bot.memory.polls import AskedPoll
from bot.platforms.discord.rendering import messages
from bot.platforms.discord.sending import Body, tell
from bot.platforms.telegram.outgoing import deliver_notice
from bot.platforms.telegram.reaching import Reach
from bot.platforms.texts import clean, units
from bot.platforms.web.rendering import rendered
from bot.platforms.web.schemas import Answer
from tests.peers.discord_spec import DiscordSpecification
from tests.peers.telegram_server import BotApiServer

MARKDOWN = re.compile(r"\\(.)")
ENOUGH = 20
"""Letters by which a text is known that may have been shortened."""


@dataclass
class Screen:
    """What somebody sees of a reply, on whichever platform."""

    words: str = ""
    data: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    polls: int = 0
    number: str = "?"
    """The message's, by which the guide knows it."""

    def says(self, text: str) -> bool:
        """Return whether a text is there, at least its beginning."""
        return letters(clean(text))[:ENOUGH] in letters(self.words)


def letters(text: str) -> str:
    """Return a text's letters and digits alone: no platform's marks, no gaps."""
    return "".join(filter(str.isalnum, text))


def lost(reply: Reply, screen: Screen, picture: int, document: int, most: int) -> list[str]:
    """Return what is missing, where pictures and documents may have so many bytes."""
    title = [b.text for b in reply.blocks[:1] if isinstance(b, Title)]
    sources = [b for b in reply.blocks if isinstance(b, Credits) and b.credits]
    named = [s.credits[0].name for s in sources if len(s.credits[0].name) < 60]
    fit = [p.data for p in reply.pictures if len(p.data) <= picture]
    told = [p.alt for p in reply.pictures if len(p.data) > picture]
    told += [d.name for d in reply.documents if len(d.data) > document]
    files = [d.name for d in reply.documents if len(d.data) <= document]
    every = [choice.data for row in reply.choices for choice in row]
    labels = [choice.label for row in reply.choices for choice in row]
    found = [f"not said: {t[:50]!r}" for t in (*title, *named, *told) if not screen.says(t)]
    found += [] if screen.pictures == fit else [f"{len(screen.pictures)} of {len(fit)} pictures"]
    found += [] if screen.files == files else [f"files {screen.files} of {files}"]
    if screen.polls and reply.poll:
        found += [] if screen.says(reply.poll.question) else ["not asked"]
    else:
        found += [] if screen.data == every[:most] else [f"{len(screen.data)} of {len(every)} taps"]
        pairs = zip(labels, screen.labels, strict=False)
        known = all(shown.startswith(clean(label)[:9]) for label, shown in pairs)
        found += [] if known else [f"labels {screen.labels}"]
    asks = bool(reply.blocks or reply.choices)
    found += ["no number for its key"] if reply.key and asks and not screen.number else []
    return found


class Book:
    """Keeps no poll."""

    async def keep(self, poll: AskedPoll) -> None:
        """Take note of nothing."""

    async def find(self, platform: str, poll: str) -> AskedPoll | None:
        """Know of nothing."""
        return None


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[BotApiServer, Bot]]:
    """A strict Bot API server, and a bot that a person has spoken to."""
    async with BotApiServer() as server, Bot(server.token, f"{server.url}/bot") as bot:
        server.people.send_text(7, "/start")
        yield server, bot


async def on_telegram(server: BotApiServer, bot: Bot, reply: Reply) -> Screen:
    """Say a reply in the place of a message if it wants one, else by a message of its own."""
    here, reach = Chat("telegram", "7"), Reach()
    old = (await bot.send_message(7, "?")).message_id if reply.replaces else ""
    before = len(server.log)
    number = await deliver_notice(bot, Notice("x", here, reply, str(old)), reach, Book())
    screen = Screen(number=str(number or ""))
    for entry in server.log[before:]:
        for sent in entry.sent.album or (entry.sent,):
            screen.words += f"\n{sent.text}"
            screen.data += [str(button["callback_data"]) for button in sent.buttons]
            screen.labels += [str(button["text"]) for button in sent.buttons]
            screen.pictures += [sent.photo] if sent.photo else []
            name = sent.message.get("document", {}).get("file_name")
            screen.files += [name] if name else []
            screen.polls += "poll" in sent.message
    return screen


class Refusing:
    """A channel that keeps what it is sent, or takes nothing but words."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.bodies: list[Body] = []

    async def send(self, body: Body) -> discord.abc.Snowflake:
        """Keep a message, or refuse it as Discord does."""
        if self.refuses and body.keys() - {"content", "allowed_mentions"}:
            answer: Any = SimpleNamespace(status=400, reason="Bad Request")
            raise discord.HTTPException(answer, "Invalid Form Body")
        self.bodies.append(body)
        return discord.Object(len(self.bodies))


async def on_discord(reply: Reply, *, refuses: bool = False) -> tuple[Screen, list[Body]]:
    """Say a reply in a channel; return what is seen of it, and the messages."""
    channel = Refusing(refuses=refuses)
    number = await tell(messages(reply), lambda _: channel.send)
    screen = Screen(number=number)
    for body in channel.bodies:
        screen.words += f"\n{body.get('content') or ''}"
        for embed in body.get("embeds", ()):
            screen.words += f"\n{embed.title or ''}\n{embed.description or ''}"
        for button in body["view"].children if "view" in body else ():
            screen.data.append(button.custom_id.partition(":")[2])
            screen.labels.append(button.item.label)
        for file in body.get("files", ()):
            is_picture = file.filename.startswith("docent-")
            screen.pictures += [file.fp.read()] if is_picture else []
            screen.files += [] if is_picture else [file.filename]
            file.reset()
    screen.words = MARKDOWN.sub(r"\1", screen.words)
    return screen, channel.bodies


def too_much(body: Body, described: DiscordSpecification) -> list[str]:
    """Return what Discord would refuse in a message."""
    files, embeds = body.get("files", []), body.get("embeds", [])
    with handle_message_parameters(**cast(Any, body)) as parameters:
        form = {part["name"]: part["value"] for part in parameters.multipart or ()}
        payload = json.loads(form["payload_json"]) if form else parameters.payload
    rows = [row["components"] for row in (payload or {}).get("components", ())]
    sizes = [len(file.fp.read()) for file in files]
    for file in files:
        file.reset()
    within = {
        "content": units(body.get("content") or "") <= 2000,
        "title": all(units(e.title or "") <= 256 for e in embeds),
        "description": all(units(e.description or "") <= 4096 for e in embeds),
        "embeds": sum(map(len, embeds)) <= 6000 and len(embeds) <= 10,
        "alt": all(units(file.description or "") <= 1024 for file in files),
        "buttons": len(rows) <= 5 and all(1 <= len(row) <= 5 for row in rows),
        "labels": all(0 < units(button["label"]) <= 80 for row in rows for button in row),
        "ids": all(len(button["custom_id"]) <= 100 for row in rows for button in row),
        "files": len(files) <= 10
        and sum(sizes) <= 25 * 2**20
        and max(sizes, default=0) <= 10 * 2**20,
        "words": bool(body.get("content") or embeds or files or rows),
    }
    found = [f"{part}: none, or beyond the limit" for part, fits in within.items() if not fits]
    return found + described.problems("POST", "/channels/1/messages", payload)


def on_web(reply: Reply) -> Screen:
    """Return what a page gets of a reply, once it is JSON."""
    told = rendered(reply, "m" if reply.key else "").model_dump_json()
    answer = Answer.model_validate_json(told)
    screen = Screen(words=" ".join(_texts(answer)), number=answer.message)
    screen.data = [choice.data for row in answer.choices for choice in row]
    screen.labels = [choice.label for row in answer.choices for choice in row]
    sources = [picture.source.partition(",")[2] for picture in answer.pictures]
    screen.pictures = [base64.b64decode(source) for source in sources]
    screen.files = [each.name for each in answer.documents if each.data]
    return screen


def _texts(answer: Answer) -> Iterator[str]:
    for block in answer.blocks:
        match block.kind:
            case "bullets":
                yield from block.items
            case "credits":
                yield block.label
                for credit in block.credits:
                    yield f"{credit.name} {credit.licence}"
                    assert credit.link == "" or credit.link.startswith("http")
            case _:
                yield block.text
    yield from (f"{each.name} {each.size}" for each in answer.documents if not each.data)
