"""A kill between any two updates loses none of them, and says nothing twice."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.conversation.events import Album, Command, Event, Tap
from bot.conversation.replies import Reply
from bot.memory.store import Store
from bot.memory.tables import UpdateRow
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_kill import confirmed, killed, until
from tests.peers.telegram_server import BotApiServer

ADA, BOB = 7, 8


async def left_undone(store: Store, most: int) -> None:
    """Wait until at most so many updates are kept that were not dealt with."""
    undone = select(func.count()).select_from(UpdateRow).where(UpdateRow.content.is_not(None))
    async with asyncio.timeout(8):
        while True:
            async with store.reading() as session:
                if (await session.scalar(undone) or 0) <= most:
                    return
            await asyncio.sleep(0.01)


async def test_what_telegram_may_forget_is_handled_after_a_kill_in_order(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    people = telegram_server.people
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    async with killed(telegram_server, assistant, store):
        people.send_text(ADA, "/help")
        people.send_text(ADA, "/artist Vermeer")
        people.send_text(BOB, "/help")
        await telegram_server.next_message()
        await confirmed(telegram_server)
        await left_undone(store, 2)
    assert [event.chat.id for event in assistant.events] == [str(ADA), str(BOB)]
    assistant.events.clear()
    gate.set()
    async with running(telegram_server, assistant, store=store):
        people.send_text(ADA, "/start")
        for _ in range(3):
            await telegram_server.next_message()
    names = [event.name for event in assistant.events if isinstance(event, Command)]
    assert names == ["help", "artist", "start"]
    assert len(telegram_server.calls("sendMessage")) == 4


async def test_what_was_answered_is_not_answered_again_though_telegram_repeats_it(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    people = telegram_server.people
    async with killed(telegram_server, assistant, store):
        people.send_text(ADA, "/help")
        await telegram_server.next_message()
        await left_undone(store, 0)
    telegram_server.deliver_again(people.updates[0])
    async with running(telegram_server, assistant, store=store):
        people.send_text(ADA, "/start")
        await telegram_server.next_message()
    names = [event.name for event in assistant.events if isinstance(event, Command)]
    assert names == ["help", "start"]


async def test_an_album_that_was_answered_is_done_as_a_whole(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    people = telegram_server.people
    async with killed(telegram_server, assistant, store):
        for _ in range(3):
            people.send_photo(ADA, jpeg(600, 600), media_group_id="77")
        await telegram_server.next_message()
        await left_undone(store, 0)
    async with running(telegram_server, assistant, store=store):
        people.send_text(ADA, "/help")
        await telegram_server.next_message()
    assert [type(event) for event in assistant.events] == [Album, Command]


async def test_an_album_that_was_not_answered_is_one_question_after_a_kill(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    people = telegram_server.people
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    async with killed(telegram_server, assistant, store):
        for _ in range(3):
            people.send_photo(ADA, jpeg(600, 600), media_group_id="77")
        await telegram_server.requested("download", 3)
        await confirmed(telegram_server)
    assistant.events.clear()
    gate.set()
    async with running(telegram_server, assistant, store=store):
        await telegram_server.next_message()
    (album,) = assistant.events
    assert isinstance(album, Album)
    assert len(album.photos) == 3


async def test_a_tap_counts_from_when_it_came_and_not_from_the_restart(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    people = telegram_server.people
    async with killed(telegram_server, assistant, store):
        people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        await left_undone(store, 0)
        assistant.gates[str(ADA)] = asyncio.Event()
        people.tap(sent.message, "guess:1:x", person=ADA)
        await until(lambda: len(assistant.events) == 2)
        came = assistant.events[-1].at
    await asyncio.sleep(0.5)
    assistant.gates.clear()
    async with running(telegram_server, assistant, store=store):
        await telegram_server.next_edit()
    again = assistant.events[-1]
    assert isinstance(again, Tap)
    assert abs(again.at - came) < timedelta(seconds=0.3)


class Mortal(Scripted):
    """Answers so many events and then stands still."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.left = answers

    async def handle(self, event: Event) -> Reply | None:
        self.left -= 1
        if self.left < 0:
            await asyncio.Event().wait()
        return await super().handle(event)


@pytest.mark.parametrize("answered", range(9))
async def test_a_kill_between_any_two_updates_loses_none_and_repeats_no_message(
    telegram_server: BotApiServer, assistant: Scripted, store: Store, answered: int
) -> None:
    people, mortal = telegram_server.people, Mortal(answered)
    chats = [ADA, BOB, ADA, 9, BOB, ADA, 9, 10]
    for number, chat in enumerate(chats):
        people.send_text(chat, f"/artist {number}")
    async with killed(telegram_server, mortal, store):
        await telegram_server.requested("getUpdates", 2)
        await left_undone(store, len(chats) - answered)
    async with running(telegram_server, assistant, store=store):
        await until(lambda: len(telegram_server.calls("sendMessage")) >= len(chats))
        await asyncio.sleep(0.1)
    assert len(telegram_server.calls("sendMessage")) == len(chats)
    heard = [event.argument for event in mortal.events + assistant.events]
    assert sorted(heard) == [str(number) for number in range(len(chats))]
    for chat in set(chats):
        theirs = [e.argument for e in mortal.events + assistant.events if e.chat.id == str(chat)]
        assert theirs == sorted(theirs)
