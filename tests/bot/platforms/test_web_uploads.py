"""Uploads to the web chat that stop halfway, and what all uploads may hold together."""

import asyncio
import json
import logging
from itertools import islice

import httpx
import pytest
from starlette.types import Message, Scope

from bot.platforms.web import create_app, guard
from bot.platforms.web.limits import HELD_BYTES, PHOTO_BYTES
from tests.bot.platforms.test_web_limits import EDGE, endless_form
from tests.bot.platforms.web_guide import ID, Guide, identify, send_photo, sentence

BEGUN: Message = {"type": "http.request", "body": b"--edge\r\n", "more_body": True}
FIT = HELD_BYTES // PHOTO_BYTES


# Uploads that stop


async def answers_to(path: str, guide: Guide, *received: Message) -> list[Message]:
    """Return what the app sends to a client that uploads ``received`` and then nothing more."""
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "scheme": "http",
        "headers": [
            (b"host", b"docent"),
            (b"content-type", b"multipart/form-data; boundary=edge"),
        ],
    }
    messages, sent = list(received), list[Message]()

    async def receive() -> Message:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    await create_app(guide, identify, sentence)(scope, receive, send)
    return sent


@pytest.mark.parametrize("path", ["/api/identify", "/api/chat/photo"])
async def test_a_visitor_who_leaves_while_sending_is_no_incident(
    guide: Guide, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    caplog.set_level(logging.INFO, "bot")
    await answers_to(path, guide, BEGUN, {"type": "http.disconnect"})
    [record] = caplog.records
    assert record.levelno == logging.INFO
    assert record.exc_info is None
    assert record.getMessage() == f"The client left during POST {path}"


@pytest.mark.parametrize("path", ["/api/identify", "/api/chat/photo"])
async def test_an_upload_that_stands_still_is_given_up(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(guard, "UPLOAD_SECONDS", 0.05)
    start, body = await asyncio.wait_for(answers_to(path, guide, BEGUN), 5)
    assert start["status"] == 408
    assert json.loads(body["body"]) == {"error": "The photo took too long to arrive."}


# All requests together


def largest(
    visitor: httpx.AsyncClient, read: list[int], number: int
) -> list[asyncio.Task[httpx.Response]]:
    """Send so many photos of 20 MB at once, of no length told beforehand."""
    return [
        asyncio.create_task(
            visitor.post(
                "/api/chat/photo", content=endless_form(read, PHOTO_BYTES // 2**20), headers=EDGE
            )
        )
        for _ in range(number)
    ]


async def test_many_uploads_at_once_hold_no_more_than_the_budget(
    guide: Guide, visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PATIENCE_SECONDS", 0.3)
    guide.door.clear()
    read: list[int] = []
    waiting = largest(visitor, read, 20)
    refused = [await each for each in islice(asyncio.as_completed(waiting, timeout=15), 20 - FIT)]
    assert {(each.status_code, each.json()["error"]) for each in refused} == {(503, "en: busy")}
    guide.door.set()
    answers = await asyncio.gather(*waiting)
    assert sum(each.status_code == 200 for each in answers) == FIT
    assert sum(read) == FIT * PHOTO_BYTES <= HELD_BYTES, "a refused body is not read at all"
    assert (await send_photo(visitor)).status_code == 200, "what was held is given back"


async def test_a_small_photo_takes_only_its_size_and_words_take_nothing(
    guide: Guide, visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "PATIENCE_SECONDS", 0.05)
    guide.door.clear()
    waiting = [asyncio.create_task(send_photo(visitor)) for _ in range(40)]
    words = {"id": ID, "text": "hello"}
    waiting.append(asyncio.create_task(visitor.post("/api/chat/text", json=words)))
    done, _ = await asyncio.wait(waiting, timeout=0.5)
    assert not done
    guide.door.set()
    assert {each.status_code for each in await asyncio.gather(*waiting)} == {200}


async def test_an_upload_waits_its_turn(guide: Guide, visitor: httpx.AsyncClient) -> None:
    guide.door.clear()
    waiting = largest(visitor, [], FIT + 1)
    await asyncio.wait_for(guide.heard.wait(), 5)
    guide.door.set()
    assert {each.status_code for each in await asyncio.gather(*waiting)} == {200}
