"""Order within a chat, and patience with Telegram's flood limits."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import Update
from telegram.error import RetryAfter

from bot.platforms.telegram.limiting import ChatLimiter
from bot.platforms.telegram.ordering import ChatOrder, Remembered


def update(number: int, chat: int) -> Update:
    """A message in a chat."""
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}}
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


async def test_update_that_comes_again_is_neither_announced_nor_worked_on() -> None:
    arrived, done = list[int](), list[int]()
    order = ChatOrder(lambda new: arrived.append(new.update_id))

    async def work() -> None:
        done.append(1)

    for _ in range(2):
        await order.process_update(update(1, 7), work())
    assert (arrived, done) == ([1], [1])


async def test_chat_that_sends_too_much_loses_the_excess_until_it_is_answered() -> None:
    order, done, gate = ChatOrder(lambda _: None, waiting=2), list[int](), asyncio.Event()

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


def test_only_the_last_numbers_are_remembered() -> None:
    seen = Remembered(2)
    assert [seen.is_new(number) for number in (1, 2, 1, 3, 2, 1)] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]


class Telegram:
    """Asks once for each of these waits (seconds), then answers."""

    def __init__(self, *waits: float) -> None:
        self.waits = list(waits)
        self.calls = 0

    async def __call__(self) -> bool:
        self.calls += 1
        if self.waits:
            raise RetryAfter(timedelta(seconds=self.waits.pop(0)))
        return True


async def ask(limiter: ChatLimiter, telegram: Telegram, **data: Any) -> object:
    """Have the limiter make a request."""
    endpoint = data.pop("endpoint", "sendMessage")
    return await limiter.process_request(telegram, (), {}, endpoint, data, None)


async def test_request_is_made_again_when_its_time_has_come() -> None:
    loop, telegram = asyncio.get_running_loop(), Telegram(1)
    began = loop.time()
    assert await ask(ChatLimiter(), telegram, chat_id=7)
    assert loop.time() - began >= 0.99
    assert telegram.calls == 2


async def test_only_the_chat_that_was_told_to_wait_waits() -> None:
    limiter, loop = ChatLimiter(), asyncio.get_running_loop()
    waiting = asyncio.create_task(ask(limiter, Telegram(1), chat_id=7))
    await asyncio.sleep(0)
    began = loop.time()
    await ask(limiter, Telegram(), chat_id=8)
    await ask(limiter, Telegram(), endpoint="getFile")
    assert loop.time() - began < 0.5
    same = Telegram()
    also = asyncio.create_task(ask(limiter, same, chat_id=7))
    await asyncio.sleep(0.1)
    assert same.calls == 0
    await asyncio.gather(waiting, also)


@pytest.mark.parametrize(
    ("telegram", "endpoint", "calls"),
    [
        (Telegram(0.01, 0.01, 0.01), "sendMessage", 3),
        (Telegram(3600), "sendMessage", 1),
        (Telegram(1), "sendChatAction", 1),
    ],
    ids=["three tries", "too long a wait", "a mere sign of typing"],
)
async def test_patience_is_bounded(telegram: Telegram, endpoint: str, calls: int) -> None:
    with pytest.raises(RetryAfter):
        await ask(ChatLimiter(), telegram, chat_id=7, endpoint=endpoint)
    assert telegram.calls == calls
