"""Messages go as fast as Telegram's published limits allow, and no chat waits for another."""

import asyncio
from itertools import pairwise

import pytest

from bot.platforms.telegram import limits
from bot.platforms.telegram.pacing import Pace, Window

GROUP, OTHER, ADA = "-100", "-200", "7"


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waits: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        self._waits.append((self.now + seconds, awake))
        await awake.wait()

    async def run(self, until: float) -> None:
        """Let time pass."""
        while True:
            for _ in range(50):
                await asyncio.sleep(0)
            due = [wait for wait in self._waits if wait[0] <= until]
            if not due:
                self.now = until
                return
            first = min(due, key=lambda wait: wait[0])
            self._waits.remove(first)
            self.now = max(self.now, first[0])
            first[1].set()


class Sending:
    """Tells when each message of each chat went."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.pace = Pace(self.clock, self.clock.sleep)
        self.sent: list[tuple[str, int, float]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def send(self, chat: str, times: int = 1, count: int = 1) -> None:
        for number in range(times):
            self.tasks.append(asyncio.create_task(self._send(chat, number, count)))

    def times(self, chat: str) -> list[float]:
        return [at for where, _, at in self.sent if where == chat]

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _send(self, chat: str, number: int, count: int) -> None:
        await self.pace.turn(chat, count)
        self.sent.append((chat, number, self.clock.now))


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= at < start + seconds for at in times) for start in times)


async def test_a_group_gets_twenty_messages_in_any_minute_and_all_in_their_order() -> None:
    sending = Sending()
    sending.send(GROUP, 50)
    await sending.clock.run(until=200)
    assert [number for _, number, _ in sending.sent] == list(range(50))
    assert most_within(sending.times(GROUP), 60.0) == 20
    assert max(sending.times(GROUP)) < 150, "no slower than the limit asks"


async def test_a_person_gets_a_short_burst_and_then_one_message_a_second() -> None:
    sending = Sending()
    sending.send(ADA, 12)
    await sending.clock.run(until=60)
    assert sending.times(ADA) == [0.0] * 3 + [3.0] * 3 + [6.0] * 3 + [9.0] * 3


async def test_a_chat_that_waits_holds_up_no_other() -> None:
    sending = Sending()
    sending.send(GROUP, 100)
    await sending.clock.run(until=10)
    sending.send(OTHER)
    sending.send(ADA)
    await sending.clock.run(until=10.01)
    assert sending.times(OTHER) == sending.times(ADA) == [10.0]
    assert sending.pace.is_waited_for(GROUP)
    assert not sending.pace.is_waited_for(ADA)
    await sending.stop()


async def test_all_chats_together_get_thirty_messages_a_second() -> None:
    sending = Sending()
    for chat in range(100):
        sending.send(str(chat + 1))
    sending.send("")
    await sending.clock.run(until=10)
    times = [at for _, _, at in sending.sent]
    assert len(times) == 101
    assert most_within(times, 1.0) == 30
    assert max(times) <= 3.0


async def test_an_album_counts_as_its_pictures() -> None:
    sending = Sending()
    sending.send(ADA, count=10)
    sending.send(ADA)
    await sending.clock.run(until=60)
    assert sending.times(ADA) == [0.0, 9.0]


async def test_whoever_gives_up_waiting_holds_up_nobody() -> None:
    sending = Sending()
    sending.send(ADA, 5)
    await sending.clock.run(until=1)
    sending.tasks[3].cancel()
    await sending.clock.run(until=60)
    assert [number for _, number, _ in sending.sent] == [0, 1, 2, 4]


async def test_only_chats_whose_limits_are_as_good_as_new_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PACED_CHATS", 2)
    sending = Sending()
    sending.send(ADA, 3)
    sending.send(GROUP, 3)
    await sending.clock.run(until=30)
    sending.send("8", 1)
    await sending.clock.run(until=30)
    sending.send(GROUP, 20)
    await sending.clock.run(until=200)
    assert most_within(sending.times(GROUP), 60.0) == 20
    assert ADA not in sending.pace._chats


def test_a_window_is_free_when_its_oldest_message_no_longer_counts() -> None:
    window = Window(2, 10.0)
    window.note(1.0)
    window.note(4.0)
    assert [window.free_at(count) for count in (1, 2, 9)] == [11.0, 14.0, 14.0]
    assert not window.is_fresh(13.9)
    assert window.is_fresh(14.0)
    assert all(a <= b for a, b in pairwise((window.free_at(1), window.free_at(2))))
