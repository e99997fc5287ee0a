"""The updates that a platform handed over: none lost, none twice, nothing of them kept for long."""

import traceback
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from bot.memory.store import Store
from bot.memory.tables import UpdateRow
from bot.memory.updates import KEPT, TRIES, NotKeptError, Updates

BOT = 42


@pytest.fixture
def updates(store: Store) -> Updates:
    return Updates(store)


def said(*numbers: int) -> dict[int, dict[str, object] | None]:
    return {number: {"update_id": number, "message": "hush"} for number in numbers}


async def waiting(updates: Updates, bot: int = BOT) -> list[int]:
    return [each.content["update_id"] for each in await updates.waiting(bot)]


async def test_only_what_never_came_is_new_and_each_bot_counts_for_itself(updates: Updates) -> None:
    assert await updates.keep(BOT, said(1, 2)) == {1, 2}
    await updates.done(BOT, [1])
    assert await updates.keep(BOT, said(1, 2, 3)) == {3}
    assert await updates.keep(BOT + 1, said(1)) == {1}
    assert await updates.keep(BOT, {}) == set()


async def test_what_is_not_done_waits_in_the_order_in_which_it_came(updates: Updates) -> None:
    """Telegram starts its numbers anew after a quiet week."""
    await updates.keep(BOT, said(900, 901))
    await updates.keep(BOT, said(5, 7, 6))
    await updates.done(BOT, [901, 6])
    assert await waiting(updates) == [900, 5, 7]
    assert await waiting(updates, BOT + 1) == []


async def test_an_update_with_nothing_to_do_is_known_and_does_not_wait(updates: Updates) -> None:
    assert await updates.keep(BOT, {1: None}) == {1}
    assert await waiting(updates) == []
    assert await updates.keep(BOT, said(1)) == set()


async def test_what_was_said_is_forgotten_once_it_is_done(store: Store, updates: Updates) -> None:
    await updates.keep(BOT, said(1))
    await updates.done(BOT, [1])
    async with store.reading() as session:
        assert (await session.scalars(select(UpdateRow.content))).all() == [None]


async def test_an_update_that_ends_docent_each_time_is_let_go(updates: Updates) -> None:
    await updates.keep(BOT, said(1))
    for _ in range(TRIES):
        assert await waiting(updates) == [1]
    assert await waiting(updates) == []
    assert await updates.keep(BOT, said(1)) == set()


async def test_two_days_later_nothing_is_left(store: Store, updates: Updates) -> None:
    await updates.keep(BOT, said(1, 2))
    await updates.done(BOT, [1])
    late = datetime.now(UTC) - KEPT - timedelta(seconds=1)
    async with store.writing() as session:
        await session.execute(update(UpdateRow).values(at=late))
    await updates.keep(BOT, said(3))
    async with store.reading() as session:
        assert (await session.scalars(select(UpdateRow.number))).all() == [3]


async def test_when_an_update_came_is_kept(updates: Updates) -> None:
    began = datetime.now(UTC)
    await updates.keep(BOT, said(1))
    (one,) = await updates.waiting(BOT)
    assert began <= one.at <= datetime.now(UTC)


async def test_what_people_write_does_not_stand_in_a_faults_traceback(
    store: Store, updates: Updates
) -> None:
    full = "CREATE TRIGGER full BEFORE INSERT ON updates BEGIN SELECT RAISE(ABORT, 'full'); END"
    async with store.writing() as session:
        await session.execute(text(full))
    with pytest.raises(NotKeptError) as fault:
        await updates.keep(BOT, said(1))
    told = "".join(traceback.format_exception(fault.value))
    assert "INSERT INTO updates" in told
    assert "hush" not in told
