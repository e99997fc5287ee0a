"""Docent's answers on Discord: in time, in place, and whole, in simcord's Discord."""

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.events import Command, Photo, Tap, Text
from bot.conversation.replies import Choice, Paragraph, Reply
from tests.peers.discord_world import (
    GUESSES,
    PICTURE,
    Scripted,
    discord_world,
    jpeg,
)
from tests.peers.scripted import LIFE

PHOTO = ("painting.jpg", jpeg())
DEFERRED_MESSAGE, DEFERRED_UPDATE = 5, 6


async def test_tap_changes_the_message_and_is_acknowledged_first() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        bob = world.guild.add_member(world.env.create_user("bob"))
        tapped = await bob.click(shown.response, label="Vermeer 62 %")
        assert tapped.followups == []
        (message,) = world.channel.history()
        types = [body["type"] for body in world.requests("POST", "/callback")]
    assert types == [DEFERRED_MESSAGE, DEFERRED_UPDATE]
    assert message.embeds[0].title == "Johannes Vermeer"
    assert message.components == []
    tap = assistant.events[-1]
    assert isinstance(tap, Tap)
    assert tap.data == "guess:johannes-vermeer:1"
    assert tap.person.id == str(bob.id)


async def test_buttons_answer_after_a_restart() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        await world.restart()
        await world.ann.click(shown.response, label="Other")
        assert world.channel.last_message.embeds[0].title == "Johannes Vermeer"
    assert [type(event) for event in assistant.events] == [Command, Tap]


async def test_buttons_of_a_private_answer_are_answered_in_private() -> None:
    assistant = Scripted()
    assistant.replies[Tap] = replace(LIFE, replaces=False)
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO, private=True)
        tapped = await world.ann.click(shown.response, label="Other")
        assert shown.ephemeral
        assert [message.ephemeral for message in tapped.followups] == [True]
        assert world.channel.history() == []


async def test_answer_that_takes_no_place_is_a_message_of_its_own() -> None:
    assistant = Scripted()
    assistant.replies[Tap] = Reply((Paragraph("The pearl."),), pictures=(PICTURE,), again="Above.")
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        tapped = await world.ann.click(shown.response, label="Where I looked")
        (picture,) = tapped.followups
        assert picture.attachments[0].filename == "docent-1.jpg"
        (body,) = [b for b in world.requests("POST") if b and b.get("attachments")]
        again = await world.ann.click(shown.response, label="Where I looked")
        assert [m.embeds[0].description for m in again.followups] == ["Above."]
        assert again.followups[0].ephemeral
    assert body["attachments"][0]["description"] == "I looked at the pearl."
    assert len([event for event in assistant.events if isinstance(event, Tap)]) == 1


async def test_picture_is_not_lost_to_an_answer_that_takes_a_messages_place() -> None:
    assistant = Scripted()
    assistant.replies[Command] = replace(GUESSES, pictures=(PICTURE,))
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        tapped = await world.ann.click(shown.response, label="Other")
        assert shown.response.attachments
        assert tapped.followups[0].embeds[0].title == "Johannes Vermeer"


async def test_slow_answer_is_deferred_and_comes_within_the_fifteen_minutes() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        gate = assistant.gates[str(world.channel.id)] = asyncio.Event()
        waited = asyncio.get_running_loop().call_later(0.3, gate.set)
        shown = await world.ann.slash(world.channel, "artist", name="Vermeer")
        assert waited.when() < asyncio.get_running_loop().time()
        assert shown.response.embeds[0].description == "Command heard"
        assert len(world.channel.history()) == 1


class Late(Scripted):
    """Takes its time, which simcord's clock tells."""

    seconds = 0.0

    async def handle(self, event):
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return await super().handle(event)


async def test_answer_after_fifteen_minutes_is_a_plain_message() -> None:
    assistant = Late()
    async with discord_world(assistant) as world:
        assistant.seconds = 16 * 60
        await world.ann.slash(world.channel, "identify", picture=PHOTO)
        await world.env.advance_time(16 * 60 + 1)
        last = world.channel.last_message
        assert last.embeds[0].title.startswith("Vermeer")
        assert last.interaction_metadata is None
        assistant.seconds = 0
        await world.ann.click(last, label="Other")
        assert world.channel.last_message.embeds[0].title == "Johannes Vermeer"


async def test_private_answer_after_fifteen_minutes_stays_private() -> None:
    assistant = Late()
    async with discord_world(assistant) as world:
        assistant.seconds = 16 * 60
        await world.ann.slash(world.channel, "artist", name="Vermeer", private=True)
        await world.env.advance_time(16 * 60 + 1)
        assert world.channel.history() == []
        assert world.ann_user.dm_channel.last_message.embeds[0].description == "Command heard"


async def test_time_that_runs_out_at_discord_first_makes_a_plain_message_too() -> None:
    assistant = Scripted()
    assistant.replies[Command] = replace(GUESSES, pictures=(PICTURE,))
    async with discord_world(assistant) as world:
        world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027)
        await world.ann.slash(world.channel, "identify", picture=PHOTO)
        last = world.channel.last_message
        assert last.embeds[0].title.startswith("Vermeer")
        assert await last.attachments[0].read() == PICTURE.data


async def test_message_that_is_gone_is_answered_by_a_new_one() -> None:
    async with discord_world(Scripted()) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        world.env.inject_error("PATCH", "/webhooks/*", status=404, code=10008)
        tapped = await world.ann.click(shown.response, label="Other")
        assert tapped.followups[0].embeds[0].title == "Johannes Vermeer"


async def test_silence_takes_the_sign_of_an_answer_away() -> None:
    assistant = Scripted()
    assistant.replies[Command] = None
    async with discord_world(assistant) as world:
        await world.ann.slash(world.channel, "artist", name="Vermeer")
        assert world.channel.history() == []


async def test_words_that_call_people_call_nobody() -> None:
    assistant = Scripted()
    assistant.replies[Text] = Reply((Paragraph("@everyone <@1> [x](https://evil.example)"),))
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, f"{world.bot.user.mention} hi")
        answer = world.channel.last_message
        assert answer.embeds[0].description == r"@everyone \<@1\> \[x\](https\://evil.example)"
        assert answer.mentions == []


async def test_all_choices_are_there_however_many() -> None:
    assistant = Scripted()
    rows = tuple((Choice(f"Painting {i}", f"painting:{i}"),) for i in range(31))
    assistant.replies[Command] = Reply((Paragraph("Which?"),), rows)
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "painting", title="Landscape")
        first, second = [shown.response, *shown.followups]
        labels = [
            button["label"]
            for message in (first, second)
            for row in message.components
            for button in row["components"]
        ]
        await world.ann.click(second, label="Painting 30")
    assert labels == [f"Painting {i}" for i in range(31)]
    assert isinstance(assistant.events[-1], Tap)
    assert assistant.events[-1].data == "painting:30"


async def test_one_persons_photos_keep_their_order_and_hold_up_nobody_else() -> None:
    assistant = Scripted()
    async with discord_world(assistant, settle_timeout=0.4) as world:
        second = world.guild.create_text_channel("café")
        gate = assistant.gates[str(world.channel.id)] = asyncio.Event()
        mention = world.bot.user.mention
        with pytest.raises(TimeoutError):
            await world.ann.send(world.channel, mention, attachments=[PHOTO])
        with pytest.raises(TimeoutError):
            await world.ann.send(world.channel, f"{mention} and then?")
        with pytest.raises(TimeoutError):
            await world.ann.send(second, mention, attachments=[PHOTO])
        assert len(second.history()) == 2
        assert len(world.channel.history()) == 2
        gate.set()
        await world.env.settle()
        answers = [m for m in world.channel.history() if m.author.bot]
    assert [type(event) for event in assistant.events] == [Photo, Photo, Text]
    assert [bool(m.components) for m in sorted(answers, key=lambda m: m.id)] == [True, False]


async def test_stopping_finishes_what_is_in_hand_and_takes_nothing_new() -> None:
    assistant = Scripted()
    async with discord_world(assistant, settle_timeout=0.4) as world:
        gate = assistant.gates[str(world.channel.id)] = asyncio.Event()
        with pytest.raises(TimeoutError):
            await world.ann.slash(world.channel, "artist", name="Vermeer")
        stopping = asyncio.create_task(world.bot.finish())
        await asyncio.sleep(0.1)
        assert not stopping.done()
        with pytest.raises(TimeoutError):
            await world.ann.send(world.channel, f"{world.bot.user.mention} hi")
        gate.set()
        await asyncio.wait_for(stopping, 5)
    assert [type(event) for event in assistant.events] == [Command]
