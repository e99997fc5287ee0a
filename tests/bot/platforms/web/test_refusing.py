"""What the web chat refuses, it refuses in the visitor's language."""

import re
from string import Formatter

import httpx
import pytest

from bot.conversation.phrases import read_catalogs
from bot.platforms.web import create_app, hosts_for
from bot.platforms.web.app import STATIC
from bot.platforms.web.languages import pages
from bot.platforms.web.limits import WORDS_BYTES
from bot.platforms.web.refusing import FOLDER, refusals
from tests.bot.platforms.web_guide import ID, Guide, browser, identify, sentence

CATALOGS = read_catalogs(FOLDER)
ENGLISH = CATALOGS["en"]
FORM = {"Content-Type": "multipart/form-data"}


def fields(text: object) -> set[str]:
    texts = text if isinstance(text, (list, tuple)) else (text,)
    return {name for each in texts for _, name, _, _ in Formatter().parse(str(each)) if name}


@pytest.mark.parametrize("language", CATALOGS)
def test_no_sentence_is_missing_or_has_other_fields(language: str) -> None:
    catalog = CATALOGS[language]
    assert [each.id for each in catalog] == [each.id for each in ENGLISH]
    for message in catalog:
        assert message.string
        assert not message.fuzzy
        if message.id:
            assert fields(message.string) == fields(ENGLISH[message.id].string), message.id
            if language != "en":
                assert message.string != ENGLISH[message.id].string


def test_the_server_refuses_in_every_language_of_the_page() -> None:
    assert set(CATALOGS) == set(pages(STATIC))


async def refused(visitor: httpx.AsyncClient, what: str, language: str) -> httpx.Response:
    headers = {"Accept-Language": language}
    match what:
        case "foreign":
            headers["Origin"] = "http://evil.example"
            return await visitor.post("/api/chat/text", headers=headers)
        case "request_too_long":
            return await visitor.post(
                "/api/chat/text", content=b"x" * (WORDS_BYTES + 1), headers=headers
            )
        case "body_unreadable":
            headers["Content-Type"] = "application/json"
            return await visitor.post("/api/chat/text", content=b"[" * 60_000, headers=headers)
        case "form_unreadable":
            return await visitor.post("/api/chat/photo", content=b"--x", headers=headers | FORM)
        case "not_found":
            return await visitor.get("/static/nothing.js", headers=headers)
        case _:
            return await visitor.delete("/api/chat/text", headers=headers)


@pytest.mark.parametrize("language", CATALOGS)
@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("foreign", 403),
        ("request_too_long", 413),
        ("body_unreadable", 400),
        ("form_unreadable", 400),
        ("not_found", 404),
        ("wrong_method", 405),
    ],
)
async def test_a_refusal_is_in_the_visitors_language(what: str, status: int, language: str) -> None:
    async with browser(Guide()) as visitor:
        answer = await refused(visitor, what, language)
    assert answer.status_code == status
    values = {"count": 1} if what == "form_unreadable" else {}
    assert answer.json() == {"error": refusals().say(what, language, **values)}


@pytest.mark.parametrize("language", CATALOGS)
async def test_what_a_request_lacks_is_told_in_the_visitors_language(language: str) -> None:
    async with browser(Guide()) as visitor:
        answer = await visitor.post(
            "/api/chat/text", json={"id": ID}, headers={"Accept-Language": language}
        )
    assert answer.status_code == 422
    assert answer.json() == {"error": refusals().say("unusable", language, fields="text")}


async def test_a_strange_name_is_refused_in_the_visitors_language() -> None:
    app = create_app(Guide(), identify, sentence, hosts_for("127.0.0.1"))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://evil.example") as visitor:
        answer = await visitor.get("/", headers={"Accept-Language": "it"})
    assert answer.status_code == 403
    assert re.match("Docent non risponde a questo nome", answer.json()["error"])


async def test_a_guest_has_a_name_in_their_language() -> None:
    guide = Guide()
    async with browser(guide) as visitor:
        words = {"id": ID, "text": "hallo"}
        await visitor.post("/api/chat/text", json=words, headers={"Accept-Language": "de"})
    assert guide.events[0].person.name == "Gast"
