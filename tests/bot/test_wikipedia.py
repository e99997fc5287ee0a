"""A painter whom the library lacks: from a server like Wikipedia all the way to the visitor."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_parts
from bot.conversation.assistant import Assistant
from bot.settings import Settings
from tests.bot.conversation.speaking import Visitor, words
from tests.knowledge.mediawiki import MediaWiki
from tests.tiny_model import write_tiny_model


@pytest.fixture
async def wiki() -> AsyncIterator[MediaWiki]:
    server = MediaWiki()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def settings(tmp_path: Path, wiki: MediaWiki) -> Settings:
    return Settings(
        data_folder=tmp_path,
        model_card=write_tiny_model(tmp_path / "model"),
        wikipedia=True,
        wikipedia_mirror=wiki.address,
    )


async def test_a_page_is_told_with_its_credit_and_kept_for_the_next_who_asks(
    settings: Settings, wiki: MediaWiki
) -> None:
    async with open_parts(settings) as parts:
        first = words(await Visitor(Assistant(parts)).asks("artist", "Hilma Testova"))
    assert "Swedish painter of lakes" in first
    assert "Wikipedia: Hilma Testova" in first
    asked = len(wiki.requests)
    wiki.fail = "500"
    async with open_parts(settings) as parts:
        again = words(await Visitor(Assistant(parts)).asks("artist", "Hilma Testova"))
    assert again == first
    assert len(wiki.requests) == asked


async def test_a_footballer_is_not_taken_for_a_painter(settings: Settings) -> None:
    async with open_parts(settings) as parts:
        reply = words(await Visitor(Assistant(parts)).asks("artist", "Paul Striker"))
    assert "not as a painter" in reply
    assert "Paul Striker (painter)" in reply


async def test_without_an_answer_the_visitor_is_told_so(
    settings: Settings, wiki: MediaWiki
) -> None:
    wiki.fail = "500"
    async with open_parts(settings) as parts:
        reply = words(await Visitor(Assistant(parts)).asks("artist", "Hilma Testova"))
    assert "cannot be reached just now" in reply
