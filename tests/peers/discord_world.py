"""Docent's Discord bot in simcord's Discord, with an assistant of few words."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.conversation.events import Command
from bot.conversation.phrases import Phrases
from bot.conversation.replies import (
    Choice,
    Credit,
    Credits,
    Note,
    Paragraph,
    Picture,
    Reply,
    Title,
)
from bot.conversation.suggesting import SUGGESTED, Suggestion
from bot.platforms.discord import DiscordPlatform, Menu
from bot.platforms.discord.client import Assistant, DocentBot
from tests.peers.discord_spec import PATH, DiscordSpecification
from tests.peers.scripted import ScriptedAssistant

if TYPE_CHECKING:
    from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

TOKEN = ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "Gabcde", "not-the-token-of-any-bot-anywhere"))
PHRASES = Phrases()
COMMANDS = (
    *("identify", "artist", "works", "movement", "painting", "timeline", "compare", "today"),
    *("museum", "collection", "language", "settings", "tour", "help", "start"),
)
MENU = Menu(COMMANDS, PHRASES.languages, PHRASES.say, frozenset(SUGGESTED))
SOURCES = Credits("Sources", (Credit("Wikipedia", "https://wikipedia.example/A_(B)", "CC BY-SA"),))
GUESSES = Reply(
    (Title("Vermeer *1665* & more"), Paragraph("It looks like his hand."), Note("Tap."), SOURCES),
    (
        (Choice("Vermeer 62 %", "guess:johannes-vermeer:1"),),
        (Choice("Other", "guess:x:1"), Choice("Where I looked", "where::1")),
    ),
)


class Scripted(ScriptedAssistant):
    """An assistant that keeps what it was asked, and knows a few answers."""

    def __init__(self) -> None:
        """Answer at once; `gates` lets chats wait, `replies` answers otherwise."""
        super().__init__(GUESSES)

    async def suggest(self, event: Command, most: int) -> Sequence[Suggestion]:
        """Suggest two names, and one that Discord would not take."""
        self.events.append(event)
        long = "x" * 120
        return [
            Suggestion("Vermeer", "Johannes Vermeer"),
            Suggestion(long, "L"),
            Suggestion("", ""),
        ]


@dataclass
class World:
    """A server with one channel, and Ann, who is in it and may also write in private."""

    env: "Env"
    platform: DiscordPlatform
    bot: DocentBot
    assistant: Any
    guild: "GuildHandle"
    channel: "ChannelHandle"
    ann_user: "UserHandle"
    ann: "MemberActor"

    async def restart(self) -> None:
        """End the bot and start another, which knows nothing of the first."""
        self.bot = self.platform.bot()
        await self.env.restart_bot(self.bot)

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Let the bot say what its guide has to say unasked, as in a run of the platform."""
        task = asyncio.create_task(self.bot.noticing.run(self.bot.connected.wait))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def requests(self, method: str, ending: str = "") -> list[Any]:
        """Return the bodies of the requests of a kind so far."""
        every = self.env.http_requests
        return [r.json for r in every if r.method == method and r.path.endswith(ending)]


def require_discord() -> None:
    """Skip the test where there is no simcord or no description; in CI that is a failure."""
    missing = [] if find_spec("simcord") else ["simcord (make test installs it)"]
    missing += [] if PATH.exists() else [f"Discord's published description at {PATH}"]
    if missing:
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"missing: {', '.join(missing)}")


@asynccontextmanager
async def discord_world(
    assistant: Assistant, menu: Menu = MENU, *, message_content: bool = False, **options: Any
) -> AsyncIterator[World]:
    """Run a bot in a Discord; at the end, nothing that it sent may have been against the rules."""
    require_discord()
    import simcord

    platform = DiscordPlatform(TOKEN, assistant, menu, shards=1, message_content=message_content)
    bot = platform.bot()
    async with simcord.run(bot, **options) as env:
        guild = env.create_guild("Museum", preferred_locale="de")
        channel = guild.create_text_channel("hall")
        user = env.create_user("ann")
        world = World(env, platform, bot, assistant, guild, channel, user, guild.add_member(user))
        yield world
        assert problems(env) == []


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so; not long."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - whatever it is, no event tells of it
            await asyncio.sleep(0.01)


def problems(env: "Env") -> list[str]:
    """Return what is against Discord's description, and what could call somebody by name."""
    specification = DiscordSpecification()
    found = []
    for request in env.http_requests:
        found += specification.problems(request.method, request.path, request.json)
        body = request.json
        data = body.get("data", body) if isinstance(body, dict) else None
        told = isinstance(data, dict) and {"content", "embeds"} & data.keys()
        if told and data["allowed_mentions"]["parse"] != []:
            found.append(f"{request.method} {request.path} may call somebody")
    return found


def jpeg(width: int = 800, height: int = 600, colour: str = "teal") -> bytes:
    """Return the bytes of a photo."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()


PICTURE = Picture(jpeg(80, 60), "I looked at the pearl.", "image/jpeg")
