"""What one request to the web chat may carry."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.conversation.events import Photo
from bot.platforms.web.limits import PHOTO_BYTES
from tests.bot.platforms.web_guide import ID, PICTURE, Guide


def photos(*contents: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("photo", (f"{i}.jpg", each, "image/jpeg")) for i, each in enumerate(contents)]


def endless_form(read: list[int], megabytes: int) -> AsyncIterator[bytes]:
    async def form() -> AsyncIterator[bytes]:
        yield (
            b"--edge\r\nContent-Disposition: form-data; name=photo; filename=big.jpg\r\n"
            b"Content-Type: image/jpeg\r\n\r\n"
        )
        for _ in range(megabytes):
            read.append(2**20)
            yield b"x" * 2**20
        yield b"\r\n--edge\r\nContent-Disposition: form-data; name=id\r\n\r\n"
        yield ID.encode() + b"\r\n--edge--\r\n"

    return form()


EDGE = {"Content-Type": "multipart/form-data; boundary=edge"}


@pytest.mark.parametrize("path", ["/api/identify", "/api/chat/photo"])
async def test_a_stream_above_20_mb_is_stopped_at_the_limit(
    visitor: httpx.AsyncClient, guide: Guide, path: str
) -> None:
    read: list[int] = []
    answer = await visitor.post(path, content=endless_form(read, 60), headers=EDGE)
    assert answer.status_code == 413
    assert answer.json() == {"error": "en: photo_too_big {'limit': 20}"}
    assert sum(read) <= PHOTO_BYTES + 2 * 2**20
    assert guide.events == []


async def test_a_photo_of_exactly_20_mb_is_taken(visitor: httpx.AsyncClient, guide: Guide) -> None:
    answer = await visitor.post(
        "/api/chat/photo", content=endless_form([], PHOTO_BYTES // 2**20), headers=EDGE
    )
    assert answer.status_code == 200
    [event] = guide.events
    assert isinstance(event, Photo)
    assert len(event.picture) == PHOTO_BYTES


async def test_a_photo_one_byte_too_long_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/identify", files=photos(b"x" * (PHOTO_BYTES + 1)))
    assert answer.status_code == 413
    assert answer.json()["error"] == "en: photo_too_big {'limit': 20}"


async def test_a_photo_as_body_above_20_mb_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(
        "/api/identify", content=b"x" * (PHOTO_BYTES + 2**20), headers={"Content-Type": "image/png"}
    )
    assert answer.status_code == 413
    assert answer.json()["error"] == "en: photo_too_big {'limit': 20}"


async def test_too_many_photos_are_refused(visitor: httpx.AsyncClient, guide: Guide) -> None:
    answer = await visitor.post("/api/identify", files=photos(*[PICTURE] * 21))
    assert answer.status_code == 400
    assert answer.json()["error"].endswith("and carry no more than 20 photos.")


async def test_a_long_text_is_refused_before_it_is_read_whole(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    answer = await visitor.post("/api/chat/text", json={"id": ID, "text": "x" * 200_000})
    assert answer.status_code == 413
    assert answer.json() == {"error": "The request is too long."}
    assert guide.events == []


@pytest.mark.parametrize(
    ("path", "body", "missing"),
    [
        ("/api/chat/text", {"id": ID}, "text"),
        ("/api/chat/text", {"id": ID, "text": ""}, "text"),
        ("/api/chat/text", {"id": "../etc", "text": "Monet"}, "id"),
        ("/api/chat/tap", {"id": ID, "data": "x" * 65}, "data"),
        ("/api/chat/tap", [1, 2], "body"),
    ],
)
async def test_a_wrong_request_is_told_what_it_lacks(
    visitor: httpx.AsyncClient, guide: Guide, path: str, body: Any, missing: str
) -> None:
    answer = await visitor.post(path, json=body)
    assert answer.status_code == 422
    assert missing in answer.json()["error"]
    assert guide.events == []


@pytest.mark.parametrize("body", [b"", b"--edge", b"no form at all", b"--edge\r\n\r\nx--edge--"])
async def test_a_broken_form_is_refused_with_a_sentence(
    visitor: httpx.AsyncClient, guide: Guide, body: bytes
) -> None:
    for path in ("/api/identify", "/api/chat/photo"):
        answer = await visitor.post(path, content=body, headers=EDGE)
        assert answer.status_code in {400, 422}
        assert answer.json()["error"]
    assert guide.events == []


@pytest.mark.parametrize(("path", "most"), [("identify", "20 photos"), ("chat/photo", "1 photo")])
async def test_a_form_without_its_boundary_is_refused_in_our_words(
    visitor: httpx.AsyncClient, path: str, most: str
) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    answer = await visitor.post(f"/api/{path}", content=b"--edge", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"] == (
        "This form cannot be read. It must be multipart/form-data, name its boundary,"
        f" and carry no more than {most}."
    )


async def test_json_nested_too_deep_is_refused_in_our_words(visitor: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await visitor.post("/api/chat/text", content=b"[" * 60_000, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == {"error": "The body of this request cannot be read."}
