"""``python -m bot doctor``: what is in order, what is missing, and how to mend it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from fastapi import FastAPI

from bot import app
from bot.collections.enrolment import Enrolment
from bot.memory.store import Store, StoreError
from bot.platforms import PlatformError
from bot.platforms.web import serve
from bot.settings import Settings
from bot.vision.model import ModelError
from knowledge.content import ContentError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    good: bool
    sentence: str


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Check model, knowledge, database and platforms, each on its own."""
    yield await _model(settings)
    yield await _collections(settings)
    yield await _knowledge(settings)
    yield await _telegram(settings)
    yield await _discord(settings)
    yield await _web(settings)


async def _model(settings: Settings) -> Finding:
    try:
        recognizer = await asyncio.to_thread(app.open_recognizer, settings)
    except ModelError as error:
        return Finding("model", False, str(error))
    card = recognizer.card
    recognizer.close()
    titles = recognizer.famous.titles
    works = f", and {titles} works on sight" if titles else ""
    known = f"{len(card.artists)} painters and {len(card.movements)} movements"
    return Finding("model", True, f"{card.title} knows {known}{works}.")


async def _collections(settings: Settings) -> Finding:
    try:
        async with app.open_eyes(settings) as (recognizer, collections):
            enrolment = Enrolment(collections, recognizer)
            listed = await collections.all()
            stale = {
                each.name: sum(map(enrolment.is_stale, await collections.works(each.id)))
                for each in listed
            }
    except (ModelError, StoreError):
        return Finding("collections", False, "They need the model and the database.")
    if any(stale.values()):
        names = ", ".join(f"{name} ({count})" for name, count in stale.items() if count)
        mend = "run python -m bot collection reindex."
        return Finding("collections", False, f"Described by another network: {names}; {mend}")
    works = sum(each.works for each in listed)
    return Finding("collections", True, f"{len(listed)} with {works} works.")


async def _knowledge(settings: Settings) -> Finding:
    try:
        store = await Store.open(settings.database)
    except StoreError as error:
        return Finding("database", False, f"{error} Set DATABASE_URL or DATA_FOLDER.")
    try:
        async with app.open_library(settings, store) as library:
            told = f"{len(library.artists)} painters and {len(library.movements)} movements"
    except ContentError as error:
        return Finding("knowledge", False, f"{error} Mend that file, or set KNOWLEDGE_FOLDER.")
    finally:
        await store.close()
    behind = "Wikipedia behind it" if settings.wikipedia else "Wikipedia switched off"
    return Finding("database and knowledge", True, f"{told} to tell about, {behind}.")


async def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        sentence = "not configured; put TELEGRAM_TOKEN from @BotFather into .env to use it."
        return Finding("Telegram", True, sentence)
    from bot.platforms.telegram import check as check_telegram
    from bot.platforms.telegram import check_way

    token = settings.telegram_token.get_secret_value()
    try:
        way = await check_way(app.telegram_webhook(settings))
        known = await check_telegram(token, settings.telegram_api_url)
        return Finding("Telegram", True, f"{known} {way}")
    except PlatformError as error:
        return Finding("Telegram", False, str(error))


async def _discord(settings: Settings) -> Finding:
    if settings.discord_token is None:
        sentence = "not configured; put DISCORD_TOKEN from discord.com/developers into .env."
        return Finding("Discord", True, sentence)
    from bot.platforms.discord import check as check_discord

    token = settings.discord_token.get_secret_value()
    reads = settings.discord_message_content
    try:
        return Finding("Discord", True, await check_discord(token, reads))
    except PlatformError as error:
        return Finding("Discord", False, str(error))


async def _web(settings: Settings) -> Finding:
    stop = asyncio.Event()
    stop.set()
    try:
        server = await serve(FastAPI(), settings.web_host, settings.web_port)
    except PlatformError as error:
        return Finding("web chat", False, f"{error} (Unless it is Docent that runs there.)")
    await server.run(stop)
    return Finding("web chat", True, f"can open {server.address}.")
