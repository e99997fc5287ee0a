"""What is said unasked is made side by side: no chat holds up another."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from bot.conversation import timekeeping
from bot.conversation.events import Chat
from bot.conversation.notices import Make, Notice, Settled, at_once
from bot.conversation.replies import Paragraph, Reply
from bot.conversation.speech import Parts
from bot.conversation.timekeeping import Timekeeper
from bot.conversation.tours.clock import TourClock

CHAT = Chat("test", "group", is_group=True)


class Clock:
    """Has something to say at any time, until it was told."""

    def __init__(self, *ids: str) -> None:
        self.ids = list(ids)
        self.faults: list[Exception] = []
        self.made: list[str] = []

    async def due(self, platform: str, now: datetime) -> Mapping[str, Make]:
        return {id_: self._make(id_) for id_ in self.ids}

    async def next(self, platform: str) -> datetime | None:
        return None

    def _make(self, id_: str) -> Make:
        async def make(settled: Settled) -> Notice:
            self.made.append(id_)
            if self.faults:
                raise self.faults.pop()
            chat = replace(CHAT, id=id_)
            await settled(chat)
            return Notice(id_, chat, Reply((Paragraph(id_),)))

        return make


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The one clock of a timekeeper."""
    clock = Clock("round:1", "round:2")
    monkeypatch.setattr(TourClock, "due", lambda _, *where: clock.due(*where))
    return clock


async def some(notices: AsyncIterator[Notice], count: int) -> list[str]:
    async with asyncio.timeout(5):
        return [(await anext(notices)).id for _ in range(count)]


async def test_a_chat_whose_taps_do_not_settle_holds_up_no_other(
    parts: Parts, clock: Clock
) -> None:
    dealt_with = asyncio.Event()

    async def settled(chat: Chat) -> None:
        if chat.id == "round:1":
            await dealt_with.wait()

    notices = Timekeeper(parts).notices("test", settled)
    assert await some(notices, 1) == ["round:2"]
    clock.ids.append("round:3")
    parts.bell.ring()
    assert await some(notices, 1) == ["round:3"]
    dealt_with.set()
    assert await some(notices, 1) == ["round:1"]
    assert sorted(clock.made) == ["round:1", "round:2", "round:3"]


async def test_what_cannot_be_made_is_tried_again_and_nothing_else_waits_for_it(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timekeeping, "BEGUN_SECONDS", 0.05)
    monkeypatch.setattr(timekeeping, "LOOKED_SECONDS", 0.05)
    clock.faults.append(RuntimeError("the photo is gone"))
    notices = Timekeeper(parts).notices("test", at_once)
    assert sorted(await some(notices, 2)) == ["round:1", "round:2"]
    assert len(clock.made) == 3


async def test_what_was_not_told_comes_again_after_a_while_and_not_before(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timekeeping, "AGAIN_SECONDS", 0.3)
    monkeypatch.setattr(timekeeping, "LOOKED_SECONDS", 0.01)
    notices = Timekeeper(parts).notices("test", at_once)
    began = asyncio.get_running_loop().time()
    assert sorted(await some(notices, 2)) == ["round:1", "round:2"]
    assert sorted(await some(notices, 2)) == ["round:1", "round:2"]
    assert asyncio.get_running_loop().time() - began >= 0.3


async def test_what_was_made_and_not_given_out_comes_to_who_asks_next(
    parts: Parts, clock: Clock
) -> None:
    keeper = Timekeeper(parts)
    first = keeper.notices("test", at_once)
    given = await some(first, 1)
    await first.aclose()
    assert await some(keeper.notices("test", at_once), 1) == [
        each for each in clock.ids if each not in given
    ]


async def test_what_is_told_while_it_is_looked_for_what_is_due_is_not_said_again(
    parts: Parts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.ids = ["round:1"]
    keeper = Timekeeper(parts)
    notices = keeper.notices("test", at_once)
    notice = await anext(notices)
    look = clock.due

    async def told(_: TourClock, notice: str, message: str) -> None:
        clock.ids.remove(notice)

    async def due(platform: str, now: datetime) -> Mapping[str, Make]:
        found = await look(platform, now)
        if clock.ids:
            await keeper.told(notice, "7")
        return found

    monkeypatch.setattr(TourClock, "told", told)
    monkeypatch.setattr(clock, "due", due)
    parts.bell.ring()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(notices), 0.3)
    assert clock.made == ["round:1"]
