"""Servers and browsers on this machine that tests speak with."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.memory.store import Store
    from tests.peers.fault_proxy import FaultProxy
    from tests.peers.mediawiki import MediaWiki
    from tests.peers.telegram_bot import Scripted
    from tests.peers.telegram_raw import RawBot
    from tests.peers.telegram_server import BotApiServer


@pytest.fixture
async def telegram_server() -> "AsyncIterator[BotApiServer]":
    """A Bot API server; at the end, nothing the bot asked of it may have been against the rules."""
    from tests.peers.telegram_server import BotApiServer

    require_telegrams_description()
    async with BotApiServer() as server:
        yield server
        assert server.problems == []


@pytest.fixture
async def server() -> "AsyncIterator[BotApiServer]":
    """A Bot API server that may be asked for the wrong things, to see it refuse them."""
    from tests.peers.telegram_server import BotApiServer

    require_telegrams_description()
    async with BotApiServer() as server:
        yield server


@pytest.fixture
async def bot(server: "BotApiServer") -> "AsyncIterator[RawBot]":
    """A bot on bare HTTP, to which a person with the id 7 has spoken."""
    from tests.peers.telegram_raw import RawBot

    async with RawBot(server.url, server.token) as bot:
        server.people.send_text(7, "/start")
        yield bot


def require_telegrams_description() -> None:
    """Skip, or in CI fail, where the description of Telegram's Bot API is not at hand."""
    from tests.peers.telegram_server.spec import PATH

    if not PATH.exists():
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"Telegram's published description is not at {PATH}")


@pytest.fixture
def assistant() -> "Scripted":
    """An assistant that keeps what it was asked."""
    from tests.peers.telegram_bot import Scripted

    return Scripted()


@pytest.fixture
async def store(tmp_path: Path) -> "AsyncIterator[Store]":
    """A database of one test."""
    from bot.memory.store import Store

    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    yield store
    await store.close()


@pytest.fixture(scope="session")
def mediawiki(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[MediaWiki]":
    """A real MediaWiki with pages of our own, one for all tests."""
    from tests.peers.mediawiki import MediaWiki, require_mediawiki

    require_mediawiki()
    with MediaWiki(tmp_path_factory.mktemp("mediawiki")) as server:
        yield server


@pytest.fixture
async def proxy(mediawiki: "MediaWiki") -> "AsyncIterator[FaultProxy]":
    """The way to the MediaWiki, on which things can go wrong."""
    from tests.peers.fault_proxy import FaultProxy

    async with FaultProxy(mediawiki.address) as server:
        yield server
