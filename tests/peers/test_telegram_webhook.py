"""Docent on Telegram by webhook: the server brings updates to it, over plain HTTP on loopback."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.conversation.events import Command, Photo
from bot.doctor import _telegram
from bot.memory.store import Store
from bot.platforms import PlatformError
from bot.platforms.telegram import TelegramPlatform, Webhook
from bot.platforms.telegram.listening import HEADER
from bot.settings import Settings
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA = 7


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def webhook(telegram_server: BotApiServer) -> Webhook:
    telegram_server.methods.delivery.plain = True
    port = free_port()
    return Webhook(f"http://127.0.0.1:{port}/telegram", port=port)


@asynccontextmanager
async def brought(
    server: BotApiServer, assistant: Scripted, webhook: Webhook, store: Store | None = None
) -> AsyncIterator[asyncio.Event]:
    """Run a fresh bot until the end of the block, or until its event is set."""
    stop = asyncio.Event()
    platform = TelegramPlatform(server.token, assistant, server.url, None, store, webhook)
    task = asyncio.create_task(platform.run(stop))
    times = len(server.calls("setWebhook"))
    try:
        await server.requested("setWebhook", times + 1)
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


async def health(webhook: Webhook) -> tuple[int, Any]:
    address = f"http://127.0.0.1:{webhook.port}/health"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def test_updates_are_brought_and_answered_and_none_is_asked_for(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook
) -> None:
    people = telegram_server.people
    async with brought(telegram_server, assistant, webhook):
        people.send_photo(ADA, jpeg())
        first = await telegram_server.next_message()
        people.send_text(ADA, "/help")
        second = await telegram_server.next_message()
        status, state = await health(webhook)
    assert len(first.buttons) == 2
    assert second.text == "Command heard"
    assert (status, state["listening"], state["waiting_updates"]) == (200, True, 0)
    assert state["last_update_seconds"] < 5
    assert telegram_server.calls("getUpdates") == []
    asked = telegram_server.calls("setWebhook")[0]
    assert asked["secret_token"] == webhook.secret
    assert "poll_answer" in asked["allowed_updates"]


async def test_an_update_that_is_brought_twice_is_answered_once(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook
) -> None:
    people = telegram_server.people
    async with brought(telegram_server, assistant, webhook):
        people.send_photo(ADA, jpeg())
        await telegram_server.next_message()
        telegram_server.deliver_again(people.updates[0])
        people.send_text(ADA, "/help")
        await telegram_server.next_message()
    assert [type(event) for event in assistant.events] == [Photo, Command]


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest_to_telegram(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook
) -> None:
    people, gate = telegram_server.people, asyncio.Event()
    assistant.gates[str(ADA)] = gate
    async with brought(telegram_server, assistant, webhook) as stop:
        people.send_photo(ADA, jpeg())
        await telegram_server.requested("download")
        stop.set()
        await asyncio.sleep(0.1)
        assert (await health(webhook))[0] == 503
        people.send_text(ADA, "/help")
        await asyncio.sleep(0.2)
        gate.set()
    assert len(telegram_server.calls("sendMessage")) == 1
    assert telegram_server.calls("deleteWebhook") == [], "Telegram is to keep what comes meanwhile"
    async with brought(telegram_server, assistant, webhook):
        answer = await telegram_server.next_message()
        answer = await telegram_server.next_message()
    assert answer.text == "Command heard"
    assert [type(event) for event in assistant.events] == [Photo, Command]


async def test_polling_after_a_webhook_gets_what_that_did_not_take(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook, store: Store
) -> None:
    people = telegram_server.people
    async with brought(telegram_server, assistant, webhook, store):
        people.send_text(ADA, "/help")
        await telegram_server.next_message()
    people.send_text(ADA, "/start")
    await asyncio.sleep(0.1)
    async with running(telegram_server, assistant, store=store):
        await telegram_server.next_message()
    assert [event.name for event in assistant.events if isinstance(event, Command)] == [
        "help",
        "start",
    ]


async def test_secret_reaches_no_log_and_a_stranger_no_guide(
    telegram_server: BotApiServer,
    assistant: Scripted,
    webhook: Webhook,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    async with (
        brought(telegram_server, assistant, webhook),
        aiohttp.ClientSession() as session,
        session.post(webhook.url, json={"update_id": 1}, headers={HEADER: "guess"}) as answer,
    ):
        assert answer.status == 403
    assert assistant.events == []
    assert "setWebhook" in caplog.text
    assert webhook.secret not in caplog.text


async def test_a_web_address_that_telegram_does_not_take_is_named_and_tried_again(
    telegram_server: BotApiServer,
    assistant: Scripted,
    webhook: Webhook,
    caplog: pytest.LogCaptureFixture,
) -> None:
    telegram_server.refuse("setWebhook", 400, "Bad Request: bad webhook: Failed to resolve host")
    async with brought(telegram_server, assistant, webhook):
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.next_message()
    assert "Check TELEGRAM_WEBHOOK_URL" in caplog.text
    assert "failed to resolve host" in caplog.text.lower()


async def test_a_port_that_is_not_free_ends_the_run_with_a_sentence(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", webhook.port))
        other.listen()
        platform = TelegramPlatform(
            telegram_server.token, assistant, telegram_server.url, webhook=webhook
        )
        with pytest.raises(PlatformError, match="is not free"):
            await asyncio.wait_for(platform.run(asyncio.Event()), 10)


async def test_a_token_revoked_while_running_ends_the_run_with_a_sentence(
    telegram_server: BotApiServer, assistant: Scripted, webhook: Webhook
) -> None:
    with pytest.raises(PlatformError, match="does not accept"):
        async with brought(telegram_server, assistant, webhook):
            telegram_server.refuse("sendMessage", 401, "Unauthorized")
            telegram_server.people.send_text(ADA, "/help")
            await telegram_server.requested("sendMessage")
            await asyncio.sleep(0.2)


@pytest.mark.parametrize(
    ("url", "good", "sentence"),
    [
        ("", True, "Docent asks it for news"),
        ("https://docent.example.org/telegram", True, "It brings its news to docent.example.org"),
        ("http://docent.example.org/telegram", False, "is not an https address"),
    ],
)
async def test_the_doctor_says_which_way_updates_come_and_what_to_mend(
    telegram_server: BotApiServer, url: str, good: bool, sentence: str
) -> None:
    settings = Settings(
        telegram_token=SecretStr(telegram_server.token),
        telegram_api_url=telegram_server.url,
        telegram_webhook_url=url,
        telegram_webhook_port=free_port(),
    )
    finding = await _telegram(settings)
    assert finding.good == good
    assert sentence in finding.sentence
