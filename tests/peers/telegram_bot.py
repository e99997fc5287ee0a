"""Docent's Telegram platform under test: run beside a server, with an assistant of few words."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO

from PIL import Image

from bot.conversation.replies import Choice, Credit, Credits, Note, Paragraph, Reply, Title
from bot.memory.store import Store
from bot.platforms.guide import Guide
from bot.platforms.telegram import Profile, TelegramPlatform
from tests.peers.scripted import ScriptedAssistant
from tests.peers.telegram_server import BotApiServer

SOURCES = Credits("Sources", (Credit("Wikipedia", "https://wikipedia.example/A&B", "CC BY-SA"),))
GUESSES = Reply(
    (Title("Vermeer <1665> & more"), Paragraph("It looks like his hand."), Note("Tap."), SOURCES),
    (
        (Choice("Vermeer 62 %", "guess:1:johannes-vermeer"),),
        (Choice("Other", "guess:1:x"),),
    ),
)


class Scripted(ScriptedAssistant):
    """An assistant that keeps what it was asked, and knows a few answers."""

    def __init__(self) -> None:
        """Answer at once; `gates` lets chats wait, `replies` answers otherwise."""
        super().__init__(GUESSES)


@asynccontextmanager
async def running(
    server: BotApiServer,
    assistant: Guide,
    menus: Mapping[str, Mapping[str, str]] | None = None,
    store: Store | None = None,
) -> AsyncIterator[TelegramPlatform]:
    """Run a fresh bot until the end of the block, then stop it as the app does."""
    stop = asyncio.Event()
    profiles = {language: Profile(menu) for language, menu in (menus or {}).items()}
    platform = TelegramPlatform(server.token, assistant, server.url, profiles, store)
    task = asyncio.create_task(platform.run(stop))
    polls = len(server.calls("getUpdates"))
    try:
        await server.requested("getUpdates", polls + 2)  # the first asks what came meanwhile
        yield platform
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


def jpeg(width: int = 1600, height: int = 1200, colour: str = "teal") -> bytes:
    """Return the bytes of a photo."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return buffer.getvalue()
