"""Wires the parts together and runs the platforms that are configured."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot import __version__
from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.conversation.suggesting import SUGGESTED
from bot.memory.articles import StoredArticles
from bot.memory.collections import KEEPERS, Collections
from bot.memory.store import Place, Store
from bot.platforms import Platform
from bot.platforms.web import create_app, hosts_for, serve
from bot.settings import Settings
from bot.vision.details import FILE as DETAILS
from bot.vision.details import Describer
from bot.vision.gallery import Gallery
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from bot.vision.works import Works
from knowledge.library import Library
from knowledge.mirror import Mirror
from knowledge.wikipedia import Wikipedia

if TYPE_CHECKING:
    from bot.platforms.discord import Menu
    from bot.platforms.telegram import Webhook

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def user_agent(settings: Settings) -> str:
    """Return how Docent introduces itself to Wikipedia, with a contact as Wikimedia asks."""
    return f"Docent/{__version__} ({settings.wikipedia_contact})"


def open_recognizer(settings: Settings) -> Recognizer:
    """Load the network, and the gallery and the known works beside it if there are any.

    Raises `bot.vision.model.ModelError`.
    """
    card = settings.model_card
    details, works = card.parent / DETAILS, Works.beside(card)
    return Recognizer(
        Model(read_card(card)),
        settings.recognition_threads,
        Gallery.beside(card),
        Describer.read(details) if works is not None or details.exists() else None,
        works,
    )


@asynccontextmanager
async def open_eyes(settings: Settings) -> AsyncIterator[tuple[Recognizer, Collections]]:
    """Open what recognises works, and the store's collections, and close them at the end."""
    recognizer = await asyncio.to_thread(open_recognizer, settings)
    try:
        store = await Store.open(settings.database)
        try:
            yield recognizer, Collections(store)
        finally:
            await store.close()
    finally:
        await asyncio.to_thread(recognizer.close)


@asynccontextmanager
async def open_library(settings: Settings, store: Store) -> AsyncIterator[Library]:
    """Open the store of knowledge, with Wikipedia behind it unless that is switched off."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    encyclopedia = None
    if settings.wikipedia:
        mirror = Mirror(settings.wikipedia_mirror) if settings.wikipedia_mirror else None
        encyclopedia = Wikipedia(user_agent(settings), StoredArticles(store), mirror)
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
            daily = settings.daily_photos
            parts = Parts(recognizer, library, store, Phrases(), daily_photos=daily)
            await parts.catalogue.among(KEEPERS)  # the first visitor need not wait for its reading
            yield parts
    finally:
        await asyncio.to_thread(recognizer.close)
        await store.close()


async def run(settings: Settings) -> None:
    """Run until a signal asks to stop, or a platform cannot go on; what is in hand is finished.

    A second signal ends Docent at once. Raises `PlatformError` with a platform's own sentence.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask_to_stop() -> None:
        stop.set()
        for number in SIGNALS:
            loop.remove_signal_handler(number)

    for number in SIGNALS:
        loop.add_signal_handler(number, ask_to_stop)
    async with open_parts(settings) as parts:
        platforms = await start_platforms(settings, parts)
        runs = [run_platform(platform, stop) for platform in platforms]
        for ended in await asyncio.gather(*runs, return_exceptions=True):
            if isinstance(ended, BaseException):
                raise ended


async def run_platform(platform: Platform, stop: asyncio.Event) -> None:
    """Run one platform; when it ends, for whatever reason, the others are asked to stop."""
    try:
        await platform.run(stop)
    finally:
        stop.set()


async def start_platforms(settings: Settings, parts: Parts) -> list[Platform]:
    """Return the platforms that are configured, ready to run; say where the web chat is."""
    assistant = Assistant(parts)

    async def identify(photo: bytes, name: str) -> dict[str, Any]:
        among = await parts.catalogue.among(Place("web", "", ""))
        recognition = await parts.recognizer.recognize(photo, among=among)
        return {"photo": name, **recognition.contract_json()}

    hosts = hosts_for(settings.web_host)
    if hosts is not None:
        hosts = [*hosts, *settings.web_names.split()]
    web = create_app(assistant, identify, parts.phrases.explain, hosts)
    server = await serve(web, settings.web_host, settings.web_port)
    print(f"Docent's web chat is at {server.address} (Ctrl+C stops it).", flush=True)
    platforms: list[Platform] = [server]
    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        platforms.append(telegram(settings, token, assistant, parts))
    if settings.discord_token is not None:
        token = settings.discord_token.get_secret_value()
        platforms.append(discord(settings, token, assistant, parts.phrases))
    return platforms


def telegram(settings: Settings, token: str, assistant: Assistant, parts: Parts) -> Platform:
    """Return the Telegram bot; its library takes 9 MB, which only those pay who use it."""
    from bot.platforms.telegram import Profile, TelegramPlatform

    say = parts.phrases.say
    profiles = {
        language: Profile(
            menu, say("bot_description", language), say("bot_short_description", language)
        )
        for language, menu in assistant.menus().items()
    }
    url, webhook = settings.telegram_api_url, telegram_webhook(settings)
    return TelegramPlatform(token, assistant, url, profiles, parts.store, webhook)


def telegram_webhook(settings: Settings) -> "Webhook | None":
    """Return where Telegram brings its updates; ``None`` if it is asked for them.

    Raises `PlatformError` for settings that cannot be.
    """
    from bot.platforms.telegram import Webhook

    if not settings.telegram_webhook_url:
        return None
    secret = settings.telegram_webhook_secret
    return Webhook(
        settings.telegram_webhook_url,
        settings.telegram_webhook_host,
        settings.telegram_webhook_port,
        secret.get_secret_value() if secret else "",
    )


def discord(settings: Settings, token: str, assistant: Assistant, phrases: Phrases) -> Platform:
    """Return the Discord bot; its library takes 18 MB, which only those pay who use it."""
    from bot.platforms.discord import DiscordPlatform

    menu = discord_menu(assistant, phrases)
    shards, reads = settings.discord_shards, settings.discord_message_content
    return DiscordPlatform(token, assistant, menu, shards, message_content=reads)


def discord_menu(assistant: Assistant, phrases: Phrases) -> "Menu":
    """Return what Discord's menu of commands says."""
    from bot.platforms.discord import Menu

    commands = tuple(assistant.menu())
    return Menu(commands, phrases.languages, phrases.say, frozenset(SUGGESTED))
