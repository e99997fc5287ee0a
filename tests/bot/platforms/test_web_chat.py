"""The web chat's routes: what becomes an event, what comes back, and who is who."""

import base64

import httpx
import pytest

from bot.conversation.events import Chat, Command, Person, Photo, Tap, Text
from bot.conversation.replies import (
    Choice,
    Credit,
    Credits,
    Document,
    Note,
    Paragraph,
    Picture,
    Poll,
    Reply,
)
from bot.platforms.web.rendering import rendered
from bot.platforms.web.schemas import Answer, TextBlock
from bot.platforms.web.sessions import COOKIE
from tests.bot.platforms.web_guide import GUESSES, ID, LIFE, PICTURE, Guide, browser, send_photo

# The chat


async def test_a_photo_becomes_an_event_and_its_reply_comes_back_as_json(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    answer = await send_photo(visitor, headers={"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.8"})
    assert answer.status_code == 200
    event = guide.events[0]
    assert isinstance(event, Photo)
    assert (event.picture, event.language, event.chat.platform) == (PICTURE, "fr", "web")
    assert event.id.endswith(ID)
    content = answer.json()
    assert [block["kind"] for block in content["blocks"]] == ["paragraph", "paragraph", "note"]
    assert content["choices"][0] == [
        {"label": "Claude Monet · 62 %", "data": "guess:7:claude-monet"}
    ]
    assert content["replaces"] is False
    assert Answer.model_validate(content) == rendered(GUESSES)


async def test_words_that_come_with_a_photo_are_its_caption(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    photo = {"photo": ("photo.jpg", PICTURE, "image/jpeg")}
    for number, caption in enumerate(("View of Delft; Vermeer", "é" * 2000)):
        given = {"id": f"{ID[:-1]}{number}", "caption": caption}
        assert (await visitor.post("/api/chat/photo", files=photo, data=given)).status_code == 200
        event = guide.events[-1]
        assert isinstance(event, Photo)
        assert event.caption == caption
    given = {"id": ID, "caption": "x" * 2001}
    refused = await visitor.post("/api/chat/photo", files=photo, data=given)
    assert refused.status_code == 422
    assert refused.json()["error"]


async def test_a_tap_becomes_an_event(visitor: httpx.AsyncClient, guide: Guide) -> None:
    answer = await visitor.post("/api/chat/tap", json={"id": ID, "data": "guess:7:claude-monet"})
    event = guide.events[0]
    assert isinstance(event, Tap)
    assert event.data == "guess:7:claude-monet"
    assert answer.json()["replaces"] is True
    assert answer.json()["toast"] == LIFE.toast


@pytest.mark.parametrize(
    ("text", "kind", "heard"),
    [
        ("Who was Vermeer?", Text, {"text": "Who was Vermeer?"}),
        ("/artist  Jan Vermeer ", Command, {"name": "artist", "argument": "Jan Vermeer"}),
        ("/HELP", Command, {"name": "help", "argument": ""}),
    ],
)
async def test_words_become_a_command_or_a_text(
    visitor: httpx.AsyncClient, guide: Guide, text: str, kind: type, heard: dict[str, str]
) -> None:
    await visitor.post("/api/chat/text", json={"id": ID, "text": text})
    event = guide.events[0]
    assert type(event) is kind
    assert {name: getattr(event, name) for name in heard} == heard


async def test_silence_is_204(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/chat/text", json={"id": ID, "text": "/silence"})
    assert (answer.status_code, answer.content) == (204, b"")


async def test_a_link_that_is_not_of_the_web_does_not_reach_the_page() -> None:
    links = ("javascript:alert(1)", "data:text/html,x", "https://example.org/a")
    reply = Reply((Credits("Sources", tuple(Credit("name", link) for link in links)),))
    block = rendered(reply).model_dump()["blocks"][0]
    assert [credit["link"] for credit in block["credits"]] == ["", "", "https://example.org/a"]


async def test_a_picture_comes_inside_the_answer_with_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = Picture(b"\xff\xd8jpeg", "I looked at <the sky>.", "image/jpeg")
    reply = Reply((Note("A hint."),), pictures=(picture,), again="Above.")
    answer = rendered(reply)
    assert Answer.model_validate(answer.model_dump()) == answer
    (shown,) = answer.pictures
    assert shown.alt == picture.alt
    kind, _, data = shown.source.partition(",")
    assert kind == "data:image/jpeg;base64"
    assert base64.b64decode(data) == picture.data
    assert answer.again == "Above."

    monkeypatch.setattr("bot.platforms.web.rendering.PICTURE_BYTES", 3)
    answer = rendered(reply)
    assert answer.pictures == [], "too large"
    texts = [block.text for block in answer.blocks if isinstance(block, TextBlock)]
    assert texts == [picture.alt, "A hint."]


async def test_files_come_inside_the_answer_and_too_large_ones_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = (
        Document(b"%PDF-1.7 ...", "tour.pdf", "application/pdf"),
        Document(b"number,title\n", "tour.csv", "text/csv"),
    )
    told = rendered(Reply((Note("Here."),), documents=files)).documents
    assert [(each.name, each.mime, each.size) for each in told] == [
        ("tour.pdf", "application/pdf", 12),
        ("tour.csv", "text/csv", 13),
    ]
    assert [base64.b64decode(each.data) for each in told] == [each.data for each in files]

    monkeypatch.setattr("bot.platforms.web.rendering.DOCUMENT_BYTES", 12)
    told = rendered(Reply((), documents=files)).documents
    assert [bool(each.data) for each in told] == [True, False]
    assert told[1].size == 13


async def test_a_word_in_passing_is_an_answer_and_holds_nothing_else(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    guide.answers["hand:1"] = Reply((), toast="Noted: Monet")
    answer = await visitor.post("/api/chat/tap", json={"id": ID, "data": "hand:1"})
    assert answer.status_code == 200
    content = answer.json()
    assert content.pop("toast") == "Noted: Monet"
    assert not any(content.values())


async def test_a_poll_is_asked_by_blocks_and_choices() -> None:
    poll = Poll("Who?", ("Monet", "Manet"), 0, "Monet it is.", 30, ("a", "b"))
    reply = Reply((Paragraph("Who?"),), ((Choice("Monet", "a"), Choice("Manet", "b")),), poll=poll)
    assert rendered(reply) == rendered(Reply(reply.blocks, reply.choices))


@pytest.mark.parametrize(
    ("reply", "named", "expects"),
    [
        (GUESSES, False, False),
        (Reply(GUESSES.blocks, GUESSES.choices, key="round:7"), True, True),
        (Reply(GUESSES.blocks, key="recap:7"), True, False),
    ],
)
async def test_an_answer_with_a_key_has_a_name_and_only_a_question_expects_news(
    visitor: httpx.AsyncClient, guide: Guide, reply: Reply, named: bool, expects: bool
) -> None:
    guide.answers["tour"] = reply
    answer = await visitor.post("/api/chat/text", json={"id": ID, "text": "/tour"})
    assert bool(answer.json()["message"]) is named
    assert answer.json()["expects_news"] is expects
    assert "round" not in answer.json()["message"], "what the guide calls it is the guide's own"
    assert guide.shown_keys == [], "it was sent, and perhaps never arrived"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("en;q=0.3, ru;q=0.9", "ru"),
        ("zh-Hans-CN", "zh"),
        ("*", "en"),
        ("../../etc/passwd, <script>, x", "en"),
    ],
)
async def test_the_language_is_the_browsers_first(
    visitor: httpx.AsyncClient, guide: Guide, header: str, language: str
) -> None:
    await visitor.post(
        "/api/chat/text", json={"id": ID, "text": "hi"}, headers={"Accept-Language": header}
    )
    assert guide.events[0].language == language


# Who


async def test_the_page_brings_a_cookie_no_script_and_no_other_sites_form_can_use(
    visitor: httpx.AsyncClient,
) -> None:
    page = await visitor.get("/")
    cookie = page.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie, "strict would hide it from a link to the page, and lose it"
    assert "secure" not in cookie
    assert "private" in page.headers["cache-control"], "a shared cache must not give it to others"


async def test_a_message_sent_again_after_a_lost_first_answer_is_the_same_event(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    held = (await visitor.get("/")).cookies[COOKIE]
    for _ in range(2):
        visitor.cookies.clear()
        visitor.cookies.set(COOKIE, held)
        await send_photo(visitor)
    first, again = guide.events
    assert first.id == again.id


async def test_the_page_keeps_the_session_that_is_there(visitor: httpx.AsyncClient) -> None:
    held = (await visitor.get("/")).cookies[COOKIE]
    assert (await visitor.get("/")).cookies[COOKIE] == held


async def test_who_never_saw_the_page_gets_the_cookie_with_the_answer(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await send_photo(visitor)).headers["set-cookie"].startswith(COOKIE)


async def test_over_https_the_cookie_is_secure(guide: Guide) -> None:
    async with browser(guide, base="https://docent") as client:
        assert "Secure" in (await send_photo(client)).headers["set-cookie"]


async def test_one_browser_is_one_chat_and_another_is_another(guide: Guide) -> None:
    async with browser(guide) as first, browser(guide) as second:
        for client in (first, first, second):
            await send_photo(client)
    one, again, other = guide.events
    assert one.id == again.id
    assert (one.chat, one.person) == (again.chat, again.person)
    assert one.chat == Chat("web", one.person.id)
    assert one.person == Person(one.chat.id, "Guest")
    assert one.chat != other.chat
    assert one.id != other.id, "an id made by a stranger's browser must not be taken for ours"


async def test_what_is_stored_does_not_open_the_session(
    visitor: httpx.AsyncClient, guide: Guide
) -> None:
    await send_photo(visitor)
    assert visitor.cookies[COOKIE] not in repr(guide.events)
    assert guide.events[0].chat.id not in visitor.cookies[COOKIE]


async def test_a_malformed_cookie_is_replaced(guide: Guide) -> None:
    async with browser(guide) as client:
        client.cookies.set(COOKIE, "../me")
        answer = await send_photo(client)
    assert "../me" not in answer.headers["set-cookie"]
