"""Wires the parts together and runs the platforms that are configured."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot import __version__
from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.memory.articles import StoredArticles
from bot.memory.store import Store
from bot.platforms import Platform, PlatformError
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.web import create_app, serve
from bot.settings import Settings
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from knowledge.library import Library
from knowledge.wikipedia import Wikipedia


def user_agent(settings: Settings) -> str:
    """Return how Docent introduces itself to Wikipedia, with a contact as Wikimedia asks."""
    return f"Docent/{__version__} ({settings.wikipedia_contact})"


def open_recognizer(settings: Settings) -> Recognizer:
    """Load the network. Raises `bot.vision.model.ModelError`."""
    return Recognizer(Model(read_card(settings.model_card)), settings.recognition_threads)


@asynccontextmanager
async def open_library(settings: Settings, store: Store) -> AsyncIterator[Library]:
    """Open the store of knowledge, with Wikipedia behind it unless that is switched off."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    encyclopedia = None
    if settings.wikipedia:
        encyclopedia = Wikipedia(user_agent(settings), StoredArticles(store))
    try:
        yield await Library.open(
            settings.knowledge_folder, settings.data_folder / "knowledge.sqlite3", encyclopedia
        )
    finally:
        if encyclopedia is not None:
            await encyclopedia.close()


@asynccontextmanager
async def open_parts(settings: Settings) -> AsyncIterator[Parts]:
    """Open everything the assistant speaks with, and close it at the end."""
    recognizer = open_recognizer(settings)
    store = await Store.open(settings.database)
    try:
        async with open_library(settings, store) as library:
            yield Parts(recognizer, library, store, Phrases())
    finally:
        recognizer.close()
        await store.close()


async def run(settings: Settings) -> None:
    """Run until a signal asks to stop; photos in hand are finished first.

    Raises `PlatformError` where a platform cannot start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        async with open_parts(settings) as parts, asyncio.TaskGroup() as platforms:
            for platform in await start_platforms(settings, parts):
                platforms.create_task(platform.run(stop))
    except* PlatformError as errors:
        raise errors.exceptions[0] from None


async def start_platforms(settings: Settings, parts: Parts) -> list[Platform]:
    """Return the platforms that are configured, ready to run; say where the web chat is."""
    assistant = Assistant(parts)

    async def identify(photo: bytes, name: str) -> dict[str, Any]:
        return {"photo": name, **(await parts.recognizer.recognize(photo)).to_json()}

    web = create_app(assistant, identify, parts.phrases.explain)
    server = await serve(web, settings.web_host, settings.web_port)
    print(f"Docent's web chat is at {server.address} (Ctrl+C stops it).", flush=True)
    if settings.telegram_token is None:
        return [server]
    token = settings.telegram_token.get_secret_value()
    menu = assistant.menu()
    return [server, TelegramPlatform(token, assistant, settings.telegram_api_url, menu)]
