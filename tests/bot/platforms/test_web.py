"""The web chat's page, its API for programs, and what one request may carry."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest

from bot.conversation.events import Photo
from bot.errors import UserError
from bot.platforms.web.app import STATIC
from bot.platforms.web.limits import PHOTO_BYTES
from bot.platforms.web.schemas import Recognised
from tests.bot.platforms.web_guide import ID, PICTURE, Guide, browser, identify


@pytest.fixture
def guide() -> Guide:
    return Guide()


@pytest.fixture
async def visitor(guide: Guide) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(guide) as client:
        yield client


# The page


async def test_the_page_and_everything_it_names_come_from_here(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/")
    assert page.status_code == 200
    assert "Docent" in page.text
    names = re.findall(r'(?:src|href)="(?!#)([^"]+)"', page.text)
    assert len(names) >= 6
    for name in names:
        assert (await visitor.get("/" + name)).status_code == 200, name


@pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
def test_no_file_of_the_page_names_another_host_or_makes_html_of_data(path: Any) -> None:
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]+\.|innerHTML|insertAdjacentHTML|eval\(", text)


@pytest.mark.parametrize("path", ["/", "/docs", "/static/chat.js", "/health", "/nowhere"])
async def test_every_answer_carries_the_safe_headers(visitor: httpx.AsyncClient, path: str) -> None:
    headers = (await visitor.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_health(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/health")).json() == {"status": "ok"}


async def test_looking_at_the_page_sets_no_cookie(visitor: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await visitor.get("/")).headers


# The documentation


async def test_the_documentation_is_served_from_here(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/docs")).text
    assert not re.search(r"https?:", page)
    for name in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert (await visitor.get("/" + name)).status_code == 200, name


async def test_the_description_has_the_routes_and_an_example_that_is_true(
    visitor: httpx.AsyncClient,
) -> None:
    description = (await visitor.get("/openapi.json")).json()
    assert set(description["paths"]) == {
        "/api/identify",
        "/api/chat/photo",
        "/api/chat/tap",
        "/api/chat/text",
        "/health",
    }
    example = description["components"]["schemas"]["Recognised"]["example"]
    Recognised.model_validate(example)


# Recognition for programs


def photos(*contents: bytes) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("photo", (f"{i}.jpg", each, "image/jpeg")) for i, each in enumerate(contents)]


async def test_one_photo_gives_one_object(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/identify", files=photos(PICTURE))
    assert answer.status_code == 200
    assert answer.json() == await identify(PICTURE, "0.jpg")
    Recognised.model_validate(answer.json())
    assert answer.headers["cache-control"] == "no-store"


async def test_an_unreadable_photo_gives_422_with_its_name_and_a_sentence(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.post(
        "/api/identify", files=photos(b"no"), headers={"Accept-Language": "de-CH, en;q=0.5"}
    )
    assert answer.status_code == 422
    assert answer.json() == {"photo": "0.jpg", "error": "de: photo_unknown"}


async def test_several_photos_give_a_list_in_their_order_with_the_unreadable_in_it(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.post("/api/identify", files=photos(PICTURE, b"no", PICTURE))
    assert answer.status_code == 200
    assert [(one["photo"], "error" in one) for one in answer.json()] == [
        ("0.jpg", False),
        ("1.jpg", True),
        ("2.jpg", False),
    ]


@pytest.mark.parametrize("field", ["file", "image", "photo[]"])
async def test_a_form_may_name_its_file_as_it_likes(visitor: httpx.AsyncClient, field: str) -> None:
    answer = await visitor.post("/api/identify", files={field: ("0.jpg", PICTURE, "image/jpeg")})
    assert answer.json() == await identify(PICTURE, "0.jpg")


@pytest.mark.parametrize(
    "kind", ["image/jpeg", "application/octet-stream", "application/x-www-form-urlencoded", ""]
)
async def test_the_body_itself_may_be_the_photo(visitor: httpx.AsyncClient, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = await visitor.post("/api/identify", content=PICTURE, headers=headers)
    assert answer.json() == await identify(PICTURE, "")


async def test_a_photo_as_body_above_20_mb_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(
        "/api/identify", content=b"x" * (PHOTO_BYTES + 2**20), headers={"Content-Type": "image/png"}
    )
    assert answer.status_code == 413
    assert answer.json()["error"] == "en: photo_too_big {'limit': 20}"


async def test_a_form_without_a_file_is_told_so(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/identify", data={"photo": "x"}, files={"y": (None, "z")})
    assert answer.status_code == 422
    assert answer.json() == {"error": "en: photo_missing"}


async def test_a_full_house_gives_503(guide: Guide) -> None:
    async def busy(photo: bytes, name: str) -> Mapping[str, Any]:
        raise UserError("busy")

    async with browser(guide, recognise=busy) as client:
        answer = await client.post("/api/identify", files=photos(PICTURE))
    assert answer.status_code == 503
    assert answer.json()["error"] == "en: busy"


async def test_a_fault_of_ours_gives_an_incident_and_no_traceback(
    guide: Guide, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(photo: bytes, name: str) -> Mapping[str, Any]:
        raise ZeroDivisionError("secret detail")

    async with browser(guide, recognise=broken) as client:
        answer = await client.post("/api/identify", files=photos(PICTURE))
    assert answer.status_code == 500
    incident = re.search(r"unexpected \{'incident': '(\w{8})'\}", answer.json()["error"])
    assert incident is not None
    assert incident[1] in caplog.text
    assert "secret detail" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


# Limits


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


async def test_too_many_photos_are_refused(visitor: httpx.AsyncClient, guide: Guide) -> None:
    answer = await visitor.post("/api/identify", files=photos(*[PICTURE] * 21))
    assert answer.status_code == 400
    assert "20" in answer.json()["error"]


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
