"""Docent's Telegram platform beside a Bot API that others wrote: telemelya."""

import asyncio
import socket
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from bot.conversation.events import Command, Photo, Tap
from bot.platforms.telegram import TelegramPlatform, Webhook
from tests.peers.telegram_bot import Scripted, jpeg
from tests.peers.telemelya_server import (
    SECRET,
    TOKEN,
    Telemelya,
    relay,
    require_telemelya,
    telemelya,
)


@pytest.fixture
async def person(assistant: Scripted) -> AsyncIterator[Telemelya]:
    """Someone who talks with a running Docent through telemelya."""
    require_telemelya()
    port, stop = free_port(), asyncio.Event()
    async with telemelya() as person, relay(port) as url:
        webhook = Webhook(url, port=port, secret=SECRET)
        platform = TelegramPlatform(TOKEN, assistant, person.url, webhook=webhook)
        task = asyncio.create_task(platform.run(stop))
        await person.has_webhook()
        yield person
        stop.set()
        await asyncio.wait_for(task, 10)


async def test_start_and_artist_are_answered(person: Telemelya, assistant: Scripted) -> None:
    await person.write(command="/start")
    assert (await person.heard("sendMessage"))["text"] == "Command heard"
    await person.write(text="/artist Vermeer")
    assert (await person.heard("sendMessage", 2))["text"] == "Command heard"
    start, artist = assistant.events
    assert isinstance(start, Command)
    assert isinstance(artist, Command)
    assert (start.name, artist.name, artist.argument) == ("start", "artist", "Vermeer")


async def test_photo_is_looked_at_and_a_tap_edits_the_answer(
    person: Telemelya, assistant: Scripted
) -> None:
    file_id = await person.upload(jpeg(800, 600))
    await person.write(photo_file_id=file_id)
    sent = await person.heard("sendMessage")
    (first, *_), *_ = sent["reply_markup"]["inline_keyboard"]
    assert first == {"text": "Vermeer 62 %", "callback_data": "guess:1:johannes-vermeer"}
    await person.write(callback_data=first["callback_data"], callback_message_id=sent["message_id"])
    edited = await person.heard("editMessageText")
    assert "Johannes Vermeer" in edited["text"]
    assert edited["message_id"] == sent["message_id"]
    assert (await person.heard("answerCallbackQuery"))["text"] == "Noted"
    photo, tap = assistant.events
    assert isinstance(photo, Photo)
    assert isinstance(tap, Tap)
    with Image.open(BytesIO(photo.picture)) as picture:
        assert picture.size == (800, 600)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
