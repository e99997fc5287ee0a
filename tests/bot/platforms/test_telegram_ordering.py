"""Chats side by side, each in its order."""

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot.platforms.telegram.ordering import ChatOrder


def update(number: int, chat: int, **more: Any) -> Update:
    """A message in a chat."""
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, **more}
    read = Update.de_json({"update_id": number, "message": message}, None)
    assert read is not None
    return read


async def test_chats_run_side_by_side_and_each_keeps_its_order() -> None:
    order, done, gate = ChatOrder(lambda _: None), list[int](), asyncio.Event()

    async def work(number: int) -> None:
        if number == 1:
            await gate.wait()
        done.append(number)

    numbered = ((1, 7), (2, 7), (3, 8), (4, 7))
    tasks = [
        asyncio.create_task(order.process_update(update(number, chat), work(number)))
        for number, chat in numbered
    ]
    await asyncio.sleep(0.01)
    assert done == [3]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [3, 1, 2, 4]


async def test_failed_update_frees_its_chat() -> None:
    order, done = ChatOrder(lambda _: None), list[int]()

    async def fail() -> None:
        raise ValueError

    async def work() -> None:
        done.append(2)

    with pytest.raises(ValueError):
        await order.process_update(update(1, 7), fail())
    await order.process_update(update(2, 7), work())
    assert done == [2]


async def test_bare_update_is_neither_announced_nor_worked_on() -> None:
    arrived, done = list[int](), list[int]()
    order = ChatOrder(lambda new: arrived.append(new.update_id))

    async def work() -> None:
        done.append(1)

    await order.process_update(Update(1), work())
    assert (arrived, done) == ([], [])


async def test_a_chats_turn_can_be_had_without_an_update() -> None:
    order, done, gate = ChatOrder(lambda _: None), list[str](), asyncio.Event()

    async def work(name: str) -> None:
        if name == "first":
            await gate.wait()
        done.append(name)

    async def notice(chat: int) -> None:
        async with order.turn(chat):
            done.append(f"notice to {chat}")

    first = asyncio.create_task(order.process_update(update(1, 7), work("first")))
    await asyncio.sleep(0)
    tasks = [asyncio.create_task(notice(7)), asyncio.create_task(notice(8))]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(order.process_update(update(2, 7), work("second"))))
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(first, *tasks)
    assert done == ["notice to 8", "first", "notice to 7", "second"]


@pytest.mark.parametrize("tells", [{"migrate_to_chat_id": -2}, {"migrate_from_chat_id": -1}])
async def test_when_a_group_moves_all_of_the_old_one_goes_before_all_of_the_new_one(
    tells: dict[str, int],
) -> None:
    order, done, gate = ChatOrder(lambda _: None), list[str](), asyncio.Event()
    moved = update(2, -1 if "migrate_to_chat_id" in tells else -2, **tells)

    async def work(name: str) -> None:
        if name == "old":
            await gate.wait()
        done.append(name)

    tasks = []
    for new, name in ((update(1, -1), "old"), (moved, "moved"), (update(3, -2), "new")):
        tasks.append(asyncio.create_task(order.process_update(new, work(name))))
        await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks)
    assert done == ["old", "moved", "new"]


def vote(number: int, poll: str) -> Update:
    user = {"id": 7, "is_bot": False, "first_name": "Ada"}
    answer = {"poll_id": poll, "user": user, "option_ids": [0], "option_persistent_ids": ["a"]}
    read = Update.de_json({"update_id": number, "poll_answer": answer}, None)
    assert read is not None
    return read


async def test_votes_wait_for_those_of_the_same_poll_only() -> None:
    order, done, gate = ChatOrder(lambda _: None), list[int](), asyncio.Event()

    async def work(number: int) -> None:
        if number == 1:
            await gate.wait()
        done.append(number)

    tasks = [
        asyncio.create_task(order.process_update(vote(number, poll), work(number)))
        for number, poll in ((1, "a"), (2, "a"), (3, "b"))
    ]
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [3, 1, 2]


async def test_chat_that_sends_too_much_loses_the_excess_until_it_is_answered() -> None:
    done, dropped, gate = list[int](), list[int](), asyncio.Event()

    async def drop(update: Update) -> None:
        dropped.append(update.update_id)

    order = ChatOrder(lambda _: None, waiting=2, dropped=drop)

    async def work(number: int) -> None:
        await gate.wait()
        done.append(number)

    tasks = [
        asyncio.create_task(order.process_update(update(number, 7), work(number)))
        for number in range(1, 6)
    ]
    await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(*tasks)
    await order.process_update(update(6, 7), work(6))
    assert done == [1, 2, 3, 6]
    assert dropped == [4, 5]


async def test_many_may_vote_at_once_and_every_vote_counts() -> None:
    order, done = ChatOrder(lambda _: None, waiting=2), list[int]()

    async def work(number: int) -> None:
        await asyncio.sleep(0)
        done.append(number)

    votes = (order.process_update(vote(number, "a"), work(number)) for number in range(300))
    await asyncio.gather(*votes)
    assert done == list(range(300))
