"""Buttons on Telegram, against a Bot API server on loopback."""

import asyncio
import logging

import pytest

from bot.conversation.events import Photo, Tap
from bot.platforms.telegram import limits
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA, GROUP = 7, -1001234567890


async def test_private_photo_gets_one_message_with_buttons(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        photo = telegram_server.people.send_photo(ADA, jpeg(), language="de")
        sent = await telegram_server.next_message()
    assert sent.text.startswith("Vermeer <1665> & more\n\nIt looks like his hand.")
    assert "Sources: Wikipedia (CC BY-SA)" in sent.text
    assert [button["callback_data"] for button in sent.buttons] == [
        "guess:1:johannes-vermeer",
        "guess:1:x",
    ]
    assert f'"message_id": {photo["message_id"]}' in sent.request["reply_parameters"]
    assert len(telegram_server.calls("sendMessage")) == 1
    assert len(telegram_server.calls("sendChatAction")) == 1
    (event,) = assistant.events
    assert isinstance(event, Photo)
    assert (event.chat.platform, event.chat.id, event.chat.is_group) == ("telegram", "7", False)
    assert (event.person.id, event.person.name, event.language) == ("7", "Ada", "de")


async def test_tap_edits_its_message_and_shows_the_toast(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        telegram_server.people.tap(sent.message, sent.buttons[0]["callback_data"])
        edited = await telegram_server.next_edit()
    assert edited.message["message_id"] == sent.message["message_id"]
    assert edited.text == "Johannes Vermeer\n\nBorn in Delft."
    assert edited.buttons == []
    (answer,) = telegram_server.calls("answerCallbackQuery")
    assert answer["text"] == "Noted"
    names = [name for name, _ in telegram_server.requests]
    assert names.index("answerCallbackQuery") < names.index("editMessageText")


async def test_button_from_before_a_restart_answers(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
    async with running(telegram_server, assistant):
        telegram_server.people.tap(sent.message, sent.buttons[1]["callback_data"])
        await telegram_server.next_edit()
    assert isinstance(assistant.events[-1], Tap)
    assert assistant.events[-1].data == "guess:1:x"
    assert len(assistant.events) == 2


async def test_tap_on_a_message_too_old_to_be_shown_still_edits_it(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        old = {key: sent.message[key] for key in ("message_id", "chat")} | {"date": 0}
        telegram_server.people.tap(old, "guess:1:x")
        await telegram_server.next_edit()


async def test_double_tap_that_modifies_nothing_is_success(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        for _ in range(2):
            telegram_server.people.tap(sent.message, "guess:1:x")
        await telegram_server.requested("editMessageText", 2)
    assert len(telegram_server.calls("answerCallbackQuery")) == 2
    assert len(telegram_server.calls("sendMessage")) == 1
    assert [r for r in caplog.records if r.levelno >= logging.WARNING] == []


async def test_tap_too_late_to_acknowledge_is_answered_all_the_same(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        query = telegram_server.people.tap(sent.message, "guess:1:x")
        telegram_server.late_taps.add(query["id"])
        edited = await telegram_server.next_edit()
    assert edited.text.startswith("Johannes Vermeer")


async def test_tap_behind_a_slow_photo_of_its_chat_is_acknowledged_before_its_turn(
    telegram_server: BotApiServer, assistant: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TAP_SECONDS", 0.05)
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(GROUP, jpeg(), caption="@docent_test_bot")
        sent = await telegram_server.next_message()
        assistant.gates[str(GROUP)] = asyncio.Event()
        telegram_server.people.send_photo(GROUP, jpeg(), caption="@docent_test_bot")
        telegram_server.people.tap(sent.message, "guess:1:x")
        await telegram_server.requested("answerCallbackQuery")
        assert telegram_server.calls("editMessageText") == []
        assistant.gates[str(GROUP)].set()
        await telegram_server.next_edit()
    (answer,) = telegram_server.calls("answerCallbackQuery")
    assert "text" not in answer


async def test_tap_is_acknowledged_only_when_its_work_is_done(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    """Work of more than the two seconds after which it was once acknowledged too early."""
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        gate = assistant.gates[str(ADA)] = asyncio.Event()
        telegram_server.people.tap(sent.message, "guess:1:x")
        await asyncio.sleep(2.3)
        assert telegram_server.calls("answerCallbackQuery") == []
        gate.set()
        answer = await telegram_server.requested("answerCallbackQuery")
    assert answer["text"] == "Noted"


async def test_tap_in_a_group_that_became_a_supergroup_is_answered_there(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(-55, jpeg(), caption="@docent_test_bot")
        sent = await telegram_server.next_message()
        moved = "Bad Request: group chat was upgraded to a supergroup chat"
        telegram_server.refuse("editMessageText", 400, moved, migrate_to_chat_id=GROUP)
        telegram_server.people.tap(sent.message, "guess:1:x")
        new = await telegram_server.next_message()
    assert new.message["chat"]["id"] == GROUP
    assert new.text.startswith("Johannes Vermeer")


async def test_message_that_is_gone_is_replaced_by_a_new_one(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        del telegram_server.people.messages[ADA, sent.message["message_id"]]
        telegram_server.people.tap(sent.message, "guess:1:x")
        new = await telegram_server.next_message()
    assert new.text.startswith("Johannes Vermeer")


async def test_silence_sends_nothing_but_ends_the_taps_waiting_sign(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.replies[Tap] = None
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        telegram_server.people.tap(sent.message, "guess:1:x")
        await telegram_server.requested("answerCallbackQuery")
    assert telegram_server.calls("editMessageText") == []
