"""What Docent says unasked on a Discord server: in place of its question, or anew."""

import asyncio
from dataclasses import replace
from itertools import count

import pytest

from bot.conversation.events import Chat, Command
from bot.conversation.notices import Notice
from bot.conversation.replies import Document, Paragraph, Reply
from tests.peers.discord_world import PICTURE, Scripted, World, discord_world, jpeg, until
from tests.peers.test_discord_groups import BEGUN

PHOTO = ("painting.jpg", jpeg())
_numbers = count(1)


def notice(world: World, words: str, message: str = "", **chat: str) -> Notice:
    where = Chat("discord", str(world.channel.id), is_group=True, **chat)
    reply = Reply((Paragraph(words),), key=f"round:{next(_numbers)}")
    return Notice(f"round:{next(_numbers)}", where, reply, message)


async def test_notice_takes_the_place_of_its_message_and_of_its_buttons() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world, world.telling():
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        said = notice(world, "It was Vermeer.", str(shown.response.id))
        assistant.to_say.put_nowait(said)
        await until(lambda: assistant.shown_keys)
        (message,) = world.channel.history()
        assert message.embeds[0].description == "It was Vermeer."
        assert message.components == []
    assert assistant.told_notices == [(said, said.message)]
    assert assistant.shown_keys == [(said.chat, said.reply.key, said.message)]


async def test_picture_of_a_question_stays_when_its_answer_is_told() -> None:
    assistant = Scripted()
    assistant.replies[Command] = Reply((Paragraph("Who?"),), pictures=(PICTURE,))
    async with discord_world(assistant) as world, world.telling():
        shown = await world.ann.slash(world.channel, "help")
        assistant.to_say.put_nowait(notice(world, "Vermeer.", str(shown.response.id)))
        await until(lambda: assistant.told_notices)
        (message,) = world.channel.history()
        assert message.embeds[0].description == "Vermeer."
        assert message.attachments


@pytest.mark.parametrize(("status", "code"), [(404, 10008), (400, 50083)])
async def test_notice_for_a_message_that_is_gone_or_put_away_is_a_new_one(
    status: int, code: int
) -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world, world.telling():
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code)
        shown = await world.ann.slash(world.channel, "help")
        assistant.to_say.put_nowait(notice(world, "Vermeer.", str(shown.response.id)))
        await until(lambda: assistant.told_notices)
        assert world.channel.last_message.embeds[0].description == "Vermeer."
        assert assistant.told_notices[0][1] == str(world.channel.last_message.id)


async def test_notice_without_a_message_is_said_in_its_thread() -> None:
    assistant = Scripted()
    assistant.replies[Command] = BEGUN
    async with discord_world(assistant) as world, world.telling():
        await world.ann.slash(world.channel, "tour", what="start")
        (thread,) = world.channel.threads
        table = Document(b"1,2", "tour.csv", "text/csv")
        said = notice(world, "Here.", thread=str(thread.id))
        assistant.to_say.put_nowait(replace(said, reply=replace(said.reply, documents=(table,))))
        await until(lambda: assistant.told_notices)
        words, file = sorted(thread.history(), key=lambda m: m.id)[-2:]
        assert words.embeds[0].description == "Here."
        assert await file.attachments[0].read() == b"1,2"
        assert assistant.told_notices[0][1] == str(words.id)


async def test_where_docent_may_not_write_any_more_nothing_is_said_unasked() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world, world.telling():
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50001, times=None)
        said = notice(world, "Here.")
        assistant.to_say.put_nowait(said)
        await until(lambda: assistant.left_chats)
    assert assistant.left_chats == [said.chat]
    assert assistant.told_notices == []


async def test_notice_that_fails_for_now_is_left_to_come_again() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world, world.telling():
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, times=2)
        said = notice(world, "Here.")
        assistant.to_say.put_nowait(said)
        await asyncio.sleep(0.3)
        assert (assistant.told_notices, assistant.left_chats) == ([], [])
        assistant.to_say.put_nowait(said)
        await until(lambda: assistant.told_notices)
