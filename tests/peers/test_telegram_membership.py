"""Groups that put Docent out or move, people who block it."""

import asyncio

import pytest

from bot.conversation.events import Chat, Event
from bot.conversation.replies import Reply
from tests.peers.telegram_bot import Scripted, running
from tests.peers.telegram_kill import until
from tests.peers.telegram_server import BotApiServer

ADA = 7


async def test_a_group_that_puts_docent_out_is_left(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people, group = telegram_server.people, -1001234567890
    async with running(telegram_server, assistant):
        people.send_text(group, "/help")
        await telegram_server.next_message()
        people.kick_bot(group)
        people.block(ADA)
        await until(lambda: len(assistant.left_chats) == 2)
    assert assistant.left_chats == [
        Chat("telegram", str(group), is_group=True),
        Chat("telegram", str(ADA)),
    ]


async def test_who_blocked_docent_meanwhile_is_left_with_one_line_in_the_log(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    telegram_server.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(ADA, "/help")
        await telegram_server.requested("sendMessage")
        await asyncio.sleep(0.1)
    assert assistant.left_chats == [Chat("telegram", str(ADA))]
    assert len(telegram_server.calls("sendMessage")) == 1
    assert caplog.text.count("may not write in that chat") == 1


async def test_a_group_that_becomes_a_supergroup_is_told_of_before_anything_of_the_new_one(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people, group, heard = telegram_server.people, -5555, list[str]()
    moved, handle = assistant.moved, assistant.handle

    async def slow(platform: str, old: str, new: str) -> None:
        await asyncio.sleep(0.2)
        heard.append("moved")
        await moved(platform, old, new)

    async def kept(event: Event) -> Reply | None:
        heard.append(event.chat.id)
        return await handle(event)

    assistant.moved, assistant.handle = slow, kept  # type: ignore[method-assign]
    async with running(telegram_server, assistant):
        people.send_text(group, "/help")
        await telegram_server.next_message()
        new = people.migrate(group)
        people.send_text(new, "/help")
        await telegram_server.next_message()
    assert heard == [str(group), "moved", str(new)]
    assert assistant.moves == [("telegram", str(group), str(new))]
