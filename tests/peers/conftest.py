"""Servers and browsers on this machine that tests speak with."""

import os
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.peers.telegram_bot import Scripted
    from tests.peers.telegram_server import BotApiServer


@pytest.fixture
async def telegram_server() -> "AsyncIterator[BotApiServer]":
    """A Bot API server; at the end, nothing the bot asked of it may have been against the rules."""
    from tests.peers.telegram_server import BotApiServer
    from tests.peers.telegram_spec import PATH

    if not PATH.exists():
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"Telegram's published description is not at {PATH}")
    async with BotApiServer() as server:
        yield server
        assert server.problems == []


@pytest.fixture
def assistant() -> "Scripted":
    """An assistant that keeps what it was asked."""
    from tests.peers.telegram_bot import Scripted

    return Scripted()
