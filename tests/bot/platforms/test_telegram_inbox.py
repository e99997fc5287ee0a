"""Updates on their way through Docent: kept before anything, each handled once, then forgotten."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.memory.store import Store
from bot.memory.updates import NotKeptError, Updates
from bot.platforms.telegram.albums import Albums
from bot.platforms.telegram.connection import PollingRequest
from bot.platforms.telegram.handling import Handling
from bot.platforms.telegram.inbox import Inbox, Remembered
from bot.platforms.telegram.reaching import UNSENT, Reach

BOT = 42


def said(number: int, **more: Any) -> dict[str, Any]:
    chat = {"id": 7, "type": "private", "first_name": "Ada"}
    message = {"message_id": number, "date": 1, "chat": chat, "text": "hi", **more}
    return {"update_id": number, "message": message}


@pytest.fixture
async def updates(tmp_path: Path) -> AsyncIterator[Updates]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    yield Updates(store)
    await store.close()


class Broken(Updates):
    """A database that cannot be written to."""

    def __init__(self) -> None:
        self.tries = 0

    async def keep(self, bot: int, contents: Mapping[int, dict[str, Any] | None]) -> set[int]:
        self.tries += 1
        raise NotKeptError("The database cannot be written to")

    async def done(self, bot: int, numbers: Collection[int]) -> None:
        self.tries += 1
        raise NotKeptError("The database cannot be written to")


async def test_what_comes_again_is_bare_also_after_a_restart(updates: Updates) -> None:
    inbox = Inbox(BOT, updates)
    assert await inbox.take([said(1), said(2)]) == [said(1), said(2)]
    assert await inbox.take([said(2), said(3)]) == [{"update_id": 2}, said(3)]
    await inbox.done([1, 2, 3])
    assert await Inbox(BOT, updates).take([said(1), said(4)]) == [{"update_id": 1}, said(4)]


async def test_without_a_database_repeats_are_known_until_the_end() -> None:
    inbox = Inbox(BOT)
    await inbox.take([said(1)])
    await inbox.done([1])
    assert await inbox.take([said(1)]) == [{"update_id": 1}]
    assert await inbox.left_over() == []


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


async def test_what_cannot_be_read_is_bare_and_does_not_come_again(updates: Updates) -> None:
    inbox = Inbox(BOT, updates)
    odd = {"update_id": 1, "message": {"chat": 5}}
    unknown = {"update_id": 2, "telepathy": {"text": "hi"}}
    assert await inbox.take([odd, unknown]) == [{"update_id": 1}, {"update_id": 2}]
    assert len(inbox) == 0
    assert await Inbox(BOT, updates).left_over() == []


@pytest.mark.parametrize("content", [{}, {"update_id": "x"}, [], None, 5])
async def test_what_is_no_update_is_an_error(content: Any) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        await Inbox(BOT).take([content])


async def test_what_is_not_done_is_left_over_with_the_time_at_which_it_came(
    updates: Updates,
) -> None:
    first = Inbox(BOT, updates)
    await first.take([said(1), said(2), said(3)])
    await first.done([2])
    came = first.came_at(3)
    second = Inbox(BOT, updates)
    assert await second.left_over() == [said(1), said(3)]
    assert abs(second.came_at(3) - came) < timedelta(seconds=1)
    assert datetime.now(UTC) - second.came_at(99) < timedelta(seconds=1)
    assert len(second) == 2


async def test_what_is_done_at_once_is_ticked_off_together(updates: Updates) -> None:
    inbox, calls = Inbox(BOT, updates), list[set[int]]()
    done = updates.done

    async def counted(bot: int, numbers: Collection[int]) -> None:
        calls.append(set(numbers))
        await done(bot, numbers)

    updates.done = counted  # type: ignore[method-assign]
    await inbox.take([said(number) for number in range(20)])
    await asyncio.gather(*[inbox.done([number]) for number in range(20)])
    assert len(calls) == 2
    assert set().union(*calls) == set(range(20))
    assert await Inbox(BOT, updates).left_over() == []


async def test_all_that_was_in_hand_is_waited_for_and_nothing_later() -> None:
    inbox = Inbox(BOT)
    await inbox.take([said(1), said(2)])
    settled = asyncio.create_task(inbox.settled())
    await asyncio.sleep(0)
    await inbox.take([said(3)])
    await inbox.done([1])
    await asyncio.sleep(0.01)
    assert not settled.done()
    await inbox.done([2])
    await asyncio.wait_for(settled, 1)


async def test_that_something_cannot_be_ticked_off_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    await Inbox(BOT, Broken()).done([1])
    assert "may be answered again" in caplog.text


class Answered(PollingRequest):
    """Telegram's answer to ``getUpdates``, as if it had come."""

    payload = b""

    async def ask(self) -> tuple[int, bytes]:
        return await self.do_request("", "POST")


@pytest.fixture
def telegram_says(monkeypatch: pytest.MonkeyPatch) -> Any:
    async def answer(request: Answered, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        return 200, request.payload

    monkeypatch.setattr(HTTPXRequest, "do_request", answer)

    def says(inbox: Inbox, answer: object) -> Answered:
        request = Answered(inbox)
        request.payload = json.dumps(answer).encode()
        return request

    return says


async def test_updates_are_kept_before_they_are_handed_on(
    telegram_says: Any, updates: Updates
) -> None:
    request = telegram_says(Inbox(BOT, updates), {"ok": True, "result": [said(1)]})
    assert await request.ask() == (200, request.payload)
    assert request.answered.is_set()
    assert [each.content for each in await updates.waiting(BOT)] == [said(1)]


async def test_updates_that_cannot_be_kept_are_not_confirmed(telegram_says: Any) -> None:
    request = telegram_says(Inbox(BOT, Broken()), {"ok": True, "result": [said(1)]})
    code, _ = await request.ask()
    assert code == 502
    assert not request.answered.is_set()


@pytest.mark.parametrize("answer", [True, {"ok": True}, {"ok": True, "result": True}])
async def test_an_answer_without_updates_is_a_bad_gateway(
    telegram_says: Any, answer: object
) -> None:
    code, _ = await telegram_says(Inbox(BOT), answer).ask()
    assert code == 502


class Answering:
    """An adapter that takes an album for one, and fails as it is told."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.albums = Albums(0.01)
        self.reach = Reach()
        self.fault = fault

    async def answer(self, update: Update, _: object) -> None:
        await self.albums.whole(update)
        if self.fault is not None:
            raise self.fault


class Unheeding:
    async def heed(self, update: Update) -> None:
        """Nobody comes, nobody goes."""


def unsent() -> NetworkError:
    fault = NetworkError("no way out")
    fault.__cause__ = UNSENT[0]("refused")
    return fault


async def handle(inbox: Inbox, adapter: Answering, content: dict[str, Any]) -> None:
    update = Update.de_json(content, None)
    assert update is not None
    handling = Handling(adapter, Unheeding(), inbox)  # type: ignore[arg-type]
    with suppress(TelegramError):
        await handling(update, None)  # type: ignore[arg-type]


async def test_an_album_is_ticked_off_whole() -> None:
    inbox, adapter = Inbox(BOT), Answering()
    contents = [said(number, media_group_id="1") for number in (1, 2, 3)]
    for content in await inbox.take(contents):
        adapter.albums.note(Update.de_json(content, None))
    await handle(inbox, adapter, contents[0])
    assert len(inbox) == 0


async def test_what_failed_for_good_is_ticked_off() -> None:
    inbox = Inbox(BOT)
    await inbox.take([said(1), said(2)])
    await handle(inbox, Answering(TelegramError("chat not found")), said(1))
    await handle(inbox, Answering(unsent()), said(2))
    assert len(inbox) == 0


async def test_what_could_not_leave_while_docent_was_stopped_is_answered_after_its_start() -> None:
    inbox, adapter = Inbox(BOT), Answering(unsent())
    await inbox.take([said(1), said(2)])
    adapter.reach.stopping.set()
    await handle(inbox, adapter, said(1))
    assert len(inbox) == 2
    adapter.fault = NetworkError("timed out: it may have arrived")
    await handle(inbox, adapter, said(2))
    assert len(inbox) == 1
