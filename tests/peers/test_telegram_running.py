"""Docent's run on Telegram: order, limits, failures, tokens; against a server on loopback."""

import asyncio
import json
import logging

import pytest

from bot.conversation.events import Command, Photo
from bot.platforms import PlatformError
from bot.platforms.telegram import TelegramPlatform, check
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import TOKEN, BotApiServer

ADA, GROUP = 7, -1001234567890


async def test_flood_limit_holds_up_its_chat_only_and_loses_nothing(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    loop = asyncio.get_running_loop()
    telegram_server.refuse("sendMessage", 429, "Too Many Requests", retry_after=1)
    async with running(telegram_server, assistant):
        began = loop.time()
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.requested("sendMessage")
        telegram_server.people.send_text(8, "/help")
        first = await telegram_server.next_message()
        assert loop.time() - began < 0.9
        second = await telegram_server.next_message()
        assert loop.time() - began >= 1.0
    assert [sent.message["chat"]["id"] for sent in (first, second)] == [8, ADA]


async def test_same_update_twice_is_handled_once(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.next_message()
        telegram_server.deliver_again(telegram_server.people.updates[0])
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()
    assert [type(event) for event in assistant.events] == [Photo, Command]
    assert len(telegram_server.calls("sendMessage")) == 2


@pytest.mark.parametrize("method", ["getMe", "getUpdates", "getFile", "sendChatAction"])
async def test_answer_without_a_result_is_survived(
    telegram_server: BotApiServer, assistant: Scripted, method: str
) -> None:
    """An ``{"ok": true}`` without a result is a bare KeyError in python-telegram-bot 22.8."""
    telegram_server.answer_nothing(method)
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
    assert len(sent.buttons) == 2


async def test_slow_photo_holds_up_no_other_chat(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.gates[str(GROUP)] = asyncio.Event()
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(GROUP, jpeg())
        await telegram_server.requested("getFile")
        telegram_server.people.send_photo(ADA, jpeg())
        first = await telegram_server.next_message()
        assistant.gates[str(GROUP)].set()
        second = await telegram_server.next_message()
    assert [sent.message["chat"]["id"] for sent in (first, second)] == [ADA, GROUP]


async def test_one_chat_keeps_its_order(telegram_server: BotApiServer, assistant: Scripted) -> None:
    """The first photo's download is the slowest, and is answered first all the same."""
    async with running(telegram_server, assistant):
        photos = [telegram_server.people.send_photo(GROUP, jpeg(900, 900)) for _ in range(3)]
        gate = telegram_server.gates[photos[0]["photo"][-1]["file_id"]] = asyncio.Event()
        await telegram_server.requested("download")
        telegram_server.people.send_text(GROUP, "/help")
        await asyncio.sleep(0.2)
        assert telegram_server.calls("sendMessage") == []
        gate.set()
        answers = [await telegram_server.next_message() for _ in range(4)]
    asked = [f'"message_id": {photo["message_id"]}' for photo in photos]
    assert [a in s.request["reply_parameters"] for a, s in zip(asked, answers, strict=False)] == [
        True
    ] * 3
    assert answers[3].text == "Command heard"


async def test_stopping_finishes_the_photo_in_hand(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.requested("download")
        asyncio.get_running_loop().call_later(0.3, gate.set)
    assert len(telegram_server.calls("sendMessage")) == 1


async def test_commands_are_published(telegram_server: BotApiServer, assistant: Scripted) -> None:
    menus = {"en": {"artist": "A painter's life"}, "de": {"artist": "Ein Malerleben"}}
    async with running(telegram_server, assistant, menus):
        await telegram_server.requested("setMyCommands", 2)
    english, german = telegram_server.calls("setMyCommands")
    assert '"command": "artist"' in english["commands"]
    assert "language_code" not in english, "for every language without a menu of its own"
    assert german["language_code"] == "de"
    assert "Ein Malerleben" in json.loads(german["commands"])[0]["description"]


async def test_token_reaches_no_log(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram_server.refuse("download", 404, "Not Found")
    telegram_server.refuse("sendMessage", 400, "Bad Request: can't parse entities")
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.requested("sendMessage")
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()
    secret = TOKEN.partition(":")[2]
    assert "bot42" in caplog.text
    assert "was not answered" in caplog.text
    assert secret not in caplog.text


async def test_second_listener_is_told_plainly(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    telegram_server.refuse("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()
    assert "Another program listens with the same Telegram token" in caplog.text


async def test_refused_token_ends_the_run_with_a_sentence(telegram_server: BotApiServer) -> None:
    wrong = "42:AAHnotTheTokenThatThisServerKnows"
    with pytest.raises(PlatformError, match="does not accept the bot token") as caught:
        await TelegramPlatform(wrong, Scripted(), telegram_server.url).run(asyncio.Event())
    assert "AAHnot" not in str(caught.value)


async def test_token_revoked_while_running_ends_the_run_with_a_sentence(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    with pytest.raises(PlatformError, match="does not accept"):
        async with running(telegram_server, assistant):
            telegram_server.refuse("getUpdates", 401, "Unauthorized")
            telegram_server.people.send_text(ADA, "/help")
            await telegram_server.next_message()
            await asyncio.sleep(0.2)


def test_token_that_cannot_be_one_is_refused_at_once() -> None:
    with pytest.raises(PlatformError, match="BotFather"):
        TelegramPlatform("no token\n", Scripted())


async def test_network_that_is_away_at_start_is_waited_for(
    assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(TelegramPlatform(TOKEN, assistant, "http://127.0.0.1:1").run(stop))
    await asyncio.sleep(0.3)
    assert not task.done()
    stop.set()
    await asyncio.wait_for(task, 5)
    assert "Telegram cannot be reached at 127.0.0.1" in caplog.text


async def test_check_names_the_bot_and_tells_of_privacy_mode(telegram_server: BotApiServer) -> None:
    telegram_server.people.privacy = True
    sentence = await check(TOKEN, telegram_server.url)
    assert "@docent_test_bot" in sentence
    assert "Privacy mode is on" in sentence


async def test_check_says_what_is_wrong(telegram_server: BotApiServer) -> None:
    with pytest.raises(PlatformError, match="does not accept"):
        await check("42:AAHnotTheTokenThatThisServerKnows", telegram_server.url)
    with pytest.raises(PlatformError, match="cannot be reached at 127"):
        await check(TOKEN, "http://127.0.0.1:1")
    telegram_server.answer_nothing("getMe")
    with pytest.raises(PlatformError, match="cannot be reached"):
        await check(TOKEN, telegram_server.url)
