"""The library: our own entries first, Wikipedia after."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.articles import ArticleKind, WikipediaUnavailable
from knowledge.library import Library
from knowledge.mirror import Mirror
from knowledge.names import Match
from knowledge.wikipedia import Wikipedia
from tests.knowledge.content_folder import HOCKNEY, story
from tests.knowledge.mediawiki import MediaWiki


@pytest.fixture
async def encyclopedia(wiki: MediaWiki) -> AsyncIterator[Wikipedia]:
    client = Wikipedia("DocentTest/1.0 (tests@example.org)", transport=Mirror(wiki.address))
    yield client
    await client.close()


def without_story(folder: Path, name: str, wikidata: str = "", other: str = "") -> str:
    """Add a painter of whom there is no story; return the id."""
    id_ = name.lower().replace(" ", "-")
    text = HOCKNEY.format(story=story(0, "x")).replace("david-hockney", id_)
    text = text.replace("David Hockney", name).replace("[ids]", f'[ids]\nwikidata = "{wikidata}"')
    text = text.replace("nationality", f'other_names = ["{other}"]\nnationality', 1)
    (folder / "artists" / f"{id_}.toml").write_text(text, encoding="utf-8")
    return id_


async def opened(folder: Path, encyclopedia: Wikipedia | None) -> Library:
    return await Library.open(folder, folder.parent / "knowledge.sqlite3", encyclopedia)


async def test_painters_and_movements_are_found_by_name(folder: Path):
    library = await opened(folder, None)
    assert library.find_artist("Vermer") == Match(("johannes-vermeer",), True)
    assert library.find_movement("baroque painting") == Match(("baroque",), True)
    assert library.find_artist("baroque") == Match()


async def test_our_own_text_comes_with_all_its_sources_and_asks_nobody(
    folder: Path, encyclopedia: Wikipedia, wiki: MediaWiki
):
    library = await opened(folder, encyclopedia)
    told = await library.story(library.artists["johannes-vermeer"], "de")
    assert told.text.startswith("vermeer0")
    assert told.sources[0].name == "Docent's editors"
    assert (told.note, told.language) == ("", "en")
    assert wiki.requests == []


async def test_without_our_own_text_wikipedia_tells_with_title_link_and_licence(
    folder: Path, encyclopedia: Wikipedia
):
    id_ = without_story(folder, "Hilma Testova", "Q900001")
    library = await opened(folder, encyclopedia)
    told = await library.story(library.artists[id_])
    assert told.text.startswith("Hilma Testova")
    assert (told.note, told.shortened) == ("shortened", True)
    (source,) = told.sources
    assert source.name == "Wikipedia: Hilma Testova"
    assert source.link == "https://en.wikipedia.org/wiki/Hilma_Testova"
    assert source.licence == "CC BY-SA 4.0"


async def test_the_page_in_the_visitors_language_is_asked_by_the_name_in_its_script(
    folder: Path, encyclopedia: Wikipedia
):
    id_ = without_story(folder, "Hilma Testova", "Q900001", "Хильма Тестова")
    library = await opened(folder, encyclopedia)
    told = await library.story(library.artists[id_], "ru")
    assert told.language == "ru"
    assert "художница" in told.text


async def test_a_language_without_the_page_falls_back_to_english(
    folder: Path, encyclopedia: Wikipedia
):
    id_ = without_story(folder, "Hilma Testova", "Q900001", "Хильма Неизвестная")
    library = await opened(folder, encyclopedia)
    assert (await library.story(library.artists[id_], "ru")).language == "en"


@pytest.mark.parametrize(
    ("name", "wikidata"),
    [
        ("Hilma Testova", "Q1"),
        ("Paul Striker", ""),
        ("Francis Examplar", ""),
        ("Nobody Atall", ""),
        ("Q", ""),
    ],
)
async def test_a_page_about_somebody_else_is_never_told(
    folder: Path, encyclopedia: Wikipedia, name: str, wikidata: str
):
    id_ = without_story(folder, name, wikidata)
    library = await opened(folder, encyclopedia)
    told = await library.story(library.artists[id_])
    assert (told.text, told.note) == ("", "no_page")
    assert [source.key for source in told.sources] == ["docent", "archive"]


async def test_without_a_network_the_facts_remain(
    folder: Path, encyclopedia: Wikipedia, wiki: MediaWiki
):
    id_ = without_story(folder, "Hilma Testova")
    wiki.fail = "500"
    for behind, note in ((encyclopedia, "wikipedia_unavailable"), (None, "")):
        library = await opened(folder, behind)
        told = await library.story(library.artists[id_])
        assert (told.text, told.note) == ("", note)
        assert told.sources


async def test_a_story_in_two_languages_has_one_time_limit(folder: Path, wiki: MediaWiki):
    id_ = without_story(folder, "Hilma Testova", "Q900001", "Никто")
    wiki.delay = 0.6
    client = Wikipedia("Test (t@example.org)", transport=Mirror(wiki.address), time_limit=1.0)
    library = await opened(folder, client)
    start = time.monotonic()
    told = await library.story(library.artists[id_], "ru")
    assert time.monotonic() - start < 1.3
    assert told.note == "wikipedia_unavailable"
    await client.close()


async def test_a_painter_the_library_lacks_is_looked_up(folder: Path, encyclopedia: Wikipedia):
    library = await opened(folder, encyclopedia)
    article = await library.look_up("hilma testova")
    assert article is not None
    assert article.kind is ArticleKind.ARTIST
    assert await library.look_up("Nobody Atall") is None
    assert await library.look_up("<b>") is None
    assert await (await opened(folder, None)).look_up("Hilma Testova") is None


async def test_looking_up_without_a_network_says_so(
    folder: Path, encyclopedia: Wikipedia, wiki: MediaWiki
):
    library = await opened(folder, encyclopedia)
    wiki.fail = "403"
    with pytest.raises(WikipediaUnavailable):
        await library.look_up("Hilma Testova")
