"""Docent on Telegram when the world misbehaves: odd answers, floods, a network that is away."""

import asyncio
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.conversation.events import Text
from bot.platforms import PlatformError
from bot.platforms.telegram import TelegramPlatform, check
from bot.platforms.telegram.connection import CarefulRequest
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import TOKEN, BotApiServer

ADA, GROUP = 7, -1001234567890
HERS = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": ADA, "type": "private", "first_name": "Ada"},
    "from": {"id": ADA, "is_bot": False, "first_name": "Ada"},
    "text": "her very words",
}
FILE = {"file_id": "a", "file_unique_id": "b"}


@pytest.mark.parametrize(
    "odd",
    [
        {"date": 10**18},
        {"date": "noon"},
        {"chat": {}},
        {"photo": [FILE]},
        {"entities": [{"type": "mention", "offset": 0}]},
        {"from": "Ada"},
    ],
)
async def test_update_that_cannot_be_read_is_passed_over_and_its_words_are_not_logged(
    telegram_server: BotApiServer,
    assistant: Scripted,
    caplog: pytest.LogCaptureFixture,
    odd: dict[str, Any],
) -> None:
    async with running(telegram_server, assistant):
        message = {**HERS, **odd}
        telegram_server.people.updates.append({"update_id": 500, "message": message})
        telegram_server.people.send_text(8, "/help")
        await telegram_server.next_message(2)
    assert len(telegram_server.calls("getUpdates")) < 6
    assert "Update 500 cannot be read" in caplog.text
    assert "her very words" not in caplog.text


async def test_answer_that_is_no_list_of_updates_is_survived(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.answer("getUpdates", {"not": "a list"})
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()


def test_answer_that_was_cut_off_is_a_failure_of_the_network_and_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(NetworkError):
        CarefulRequest.parse_json_payload(b'{"ok": true, "result": [{"text": "her very words')
    assert caplog.text == ""


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500])
async def test_odd_answer_at_start_is_waited_out(
    telegram_server: BotApiServer, assistant: Scripted, code: int
) -> None:
    telegram_server.refuse("getMe", code, "Hotel Bellevue: please log in")
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()


@pytest.mark.parametrize("url", ["http://[::1", "localhost:8081", "http://h:99999", "https://"])
async def test_address_that_cannot_be_one_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(PlatformError, match="TELEGRAM_API_URL is not a web address"):
        TelegramPlatform(TOKEN, Scripted(), url)
    with pytest.raises(PlatformError, match="TELEGRAM_API_URL is not a web address"):
        await check(TOKEN, url)


async def test_check_takes_a_404_for_a_wrong_token_or_a_wrong_server(
    telegram_server: BotApiServer,
) -> None:
    telegram_server.refuse("getMe", 404, "Not Found")
    with pytest.raises(PlatformError, match="TELEGRAM_TOKEN and TELEGRAM_API_URL"):
        await check(TOKEN, telegram_server.url)


async def test_eleven_hundred_texts_of_one_chat_hold_up_no_other(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    assistant.replies[Text] = None
    async with running(telegram_server, assistant):
        for number in range(1100):
            telegram_server.people.send_text(ADA, f"hi {number}")
        await asyncio.sleep(1)
        telegram_server.people.send_text(8, "/help")
        sent = await telegram_server.next_message(2)
        gate.set()
    assert sent.message["chat"]["id"] == 8
    assert caplog.text.count("updates of one chat wait") == 1


async def test_eight_hanging_downloads_hold_up_no_other_chats_photo(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people, gate = telegram_server.people, asyncio.Event()
    async with running(telegram_server, assistant):
        for chat in range(100, 108):
            photo = people.send_photo(chat, jpeg(900, 900))["photo"][-1]
            telegram_server.gates[photo["file_id"]] = gate
            large = people.send_document(chat + 50, b"x", "a.tif", "image/tiff", size=15 * 2**20)
            telegram_server.gates[large["document"]["file_id"]] = gate
        await telegram_server.requested("download", 12)
        people.send_photo(9, jpeg(900, 900))
        sent = await telegram_server.next_message(2)
        assert len(telegram_server.calls("download")) == 13
        gate.set()
    assert sent.message["chat"]["id"] == 9
