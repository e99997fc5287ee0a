"""Wikipedia, asked over HTTP: a server on this machine answers in its place."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.articles import Article, ArticleKind
from knowledge.mirror import Mirror
from knowledge.wikipedia import NoSuchPage, Wikipedia, WikipediaUnavailable, edition
from tests.knowledge.mediawiki import MediaWiki

AGENT = "DocentTest/1.0 (tests@example.org)"
LIMIT = 4.0


class Shelf:
    """A cache in memory."""

    def __init__(self) -> None:
        self.articles: dict[tuple[str, str], Article] = {}

    async def get(self, language: str, title: str) -> Article | None:
        return self.articles.get((language, title))

    async def put(self, article: Article) -> None:
        self.articles[article.language, article.title] = article

    def age(self, days: int) -> None:
        for key, article in self.articles.items():
            aged = datetime.now(UTC) - timedelta(days=days)
            self.articles[key] = replace(article, fetched=aged)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def wikipedia(wiki: MediaWiki, shelf: Shelf) -> AsyncIterator[Wikipedia]:
    client = Wikipedia(AGENT, shelf, Mirror(wiki.address))
    yield client
    await client.close()


async def test_a_painters_page_comes_with_title_link_licence_and_is_shortened_at_a_sentence(
    wikipedia: Wikipedia,
):
    article = await wikipedia.article("Hilma Testova")
    assert article.kind is ArticleKind.ARTIST
    assert article.title == "Hilma Testova"
    assert article.link == "https://en.wikipedia.org/wiki/Hilma_Testova"
    assert article.licence == "CC BY-SA 4.0"
    assert article.wikidata == "Q900001"
    assert article.shortened
    assert article.text.startswith("Hilma Testova (3 May 1880")
    assert article.text.endswith("light.")
    assert 600 < len(article.text) <= 900
    assert not article.stale


async def test_the_request_names_us_and_goes_to_the_edition_of_the_language(
    wikipedia: Wikipedia, wiki: MediaWiki
):
    article = await wikipedia.article("Ölaf Maler", "de-AT")
    assert article.kind is ArticleKind.ARTIST
    assert article.link == "https://de.wikipedia.org/wiki/%C3%96laf_Maler"
    assert wiki.headers[0]["host"] == "de.wikipedia.org"
    assert wiki.headers[0]["user-agent"].startswith(AGENT)
    assert len(wiki.requests) == 1


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("de", "de"),
        ("pt-BR", "pt"),
        ("ZH_hans", "zh"),
        (" uk ", "uk"),
        ("xx", "en"),
        ("", "en"),
        ("evil.example/", "en"),
        ("en.evil.example#", "en"),
        ("../..", "en"),
    ],
)
def test_only_known_editions_reach_the_host_name(language: str, code: str):
    assert edition(language) == code


def test_a_user_agent_without_a_contact_is_refused():
    with pytest.raises(ValueError, match="mail address or a link"):
        Wikipedia("Docent")


async def test_a_disambiguation_offers_the_artists_it_lists(wikipedia: Wikipedia):
    article = await wikipedia.look_up("Francis Examplar")
    assert article.kind is ArticleKind.DISAMBIGUATION
    assert article.options == ("Francis Examplar (artist)",)


async def test_a_footballer_is_no_artist_though_his_aunt_is_and_his_namesake_is_offered(
    wikipedia: Wikipedia,
):
    article = await wikipedia.look_up("Paul Striker")
    assert article.kind is ArticleKind.OTHER
    assert article.options == ("Paul Striker (painter)",)


async def test_a_polymath_is_an_artist_by_the_categories(wikipedia: Wikipedia):
    assert (await wikipedia.article("Leo of Testville")).kind is ArticleKind.ARTIST


async def test_capitals_and_order_are_found_by_search_but_other_names_are_not(
    wikipedia: Wikipedia,
):
    assert (await wikipedia.look_up("hilma testova")).title == "Hilma Testova"
    assert (await wikipedia.look_up("Testova, Hilma")).title == "Hilma Testova"
    with pytest.raises(NoSuchPage):
        await wikipedia.look_up("Hilma Testov")


@pytest.mark.parametrize(
    "title",
    ["Nobody Atall", "", "   ", "A|B", "de:Monet", "Special:Random", "<b>", "x" * 300, "a\nb\0"],
)
async def test_a_missing_or_impossible_title_is_no_page(wikipedia: Wikipedia, title: str):
    with pytest.raises(NoSuchPage):
        await wikipedia.article(title)


async def test_impossible_titles_are_never_sent(wikipedia: Wikipedia, wiki: MediaWiki):
    with pytest.raises(NoSuchPage):
        await wikipedia.look_up("Hilma Testova|Paul Striker")
    assert wiki.requests == []


@pytest.mark.parametrize(
    "failure", ["429", "403", "500", "broken", "list", "error", "nonsense", "hang up", "drip"]
)
async def test_every_failure_is_one_error_in_time(
    wikipedia: Wikipedia, wiki: MediaWiki, failure: str
):
    wiki.fail = failure
    start = time.monotonic()
    with pytest.raises(WikipediaUnavailable):
        await wikipedia.look_up("Hilma Testova")
    assert time.monotonic() - start < LIMIT


async def test_no_server_at_all_is_unavailable(shelf: Shelf):
    client = Wikipedia(AGENT, shelf, Mirror("http://127.0.0.1:9"))
    with pytest.raises(WikipediaUnavailable):
        await client.article("Hilma Testova")
    await client.close()


async def test_after_a_429_nothing_is_asked_until_the_time_it_names(
    wikipedia: Wikipedia, wiki: MediaWiki
):
    wiki.fail = "429"
    with pytest.raises(WikipediaUnavailable):
        await wikipedia.article("Hilma Testova")
    wiki.fail = ""
    with pytest.raises(WikipediaUnavailable):
        await wikipedia.article("Paul Striker")
    assert len(wiki.requests) == 1


async def test_many_askers_share_one_request(wikipedia: Wikipedia, wiki: MediaWiki):
    wiki.delay = 0.1
    articles = await asyncio.gather(*(wikipedia.article("Hilma Testova") for _ in range(20)))
    assert {article.title for article in articles} == {"Hilma Testova"}
    assert wiki.asked == {"Hilma Testova": 1}


async def test_an_asker_who_gives_up_leaves_the_others_their_answer(
    wikipedia: Wikipedia, wiki: MediaWiki
):
    wiki.delay = 0.1
    first = asyncio.create_task(wikipedia.article("Hilma Testova"))
    second = asyncio.create_task(wikipedia.article("Hilma Testova"))
    await asyncio.sleep(0.03)
    first.cancel()
    assert (await second).title == "Hilma Testova"
    assert wiki.asked == {"Hilma Testova": 1}


async def test_a_fresh_page_is_served_from_the_cache_also_under_the_title_that_leads_to_it(
    wikipedia: Wikipedia, wiki: MediaWiki
):
    first = await wikipedia.article("h. Testova")
    assert first.title == "Hilma Testova"
    assert await wikipedia.article("H._Testova") == first
    assert await wikipedia.article("Hilma Testova") == first
    assert len(wiki.requests) == 1


async def test_an_old_page_is_fetched_anew(wikipedia: Wikipedia, wiki: MediaWiki, shelf: Shelf):
    await wikipedia.article("Hilma Testova")
    shelf.age(31)
    assert not (await wikipedia.article("Hilma Testova")).stale
    assert len(wiki.requests) == 2


async def test_an_old_page_is_served_as_stale_when_wikipedia_is_gone(
    wikipedia: Wikipedia, wiki: MediaWiki, shelf: Shelf
):
    await wikipedia.article("Testova")
    shelf.age(400)
    wiki.fail = "500"
    article = await wikipedia.look_up("Testova")
    assert article.stale
    assert article.title == "Hilma Testova"
    assert article.text


async def test_closing_gives_up_what_is_being_asked(wiki: MediaWiki):
    wiki.delay = 3
    client = Wikipedia(AGENT, transport=Mirror(wiki.address))
    asking = asyncio.create_task(client.article("Hilma Testova"))
    await asyncio.sleep(0.05)
    await client.close()
    with pytest.raises(asyncio.CancelledError):
        await asking
