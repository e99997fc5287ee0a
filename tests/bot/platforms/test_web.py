"""The web chat's page and its API for programs."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from bot.errors import UserError
from bot.platforms.web.app import STATIC
from bot.platforms.web.schemas import Recognised
from tests.bot.platforms.test_web_limits import photos
from tests.bot.platforms.web_guide import PICTURE, Guide, browser, identify

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


@pytest.mark.parametrize("path", ["/", "/docs", "/health", "/openapi.json", "/static/chat.js"])
async def test_what_can_be_got_can_be_asked_for_by_head(
    visitor: httpx.AsyncClient, path: str
) -> None:
    answer = await visitor.head(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == (await visitor.get(path)).headers["content-type"]


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
        "/api/chat/news",
        "/health",
    }
    example = description["components"]["schemas"]["Recognised"]["example"]
    Recognised.model_validate(example)


async def test_the_description_names_every_refusal(visitor: httpx.AsyncClient) -> None:
    paths = (await visitor.get("/openapi.json")).json()["paths"]
    photos, words = {"400", "403", "408", "413", "422", "503"}, {"400", "403", "413", "422"}
    assert photos <= set(paths["/api/identify"]["post"]["responses"])
    assert photos <= set(paths["/api/chat/photo"]["post"]["responses"])
    assert words <= set(paths["/api/chat/text"]["post"]["responses"])
    assert set(paths["/health"]) == {"get"}


# Recognition for programs


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
