"""Docent's run on Discord: connected, held up, broken off, refused; on a loopback gateway."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest

from bot.conversation.events import Chat, Text
from bot.conversation.notices import Notice
from bot.conversation.replies import Paragraph, Reply
from bot.platforms import PlatformError
from bot.platforms.discord import DiscordPlatform, limits
from tests.peers.discord_gateway import Gateway, discord_gateway
from tests.peers.discord_rest import Bucket, answered
from tests.peers.discord_world import MENU, PICTURE, TOKEN, Scripted, until

MESSAGES = "/channels/77/messages"


@asynccontextmanager
async def running(assistant: Scripted) -> AsyncIterator[asyncio.Task[None]]:
    """Run a bot until the end of the block, then stop it as the app does."""
    stop = asyncio.Event()
    task = asyncio.create_task(DiscordPlatform(TOKEN, assistant, MENU).run(stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 10)


@pytest.fixture
async def gateway(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    async with discord_gateway(monkeypatch) as gateway:
        yield gateway


async def test_message_is_answered_over_the_wire(gateway: Gateway) -> None:
    assistant = Scripted()
    async with running(assistant) as task:
        identity = await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("Vermeer")
        body = await gateway.requested(MESSAGES)
    assert task.exception() is None
    assert identity["token"] == TOKEN
    assert identity["intents"] == 1 << 0 | 1 << 9 | 1 << 12
    assert identity["shard"] == [0, 1]
    assert body["embeds"][0]["description"] == "Text heard"
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    (event,) = assistant.events
    assert isinstance(event, Text)
    assert not event.chat.is_group


async def test_picture_is_uploaded_with_its_alt_text(gateway: Gateway) -> None:
    assistant = Scripted()
    assistant.replies[Text] = Reply((Paragraph("Here."),), pictures=(PICTURE,))
    async with running(assistant):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("Vermeer")
        body = await gateway.requested(MESSAGES)
    assert body["files"] == {("files[0]", "docent-1.jpg"): PICTURE.data}
    (attachment,) = body["attachments"]
    assert attachment["description"] == PICTURE.alt
    assert body["embeds"][0]["description"] == "Here."


async def test_flood_limit_is_waited_for_and_loses_nothing(gateway: Gateway) -> None:
    flood = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
    gateway.refusals.append(answered(flood, 429, Via="1.1 google"))
    async with running(Scripted()):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("Vermeer")
        first, second = [await gateway.requested(MESSAGES) for _ in range(2)]
    assert first == second


async def test_many_answers_keep_to_discords_pace(gateway: Gateway) -> None:
    gateway.rest.bucket = Bucket(3, 0.5)
    async with running(Scripted()):
        await asyncio.wait_for(gateway.identified.get(), 5)
        for number in range(8):
            await gateway.say(f"Vermeer {number}")
        await until(lambda: len(gateway.rest.messages) == 8)
    assert gateway.rest.bucket.floods <= 2


async def test_notice_changes_a_message_over_the_wire(gateway: Gateway) -> None:
    assistant = Scripted()
    async with running(assistant):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("Vermeer")
        await gateway.requested(MESSAGES)
        ((number, _),) = gateway.rest.messages.items()
        reply = Reply((Paragraph("It was Vermeer."),))
        assistant.to_say.put_nowait(Notice("round:1", Chat("discord", "77"), reply, number))
        await until(lambda: assistant.told_notices)
    assert gateway.rest.messages[number]["embeds"][0]["description"] == "It was Vermeer."
    assert assistant.told_notices[0][1] == number


async def test_reading_of_messages_that_discord_did_not_approve_ends_the_run_with_a_sentence(
    gateway: Gateway,
) -> None:
    platform = DiscordPlatform(TOKEN, Scripted(), MENU, message_content=True)
    task = asyncio.create_task(platform.run(asyncio.Event()))
    identity = await asyncio.wait_for(gateway.identified.get(), 5)
    assert identity["intents"] & 1 << 15
    await gateway.close(4014)
    with pytest.raises(PlatformError, match="DISCORD_MESSAGE_CONTENT=false"):
        await asyncio.wait_for(task, 10)


async def test_answer_that_cannot_leave_is_sent_when_discord_is_reached_again(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEND_PAUSE_SECONDS", 0.05)
    async with running(Scripted()):
        await asyncio.wait_for(gateway.identified.get(), 5)
        reachable = discord.http.Route.BASE
        monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
        await gateway.say("Vermeer")
        await asyncio.sleep(0.3)
        monkeypatch.setattr(discord.http.Route, "BASE", reachable)
        body = await gateway.requested(MESSAGES)
    assert body["embeds"][0]["description"] == "Text heard"


async def test_connection_that_discord_wants_anew_is_resumed(gateway: Gateway) -> None:
    async with running(Scripted()):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("one")
        await gateway.requested(MESSAGES)
        await gateway.break_off()
        resumed = await asyncio.wait_for(gateway.resumed.get(), 10)
        await gateway.say("two")
        await gateway.requested(MESSAGES)
    assert resumed["session_id"] == "s"


async def test_stopping_finishes_the_answer_in_hand(gateway: Gateway) -> None:
    assistant = Scripted()
    gate = assistant.gates["77"] = asyncio.Event()
    async with running(assistant):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("Vermeer")
        await asyncio.sleep(0.2)
        assert assistant.events
        asyncio.get_running_loop().call_later(0.3, gate.set)
    assert (await gateway.requested(MESSAGES))["embeds"]


async def test_token_revoked_while_running_ends_the_run_with_a_sentence(gateway: Gateway) -> None:
    async with running(Scripted()) as task:
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.close(4004)
        with pytest.raises(PlatformError, match="does not accept the bot token"):
            await asyncio.wait_for(asyncio.shield(task), 10)


async def test_token_and_words_reach_no_log(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(Scripted()):
        await asyncio.wait_for(gateway.identified.get(), 5)
        await gateway.say("a visitor's words")
        await gateway.requested(MESSAGES)
    assert "Invite it to a server" in caplog.text
    assert TOKEN.rpartition(".")[2] not in caplog.text
    assert "a visitor's words" not in caplog.text
