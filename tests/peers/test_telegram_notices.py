"""What Docent says unasked on Telegram: in its chat's turn, and not before late taps count."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.conversation.events import Chat, Command, Event
from bot.conversation.notices import Notice, Settled, at_once
from bot.conversation.replies import Choice, Paragraph, Reply
from bot.memory.store import Store
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_kill import confirmed, killed, until
from tests.peers.telegram_server import BotApiServer

ADA, BOB = 7, 8


def notice(chat: int, text: str, **more: Any) -> Notice:
    return Notice(text, Chat("telegram", str(chat)), Reply((Paragraph(text),)), **more)


async def test_a_notice_takes_its_turn_and_is_told(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    people.room(BOB)
    async with running(telegram_server, assistant):
        people.send_photo(ADA, jpeg())
        await telegram_server.requested("download")
        for chat in (ADA, BOB):
            assistant.to_say.put_nowait(notice(chat, f"to {chat}"))
        first = await telegram_server.next_message()
        gate.set()
        others = [await telegram_server.next_message() for _ in range(2)]
        await asyncio.sleep(0.05)
    assert first.text == f"to {BOB}"
    assert [bool(sent.buttons) for sent in others] == [True, False]
    told = {each.id: message for each, message in assistant.told_notices}
    assert told[f"to {ADA}"] == str(others[1].message["message_id"])


async def test_a_notice_takes_the_place_of_its_message(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        number = str(sent.message["message_id"])
        assistant.to_say.put_nowait(notice(ADA, "It is Vermeer", message=number))
        edited = await telegram_server.next_edit()
        assistant.to_say.put_nowait(notice(ADA, "It is gone", message="999999"))
        new = await telegram_server.next_message()
        await asyncio.sleep(0.05)
    assert (edited.text, edited.message["message_id"]) == ("It is Vermeer", int(number))
    assert new.text == "It is gone"
    assert [message for _, message in assistant.told_notices] == [
        number,
        str(new.message["message_id"]),
    ]


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ((400, "Bad Request: chat not found"), True),
        ((403, "Forbidden: bot was blocked by the user"), True),
        ((400, "Bad Request: can't parse entities"), False),
    ],
)
async def test_where_docent_may_not_write_nothing_more_is_said_unasked(
    telegram_server: BotApiServer, assistant: Scripted, refused: tuple[int, str], left: bool
) -> None:
    telegram_server.people.room(ADA)
    telegram_server.people.room(BOB)
    async with running(telegram_server, assistant):
        telegram_server.refuse("sendMessage", *refused)
        assistant.to_say.put_nowait(notice(ADA, "never said"))
        await telegram_server.requested("sendMessage")
        assistant.to_say.put_nowait(notice(BOB, "said all the same"))
        await telegram_server.next_message()
        await until(lambda: bool(assistant.told_notices))
    assert [each.id for each, _ in assistant.told_notices] == ["said all the same"]
    assert (Chat("telegram", str(ADA)) in assistant.left_chats) == left


class Closing(Scripted):
    """Ends a round as soon as it is asked for notices; keeps the order of all that happened."""

    def __init__(self) -> None:
        super().__init__()
        self.happened: list[str] = []

    async def handle(self, event: Event) -> Reply | None:
        self.happened.append(type(event).__name__)
        return await super().handle(event)

    async def notices(self, platform: str, settled: Settled = at_once) -> AsyncIterator[Notice]:
        self.happened.append("asked")
        yield notice(ADA, "The round is over")
        await asyncio.Event().wait()


async def test_taps_made_while_docent_was_away_count_before_anything_is_said_unasked(
    telegram_server: BotApiServer, store: Store
) -> None:
    people, before, after = telegram_server.people, Scripted(), Closing()
    asked = Reply((Paragraph("Whose?"),), ((Choice("Vermeer", "guess:1:x"),),))
    before.replies[Command] = asked
    async with killed(telegram_server, before, store):
        people.send_text(ADA, "/help")
        sent = await telegram_server.next_message()
        before.gates[str(ADA)] = asyncio.Event()
        people.tap(sent.message, "guess:1:x", person=ADA)
        await confirmed(telegram_server)
    people.tap(sent.message, "guess:1:y", person=ADA)
    async with running(telegram_server, after, store=store):
        await telegram_server.next_message()
    assert after.happened == ["Tap", "Tap", "asked"]
