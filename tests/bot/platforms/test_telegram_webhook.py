"""The web address to which Telegram brings updates: who may, what is taken, what its health is."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.memory.updates import NotKeptError
from bot.platforms import PlatformError
from bot.platforms.telegram import Webhook, check_way, limits
from bot.platforms.telegram.listening import HEADER, Listener

URL = "https://docent.example.org/telegram"
UPDATE = {"update_id": 5, "message": {"text": "hello"}}


class Taking:
    """Keeps what was brought; refuses as it is told."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.fault: Exception | None = None

    async def __call__(self, contents: list[dict[str, Any]]) -> None:
        if self.fault is not None:
            raise self.fault
        for content in contents:
            int(content["update_id"])
        self.taken += contents


@pytest.fixture
def taking() -> Taking:
    return Taking()


@pytest.fixture
async def listener(taking: Taking) -> AsyncIterator[Listener]:
    listener = Listener(Webhook(URL, secret="hush-hush"), taking, lambda: {"waiting_updates": 3})
    await listener.open()
    yield listener
    await listener.close()


async def post(listener: Listener, body: bytes, secret: str | None = "hush-hush") -> int:
    address = f"http://127.0.0.1:{listener.port}/telegram"
    headers = {} if secret is None else {HEADER: secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status


async def health(listener: Listener) -> tuple[int, Any]:
    address = f"http://127.0.0.1:{listener.port}/health"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.json()


async def test_an_update_is_taken_from_who_knows_the_secret(
    listener: Listener, taking: Taking
) -> None:
    assert await post(listener, json.dumps(UPDATE).encode()) == 200
    assert taking.taken == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "hush", "hush-hush-", "hüsh-hush"])
async def test_who_does_not_know_the_secret_is_refused(
    listener: Listener, taking: Taking, secret: str | None
) -> None:
    assert await post(listener, json.dumps(UPDATE).encode(), secret) == 403
    assert taking.taken == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b"null", b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_a_bad_request(
    listener: Listener, taking: Taking, body: bytes
) -> None:
    assert await post(listener, body) == 400
    assert taking.taken == []


async def test_a_body_that_is_too_large_is_refused(listener: Listener, taking: Taking) -> None:
    body = json.dumps({**UPDATE, "message": "x" * limits.WEBHOOK_BYTES}).encode()
    assert await post(listener, body) == 413
    assert taking.taken == []


async def test_a_body_that_does_not_come_is_not_waited_for(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WEBHOOK_SECONDS", 0.1)
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: hush-hush\r\nContent-Length: 9\r\n\r\n"
    writer.write(head.encode())
    assert b"408" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_what_cannot_be_kept_is_to_be_brought_again(
    listener: Listener, taking: Taking
) -> None:
    taking.fault = NotKeptError("The database cannot be written to")
    assert await post(listener, json.dumps(UPDATE).encode()) == 503
    taking.fault = None
    assert await post(listener, json.dumps(UPDATE).encode()) == 200


async def test_health_says_what_is_known_and_that_docent_stops(
    listener: Listener, taking: Taking
) -> None:
    assert await health(listener) == (200, {"listening": True, "waiting_updates": 3})
    listener.stopping = True
    assert await health(listener) == (503, {"listening": False, "waiting_updates": 3})
    assert await post(listener, json.dumps(UPDATE).encode()) == 503
    assert taking.taken == []


async def test_a_port_that_is_not_free_is_said_plainly(listener: Listener, taking: Taking) -> None:
    taken = Webhook(URL, port=listener.port)
    with pytest.raises(PlatformError, match=f"127.0.0.1:{listener.port}: it is not free"):
        await Listener(taken, taking, dict).open()
    with pytest.raises(PlatformError, match="TELEGRAM_WEBHOOK_PORT"):
        await check_way(taken)


async def test_the_doctor_is_told_which_way_updates_come() -> None:
    assert "no TELEGRAM_WEBHOOK_URL" in await check_way(None)
    sentence = await check_way(Webhook(URL))
    assert "docent.example.org" in sentence
    assert "127.0.0.1" in sentence


@pytest.mark.parametrize(
    "url",
    ["http://docent.example.org/telegram", "docent.example.org", "https://", "https://h:99999/x"],
)
def test_an_address_that_cannot_be_one_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(PlatformError, match="TELEGRAM_WEBHOOK_URL is not an https address"):
        Webhook(url)


def test_a_bot_api_server_on_this_machine_may_come_plainly() -> None:
    assert Webhook("http://127.0.0.1:8443").path == "/"


def test_a_secret_is_made_where_none_is_set_and_is_not_shown() -> None:
    one, other = Webhook(URL), Webhook(URL)
    assert len(one.secret) >= 32
    assert one.secret != other.secret
    assert one.secret not in repr(one)
    with pytest.raises(PlatformError, match="TELEGRAM_WEBHOOK_SECRET"):
        Webhook(URL, secret="with a blank")


def test_the_web_server_is_not_loaded_where_updates_are_asked_for() -> None:
    script = "import sys, bot.platforms.telegram; assert 'aiohttp' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
