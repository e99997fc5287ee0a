"""The web chat's page: what is said unasked, words in passing, albums and files, in a Chromium."""
# ruff: noqa: F811 - fixtures are imported and then asked for by name

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Document, Paragraph, Picture, Reply, Title
from bot.platforms.web import create_app, serve
from tests.bot.platforms.web_guide import Guide, identify, sentence
from tests.peers.browser import PHONE, page_in
from tests.peers.web_page import (  # noqa: F401
    MONET,
    Open,
    address,
    browser,
    count,
    focused,
    guide,
    opened,
    said,
    tab_to,
)
from tests.pictures import GREEN, RED, encoded, jpeg, painting

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Request

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = Reply(
    (Paragraph("Stop 1. Whose hand is it?"),),
    ((Choice("Claude Monet", "hand:0"),), (Choice("Alfred Sisley", "hand:1"),)),
    key="round:1",
)
NEXT = Reply(
    (Paragraph("Stop 2. And this one?"),), ((Choice("Johannes Vermeer", "hand:2"),),), key="round:2"
)
ANSWER = Reply(
    (Title("Stop 1"), Paragraph("It is by Claude Monet.")), ((Choice("His life", "life"),),)
)
FILES = (
    Document(b"%PDF-1.7 a tour", "docent-2026-05-17.pdf", "application/pdf"),
    Document(b"number,title\n1,Irises\n", "docent-2026-05-17.csv", "text/csv"),
)
RECAP = Reply(
    (Title("Our tour"), Paragraph("Two stops.")),
    pictures=(
        Picture(jpeg(RED), "Stop 1: Irises", "image/jpeg"),
        Picture(jpeg(GREEN), "Stop 2: <b>Poppies</b>", "image/jpeg"),
        Picture(encoded(painting(), "PNG"), "The movements we met", "image/png"),
    ),
    documents=FILES,
    key="recap:1",
)


WIDTHS = "(images) => images.map((image) => Math.round(image.getBoundingClientRect().width))"


async def write(page: "Page", words: str) -> None:
    await page.fill("#words", words)
    await page.keyboard.press("Enter")


async def ask_first(page: "Page", guide: Guide) -> tuple[Chat, str]:
    """Ask the first question, and return its chat and what its message is called."""
    guide.answers |= {"ask": QUESTION, "hand": Reply((), toast="Noted: Claude Monet")}
    guide.answers |= {f"hand:{number}": guide.answers["hand"] for number in range(3)}
    await write(page, "/ask")
    await said(page, "Whose hand is it?").wait_for()
    await asyncio.wait_for(guide.reported.wait(), 10)
    guide.reported.clear()
    [(chat, key, message)] = guide.shown_keys
    assert key == "round:1"
    return chat, message


def listen_for_news(page: "Page") -> list[str]:
    asked: list[str] = []

    def note(request: "Request") -> None:
        if request.url.endswith("/api/chat/news"):
            asked.append(request.post_data or "")

    page.on("request", note)
    return asked


async def test_an_answer_takes_the_place_of_its_question_without_a_reload(
    opened: Open, guide: Guide
) -> None:
    async with opened() as page:
        chat, message = await ask_first(page, guide)
        await tab_to(page, "Claude Monet", "Shift+Tab")
        await page.keyboard.press("Enter")
        await page.locator(".toast.shown").get_by_text("Noted: Claude Monet").wait_for()
        assert await page.inner_text("[role=status]") == "Noted: Claude Monet"
        await count(page, ".told .label", 1)
        assert await focused(page) == "Claude Monet", "a word in passing moves nothing"

        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        await page.get_by_role("heading", name="Stop 1").wait_for()
        await count(page, ".told .label", 1)
        assert await said(page, "Whose hand is it?").count() == 0
        assert "It is by Claude Monet." in await page.inner_text("[role=status]")
        assert await page.evaluate("document.activeElement.className") == "label"
        await page.keyboard.press("Tab")
        assert await focused(page) == "His life", "after the answer, Tab goes on inside it"
        await asyncio.wait_for(guide.reported.wait(), 10)
        assert guide.told_notices == [("round:1", message)]
        assert page.complaints == []  # type: ignore[attr-defined]


async def test_what_replaces_nothing_comes_at_the_end_and_leaves_the_writer_alone(
    opened: Open, guide: Guide
) -> None:
    async with opened() as page:
        chat, message = await ask_first(page, guide)
        await page.focus("#words")
        await page.keyboard.type("Who was")
        for again in range(2):
            await guide.to_say.put(Notice("round:2", chat, NEXT))
            await said(page, "And this one?").wait_for()
            await asyncio.sleep(0.2 * again)
        await count(page, ".told .label", 2)
        await page.keyboard.type(" Vermeer?")
        assert await page.input_value("#words") == "Who was Vermeer?"
        assert {id_ for id_, _ in guide.told_notices} == {"round:2"}
        [name] = {name for _, name in guide.told_notices}
        assert name != message
        assert [key for _, key, _ in guide.shown_keys] == ["round:1", "round:2"]

        last = Reply((Paragraph("It is by Vermeer."),))
        await guide.to_say.put(Notice("round:2:over", chat, last, guide.shown_keys[1][2]))
        await said(page, "It is by Vermeer.").wait_for()
        await count(page, ".told .label", 2)


async def test_who_plays_no_game_asks_once_and_no_more(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        asked = listen_for_news(page)
        await page.reload()
        await write(page, "hello")
        await said(page, "You wrote: hello").wait_for()
        await asyncio.sleep(0.5)
    assert asked == ['{"shown":[],"told":[],"wait":false}']


async def test_who_plays_listens_only_until_the_answer(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        asked = listen_for_news(page)
        chat, message = await ask_first(page, guide)
        while not any('"wait":true' in each for each in asked):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        await asyncio.wait_for(guide.reported.wait(), 10)
        await asyncio.sleep(0.7)
    assert asked[-1] == '{"shown":[],"told":["round:1"],"wait":false}'


async def test_a_tap_that_brings_the_answer_ends_the_listening(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        asked = listen_for_news(page)
        await ask_first(page, guide)
        guide.answers["hand:1"] = Reply(RECAP.blocks, key="recap:1")
        await page.get_by_role("button", name="Alfred Sisley").click()
        await page.get_by_role("heading", name="Our tour").wait_for()
        await asyncio.wait_for(guide.reported.wait(), 10)
        await asyncio.sleep(0.7)
    assert guide.shown_keys[1][1] == "recap:1"
    assert asked[-1] == f'{{"shown":["{guide.shown_keys[1][2]}"],"told":[],"wait":false}}'


async def test_after_a_reload_the_answer_comes_still(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        chat, message = await ask_first(page, guide)
        await page.reload()
        await count(page, ".told .label", 0)
        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        await page.get_by_role("heading", name="Stop 1").wait_for()
        await asyncio.wait_for(guide.reported.wait(), 10)
    assert guide.told_notices == [("round:1", message)]


async def test_a_network_that_comes_and_goes_loses_no_answer(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        chat, message = await ask_first(page, guide)
        await page.context.set_offline(True)
        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        await asyncio.sleep(0.5)
        assert guide.told_notices == []
        await page.context.set_offline(False)
        await page.get_by_role("heading", name="Stop 1").wait_for()
        await asyncio.wait_for(guide.reported.wait(), 10)
    assert guide.told_notices == [("round:1", message)]


async def test_a_server_that_starts_anew_is_found_again(browser: "Browser", guide: Guide) -> None:
    async def start(port: int) -> tuple[str, asyncio.Event, asyncio.Task[None]]:
        server = await serve(create_app(guide, identify, sentence), "127.0.0.1", port)
        stop = asyncio.Event()
        return server.address, stop, asyncio.create_task(server.run(stop))

    address, stop, running = await start(0)
    async with page_in(browser, address) as page:
        chat, message = await ask_first(page, guide)
        stop.set()
        await asyncio.wait_for(running, 10)
        address, stop, running = await start(int(address.rpartition(":")[2]))
        await guide.to_say.put(Notice("round:1", chat, ANSWER, message))
        await page.get_by_role("heading", name="Stop 1").wait_for()
        await count(page, ".told .label", 1)
        await asyncio.wait_for(guide.reported.wait(), 10)
    assert guide.told_notices == [("round:1", message)]
    stop.set()
    await asyncio.wait_for(running, 10)


async def test_a_word_in_passing_to_a_command_leaves_no_empty_label(
    opened: Open, guide: Guide
) -> None:
    guide.answers["join"] = Reply((), toast="You are with us.")
    async with opened() as page:
        await write(page, "/join")
        await page.locator(".toast.shown").get_by_text("You are with us.").wait_for()
        await count(page, ".told .label", 0)
        assert await page.inner_text("[role=status]") == "You are with us."


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
async def test_an_album_and_files_to_take_home(
    opened: Open, guide: Guide, locale: str, tmp_path: Path
) -> None:
    guide.answers["recap"] = RECAP
    async with opened(locale=locale, viewport=PHONE, accept_downloads=True) as page:
        await write(page, "/recap")
        await count(page, ".gallery img", 3)
        captions = await page.locator(".gallery figcaption").all_inner_texts()
        assert captions == [picture.alt for picture in RECAP.pictures]
        assert await page.get_by_role("list").first.get_by_role("listitem").count() == 3
        widths = await page.locator(".gallery img").evaluate_all(WIDTHS)
        assert widths[0] == widths[1] < widths[2], "a drawing is large enough to be read"
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

        links = page.locator("a.file")
        names = [" ".join(each.split()) for each in await links.all_text_contents()]
        decimal, save = ("0,1 kB", "Herunterladen") if locale == "de-DE" else ("0.1 kB", "Download")
        kinds = [f"docent-2026-05-17.{kind.lower()} {kind} · {decimal}" for kind in ("PDF", "CSV")]
        assert names == [f"{save} {each}" for each in kinds]
        assert f"2 {'Dateien' if locale == 'de-DE' else 'files'}" in await page.inner_text(
            "[role=status]"
        )
        for number, file in enumerate(FILES):
            async with page.expect_download() as download:
                await links.nth(number).focus()
                await page.keyboard.press("Enter")
            saved = await download.value
            assert saved.suggested_filename == file.name
            await saved.save_as(tmp_path / file.name)
            assert (tmp_path / file.name).read_bytes() == file.data
        assert page.complaints == []  # type: ignore[attr-defined]


async def test_a_file_that_is_too_large_is_named(
    opened: Open, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.web.rendering.DOCUMENT_BYTES", 20)
    guide.answers["recap"] = RECAP
    async with opened() as page:
        await write(page, "/recap")
        await said(page, "docent-2026-05-17.csv (0.1 kB) is too large").wait_for()
        await count(page, "a.file", 1)
