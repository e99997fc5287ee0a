"""Wikipedia behind the library: a real MediaWiki in its place, and every way it can fail."""

import asyncio
import json
import os
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.memory.articles import StoredArticles
from bot.memory.store import Store
from knowledge.articles import Article, ArticleKind, NoSuchPage, WikipediaUnavailable
from knowledge.library import Library
from knowledge.mirror import Mirror
from knowledge.wikipedia import Wikipedia
from tests.knowledge.content_folder import write_content
from tests.peers.fault_proxy import ANSWERS, CUT, MEGABYTE, SLOW, FaultProxy
from tests.peers.mediawiki import MediaWiki

Answer = TypeVar("Answer")

HILMA = "Hilma Testova"
LIMIT = 4.0
"""Seconds until every visitor has an answer."""
ASKERS = 50
ANSWERED = {"half a letter"}
"""What a server may send and is still a page."""


@pytest.fixture
async def cache(tmp_path: Path) -> AsyncIterator[StoredArticles]:
    """The cache that the command line uses with this data folder."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/docent.sqlite3")
    yield StoredArticles(store)
    await store.close()


@asynccontextmanager
async def asking(
    proxy: FaultProxy, cache: StoredArticles | None = None, **options: Any
) -> AsyncIterator[Wikipedia]:
    client = Wikipedia(
        "DocentTest/1.0 (tests@example.org)", cache, Mirror(proxy.address), **options
    )
    try:
        yield client
    finally:
        await client.close()


@pytest.fixture
async def wikipedia(proxy: FaultProxy, cache: StoredArticles) -> AsyncIterator[Wikipedia]:
    async with asking(proxy, cache) as client:
        yield client


async def age(cache: StoredArticles, title: str, language: str = "en", days: int = 31) -> Article:
    """Make a kept page older; return it."""
    kept = await cache.get(language, title)
    assert kept is not None
    aged = replace(kept, fetched=kept.fetched - timedelta(days=days))
    await cache.put(aged)
    return aged


async def in_time(answer: Awaitable[Answer]) -> Answer:
    start = time.monotonic()
    found = await answer
    assert time.monotonic() - start < LIMIT
    return found


async def docent_tells(folder: Path, proxy: FaultProxy, name: str) -> tuple[int, dict[str, Any]]:
    """Run ``python -m bot artist NAME --json``; return its status and its object."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_FOLDER": str(folder),
        "WIKIPEDIA": "true",
        "WIKIPEDIA_MIRROR": proxy.address,
    }
    command = [sys.executable, "-m", "bot", "artist", name, "--json"]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, json.loads(output)


async def test_a_painters_page_is_shortened_at_a_sentence_and_has_credit_link_and_licence(
    wikipedia: Wikipedia, proxy: FaultProxy
) -> None:
    article = await wikipedia.look_up(HILMA)
    assert article.kind is ArticleKind.ARTIST
    assert article.text.startswith("Hilma Testova (3 May 1880 – 1 June 1950) was a Swedish painter")
    assert "book about her" not in article.text
    assert article.text.endswith("light.")
    assert article.shortened
    assert article.link == "https://en.wikipedia.org/wiki/Hilma_Testova"
    assert article.licence == "CC BY-SA 4.0"
    assert article.wikidata == "Q900001"
    assert len(proxy.requests) == 1


async def test_redirects_are_followed_and_kept_and_in_a_circle_lead_to_no_page(
    wikipedia: Wikipedia, proxy: FaultProxy
) -> None:
    first = await wikipedia.look_up("h._Testova")
    assert first.title == HILMA
    assert await wikipedia.look_up("H. Testova") == first
    assert await wikipedia.look_up(HILMA) == first
    assert len(proxy.requests) == 1
    with pytest.raises(NoSuchPage):
        await in_time(wikipedia.look_up("Circle Testova"))


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("Francis Examplar", ArticleKind.DISAMBIGUATION, ("Francis Examplar (artist)",)),
        ("Paul Striker", ArticleKind.OTHER, ("Paul Striker (painter)",)),
        ("Leo of Testville", ArticleKind.ARTIST, ()),
    ],
)
async def test_namesakes_become_choices_and_a_footballer_is_no_painter_but_a_polymath_is_one(
    wikipedia: Wikipedia, name: str, kind: ArticleKind, options: tuple[str, ...]
) -> None:
    article = await wikipedia.look_up(name)
    assert (article.kind, article.options) == (kind, options)


async def test_giant_pages_are_read_in_time(wikipedia: Wikipedia) -> None:
    page = await in_time(wikipedia.look_up("Giant Testova"))
    assert (page.kind, page.shortened) == (ArticleKind.ARTIST, True)
    assert 600 < len(page.text) <= 900
    meanings = await in_time(wikipedia.look_up("Everybody Testova"))
    assert meanings.kind is ArticleKind.DISAMBIGUATION
    assert len(meanings.options) == 6


async def test_a_chinese_name_is_found_in_either_way_of_writing_it(wikipedia: Wikipedia) -> None:
    article = await wikipedia.look_up("測試墨", "zh-TW")
    assert (article.kind, article.title) == (ArticleKind.ARTIST, "测试墨")
    assert article.text == "测试墨（1880年—1950年），中国画家，生于测试村。"
    assert article.link == "https://zh.wikipedia.org/wiki/%E6%B5%8B%E8%AF%95%E5%A2%A8"


async def test_a_language_is_an_edition_that_is_known_or_english(
    wikipedia: Wikipedia, proxy: FaultProxy
) -> None:
    for language in ("de-AT", "evil.example/", "en.evil.example#"):
        await wikipedia.look_up(HILMA, language)
    assert proxy.hosts == {"de.wikipedia.org", "en.wikipedia.org"}


async def test_a_name_in_other_capitals_is_found_kept_and_served_stale(
    wikipedia: Wikipedia, proxy: FaultProxy, cache: StoredArticles
) -> None:
    found = await wikipedia.look_up("hilma testova")
    assert found.title == HILMA
    asked = len(proxy.requests)
    assert (await wikipedia.look_up("hilma testova")).text == found.text
    assert len(proxy.requests) == asked
    await age(cache, HILMA)
    proxy.fault = "hangs up"
    assert (await wikipedia.look_up("hilma testova")).stale


async def test_a_page_is_kept_for_30_days_and_then_fetched_anew(
    mediawiki: MediaWiki, wikipedia: Wikipedia, cache: StoredArticles
) -> None:
    mediawiki.edit("Nova Testova", "Nova Testova is a painter.")
    await wikipedia.look_up("Nova Testova")
    mediawiki.edit("Nova Testova", "Nova Testova is a celebrated painter.")
    await age(cache, "Nova Testova", days=29)
    assert "celebrated" not in (await wikipedia.look_up("Nova Testova")).text
    await age(cache, "Nova Testova", days=2)
    renewed = await wikipedia.look_up("Nova Testova")
    assert "celebrated" in renewed.text
    assert not renewed.stale


async def test_a_page_that_was_moved_is_told_under_every_name_it_had(
    mediawiki: MediaWiki, wikipedia: Wikipedia, cache: StoredArticles
) -> None:
    mediawiki.edit("M. Testova", "#REDIRECT [[Mova Testova]]")
    mediawiki.edit("Mova Testova", "Mova Testova is a painter.")
    await wikipedia.look_up("M. Testova")
    mediawiki.edit("Mova Testova (painter)", "Mova Testova is a painter.")
    mediawiki.edit("Mova Testova", "#REDIRECT [[Mova Testova (painter)]]")
    await age(cache, "Mova Testova")
    await wikipedia.look_up("Mova Testova")
    article = await wikipedia.look_up("M. Testova")
    assert (article.kind, article.title) == (ArticleKind.ARTIST, "Mova Testova (painter)")


async def test_an_entry_without_a_story_has_its_page_by_its_wikidata_id(
    wikipedia: Wikipedia, tmp_path: Path
) -> None:
    folder = write_content(tmp_path / "content")
    library = await Library.open(folder, tmp_path / "knowledge.sqlite3", wikipedia)
    entry = replace(library.artists["johannes-vermeer"], name=HILMA, text="", wikidata="Q900001")
    told = await library.story(entry)
    assert told.text.startswith(HILMA)
    assert [source.licence for source in told.sources] == ["CC BY-SA 4.0"]
    other = await library.story(replace(entry, wikidata="Q7"))
    assert (other.text, other.note) == ("", "no_page")


@pytest.mark.parametrize("fault", [*sorted(ANSWERS.keys() - ANSWERED), *CUT, *SLOW, "giant"])
async def test_every_fault_leaves_the_kept_copy_or_a_clear_no_in_time(
    wikipedia: Wikipedia, proxy: FaultProxy, cache: StoredArticles, fault: str
) -> None:
    await wikipedia.look_up(HILMA)
    kept = await age(cache, HILMA)
    proxy.fault = fault
    async with asking(proxy) as fresh:
        nothing, copy = await in_time(
            asyncio.gather(fresh.look_up(HILMA), wikipedia.look_up(HILMA), return_exceptions=True)
        )
    assert isinstance(nothing, WikipediaUnavailable)
    assert copy == replace(kept, stale=True)


async def test_half_a_letter_is_told_and_kept_like_any(
    wikipedia: Wikipedia, proxy: FaultProxy
) -> None:
    proxy.fault = "half a letter"
    article = await in_time(wikipedia.look_up("Hilma 🎨"))
    assert article.title == "Hilma ?"
    assert await wikipedia.article("Hilma ?") == article


@pytest.mark.parametrize("fault", ["giant", "a gzip bomb"])
async def test_a_giant_answer_is_broken_off(proxy: FaultProxy, fault: str) -> None:
    proxy.fault = fault
    async with asking(proxy) as client:
        tracemalloc.start()
        try:
            with pytest.raises(WikipediaUnavailable):
                await in_time(client.look_up(HILMA))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 48 * MEGABYTE
    assert proxy.sent < 48 * MEGABYTE


@pytest.mark.parametrize("fault", ["", "503", "hangs up half way"])
@pytest.mark.parametrize("name", [HILMA, "hilma testova", "Paul Striker"])
async def test_fifty_who_ask_at_once_send_each_request_once(
    wikipedia: Wikipedia, proxy: FaultProxy, name: str, fault: str
) -> None:
    proxy.delay, proxy.fault = 0.2, fault
    told = await in_time(
        asyncio.gather(*(wikipedia.look_up(name) for _ in range(ASKERS)), return_exceptions=True)
    )
    assert len({str(answer) for answer in told}) == 1
    assert isinstance(told[0], WikipediaUnavailable if fault else Article)
    assert len(proxy.requests) == len(set(proxy.requests))


async def test_who_joins_anothers_question_keeps_their_own_deadline(proxy: FaultProxy) -> None:
    async with asking(proxy, time_limit=2.0) as client:
        proxy.delay = 1.2
        start = time.monotonic()
        pages = [("de", "Nobody At All"), ("en", HILMA)]
        first = asyncio.create_task(client.first(pages, lambda _: True))
        await asyncio.sleep(1.0)
        proxy.delay = 60
        second = asyncio.create_task(client.article(HILMA))
        with pytest.raises(WikipediaUnavailable):
            await first
        assert time.monotonic() - start < 2.6
        second.cancel()


async def test_the_command_line_tells_a_page_with_its_credit_and_later_the_old_copy(
    proxy: FaultProxy, tmp_path: Path, cache: StoredArticles
) -> None:
    status, told = await docent_tells(tmp_path, proxy, "hilma testova")
    assert (status, told["name"], told["note"]) == (0, HILMA, "shortened")
    (source,) = told["sources"]
    assert source["name"] == "Wikipedia: Hilma Testova"
    assert source["link"] == "https://en.wikipedia.org/wiki/Hilma_Testova"
    assert source["licence"] == "CC BY-SA 4.0"
    await age(cache, HILMA)
    proxy.fault = "silent"
    status, again = await docent_tells(tmp_path, proxy, "hilma testova")
    assert (status, again) == (0, told | {"note": "stale"})


async def test_the_command_line_says_who_is_meant_and_who_is_no_painter_or_cannot_be_asked(
    proxy: FaultProxy, tmp_path: Path
) -> None:
    status, told = await docent_tells(tmp_path, proxy, "Francis Examplar")
    assert told == {"choices": [{"id": "", "name": "Francis Examplar (artist)"}]}
    status, told = await docent_tells(tmp_path, proxy, "Paul Striker")
    assert status == 1
    assert "not as a painter" in told["error"]
    proxy.fault = "drips"
    status, told = await docent_tells(tmp_path, proxy, HILMA)
    assert status == 1
    assert "cannot be reached just now" in told["error"]
