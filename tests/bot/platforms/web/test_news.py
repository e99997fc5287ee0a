"""What is said unasked reaches the page it is for, and the guide hears when it did."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import pytest

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Paragraph, Reply
from bot.platforms.web import news as news_module
from bot.platforms.web.limits import LISTENERS_A_CHAT, NEWS_UNTOLD_SECONDS
from bot.platforms.web.news import News
from bot.platforms.web.schemas import News as Told
from tests.bot.platforms.web_guide import ID, Guide, browser

ROWS = ((Choice("Monet", "hand:0"), Choice("Manet", "hand:1")),)
QUESTION = Reply((Paragraph("Whose hand is it?"),), ROWS, key="round:1")
ANSWER = Reply((Paragraph("Claude Monet."),))


@pytest.fixture
def guide() -> Guide:
    guide = Guide()
    guide.answers["photo"] = QUESTION
    return guide


@asynccontextmanager
async def visit(guide: Guide) -> AsyncIterator[tuple[httpx.AsyncClient, News, Chat]]:
    """A visitor, what brings them the news, and their chat."""
    async with browser(guide) as visitor:
        news: News = visitor._transport.app.state.news  # type: ignore[attr-defined]
        running = asyncio.create_task(news.run())
        await visitor.get("/")
        await visitor.post("/api/chat/text", json={"id": ID, "text": "hello"})
        try:
            yield visitor, news, guide.events[0].chat
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def ask(visitor: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await visitor.post("/api/chat/news", json=body)
    assert answer.status_code == 200, answer.text
    Told.model_validate(answer.json())
    content: dict[str, Any] = answer.json()
    return content


async def question(visitor: httpx.AsyncClient) -> str:
    answer = await visitor.post("/api/chat/text", json={"id": ID, "text": "/photo"})
    return str(answer.json()["message"])


async def said(guide: Guide, notice: Notice) -> None:
    """Let the guide say something, and wait until it was heard."""
    await guide.to_say.put(notice)
    await asyncio.wait_for(guide.to_say.join(), 5)


async def test_who_plays_no_game_gets_an_empty_answer_at_once(guide: Guide) -> None:
    async with visit(guide) as (visitor, _, _):
        assert await ask(visitor) == {"items": [], "expects_news": False, "again_in": 0}


async def test_the_guide_hears_what_is_shown_once_the_page_says_so(guide: Guide) -> None:
    async with visit(guide) as (visitor, _, chat):
        message = await question(visitor)
        assert (await ask(visitor))["expects_news"] is True
        assert guide.shown_keys == []
        for _ in range(2):
            await ask(visitor, shown=[message])
        assert guide.shown_keys == [(chat, "round:1", message)]


async def test_no_page_can_report_what_another_was_shown(guide: Guide) -> None:
    async with visit(guide) as (visitor, _, chat):
        message = await question(visitor)
        await said(guide, Notice("round:1", chat, ANSWER, message))
        visitor.cookies.clear()
        other = await ask(visitor, shown=[message, "unknown"], told=["round:1", "unknown"])
        assert other["items"] == []
        assert guide.shown_keys == guide.told_notices == []


async def test_news_take_the_place_of_the_question_and_come_until_they_are_reported(
    guide: Guide,
) -> None:
    async with visit(guide) as (visitor, _, chat):
        message = await question(visitor)
        await ask(visitor, shown=[message])
        await said(guide, Notice("round:1", chat, ANSWER, message))
        for _ in range(2):
            content = await ask(visitor)
            [item] = content["items"]
            assert (item["id"], item["message"]) == ("round:1", message)
            assert item["answer"]["blocks"] == [{"kind": "paragraph", "text": "Claude Monet."}]
            assert content["expects_news"] is False, "the answer is there, nothing else follows"
        assert guide.told_notices == []
        content = await ask(visitor, told=["round:1"])
        assert content == {"items": [], "expects_news": False, "again_in": 0}
        await ask(visitor, told=["round:1"])
        assert guide.told_notices == [("round:1", message)]


async def test_a_notice_of_its_own_has_a_name_and_its_question_is_shown_once_it_is_told(
    guide: Guide,
) -> None:
    async with visit(guide) as (visitor, _, chat):
        await said(guide, Notice("quiz:2", chat, QUESTION))
        [item] = (await ask(visitor))["items"]
        assert item["message"]
        assert item["answer"]["expects_news"] is True
        content = await ask(visitor, told=["quiz:2"])
        assert content["expects_news"] is True
        assert guide.told_notices == [("quiz:2", item["message"])]
        assert guide.shown_keys == [(chat, "round:1", item["message"])]

        await said(guide, Notice("quiz:2", chat, QUESTION))
        assert (await ask(visitor))["items"] == [], "said again, it is not shown again"
        assert guide.told_notices == [("quiz:2", item["message"])] * 2
        assert len(guide.shown_keys) == 1


async def test_a_tap_that_brings_the_answer_itself_leaves_nothing_to_wait_for(
    guide: Guide,
) -> None:
    guide.answers |= {"hand:0": Reply((), toast="Noted"), "hand:1": ANSWER}
    async with visit(guide) as (visitor, _, _):
        message = await question(visitor)
        for data, name, expected in (
            ("hand:0", message, True),
            ("hand:1", "", True),
            ("hand:1", "another", True),
            ("hand:1", message, False),
        ):
            tap = {"id": ID, "data": data, "message": name}
            assert (await visitor.post("/api/chat/tap", json=tap)).status_code == 200
            assert (await ask(visitor))["expects_news"] is expected, data


async def test_a_page_that_waits_hears_at_once(guide: Guide) -> None:
    async with visit(guide) as (visitor, _, chat):
        message = await question(visitor)
        waiting = asyncio.create_task(ask(visitor, shown=[message], wait=True))
        await asyncio.wait_for(guide.reported.wait(), 5)
        other = Notice("x", Chat("web", "other"), ANSWER)
        await guide.to_say.put(other)
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        assert not done, "what is for others wakes nobody"
        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        content = await asyncio.wait_for(waiting, 5)
        assert [item["id"] for item in content["items"]] == ["round:1"]


async def test_a_page_waits_only_for_a_while(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_module, "NEWS_WAIT_SECONDS", 0.05)
    async with visit(guide) as (visitor, news, _):
        await question(visitor)
        content = await asyncio.wait_for(ask(visitor, wait=True), 5)
        assert content == {"items": [], "expects_news": True, "again_in": 0}
        assert news._listening.total() == 0


async def test_who_cannot_wait_is_told_when_to_ask_again(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visit(guide) as (visitor, news, chat):
        held = [asyncio.create_task(ask(visitor, wait=True)) for _ in range(LISTENERS_A_CHAT)]
        while news._listening[chat.id] < LISTENERS_A_CHAT:  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0)
        assert (await asyncio.wait_for(ask(visitor, wait=True), 5))["again_in"] > 0
        monkeypatch.setattr(news_module, "LISTENERS", LISTENERS_A_CHAT)
        visitor.cookies.clear()
        assert (await asyncio.wait_for(ask(visitor, wait=True), 5))["again_in"] > 0
        news.close()
        for each in held:
            assert (await asyncio.wait_for(each, 5))["again_in"] > 0
        assert (await asyncio.wait_for(ask(visitor, wait=True), 5))["items"] == []


async def test_who_leaves_while_waiting_holds_no_place(guide: Guide) -> None:
    news = News(guide)
    left = asyncio.Event()

    async def gone() -> None:
        await left.wait()

    waiting = asyncio.create_task(news.listen(Chat("web", "a"), gone))
    await asyncio.sleep(0)
    left.set()
    await asyncio.wait_for(waiting, 5)
    assert news._listening.total() == 0


async def test_what_nobody_fetches_counts_as_told_after_a_while_and_is_still_there(
    guide: Guide,
) -> None:
    """The guide would else make it anew every few seconds, perhaps for ever."""
    now = 0.0
    news = News(guide, lambda: now)
    chat, running = Chat("web", "a"), asyncio.create_task(news.run())
    notice = Notice("round:1", chat, ANSWER, "m")
    await said(guide, notice)
    now = NEWS_UNTOLD_SECONDS - 1
    await said(guide, notice)
    assert guide.told_notices == []
    now = NEWS_UNTOLD_SECONDS
    await guide.to_say.put(notice)
    await asyncio.wait_for(guide.reported.wait(), 5)
    assert guide.told_notices == [("round:1", "m")]
    assert [letter.notice for letter in news.waiting(chat)] == [notice]
    await news.fetched(chat, "round:1")
    assert guide.told_notices == [("round:1", "m")], "told once"
    assert news.waiting(chat) == []
    running.cancel()


async def test_a_guide_who_stumbles_is_asked_again(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(news_module, "NEWS_PAUSE_SECONDS", 0)
    chat, stumbled = Chat("web", "a"), False
    whole = guide.notices

    async def notices(platform: str) -> AsyncIterator[Notice]:
        nonlocal stumbled
        if not stumbled:
            stumbled = True
            raise OSError("the database is away")
        async for each in whole(platform):
            yield each

    monkeypatch.setattr(guide, "notices", notices)
    news = News(guide)
    running = asyncio.create_task(news.run())
    with caplog.at_level(logging.ERROR):
        await said(guide, Notice("a", chat, ANSWER))
    assert "the database is away" in caplog.text
    running.cancel()


@pytest.mark.parametrize(
    "body", [{"shown": ["x"] * 33}, {"told": ["x" * 129]}, {"told": [""]}, {"wait": "perhaps"}]
)
async def test_a_report_is_bounded(guide: Guide, body: dict[str, Any]) -> None:
    async with browser(guide) as visitor:
        assert (await visitor.post("/api/chat/news", json=body)).status_code == 422


async def test_another_sites_page_hears_nothing(guide: Guide) -> None:
    async with browser(guide) as visitor:
        answer = await visitor.post(
            "/api/chat/news", json={}, headers={"Origin": "http://evil.example"}
        )
    assert answer.status_code == 403
