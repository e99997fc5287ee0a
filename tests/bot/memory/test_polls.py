"""Which poll asks what survives a restart, and is forgotten when it is long over."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.memory.moving import move_chat
from bot.memory.polls import KEPT, AskedPoll, Polls
from bot.memory.store import Store
from bot.memory.tables import PollRow

POLL = AskedPoll("telegram", "5000", "-5", "7", True, ("quiz:1:0", "quiz:1:1"))


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}"


async def test_a_poll_is_known_after_a_restart_and_others_are_not(address: str) -> None:
    store = await Store.open(address)
    await Polls(store).keep(POLL)
    await Polls(store).keep(POLL)
    await store.close()
    store = await Store.open(address)
    assert await Polls(store).find("telegram", "5000") == POLL
    assert await Polls(store).find("telegram", "5001") is None
    assert await Polls(store).find("discord", "5000") is None
    await store.close()


async def test_a_poll_goes_where_its_chat_goes(address: str) -> None:
    store = await Store.open(address)
    await Polls(store).keep(POLL)
    await move_chat(store, "telegram", "-5", "-1005")
    found = await Polls(store).find("telegram", "5000")
    assert found is not None
    assert (found.chat, found.data) == ("-1005", POLL.data)
    await store.close()


async def test_a_poll_that_is_long_over_is_forgotten(address: str) -> None:
    store = await Store.open(address)
    await Polls(store).keep(POLL)
    async with store.writing() as session:
        await session.execute(update(PollRow).values(at=datetime.now(UTC) - 1.01 * KEPT))
    await Polls(store).keep(AskedPoll("telegram", "5001", "-5", "", True, ()))
    assert await Polls(store).find("telegram", "5000") is None
    assert await Polls(store).find("telegram", "5001") is not None
    await store.close()
