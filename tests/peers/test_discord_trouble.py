"""What goes wrong on Discord, and what a visitor sees of it, in simcord's Discord."""

import pytest

from bot.conversation.events import Text
from bot.conversation.replies import Paragraph, Reply
from tests.peers.discord_spec import DiscordSpecification
from tests.peers.discord_world import PICTURE, Scripted, discord_world, jpeg, require_discord

PHOTO = ("painting.jpg", jpeg())


@pytest.mark.parametrize(("status", "code"), [(400, 50035), (403, 50013), (413, 40005)])
async def test_what_discord_does_not_take_whole_is_told_in_words(status: int, code: int) -> None:
    async with discord_world(Scripted()) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=status, code=code)
        await world.ann.send(world.channel, world.bot.user.mention, attachments=[PHOTO])
        answer = world.channel.last_message
        assert answer.content.startswith(r"**Vermeer \*1665\* & more**")
        assert answer.embeds == []
        await world.ann.click(answer, label="Other")
        assert world.channel.last_message.embeds[0].title == "Johannes Vermeer"


async def test_where_older_messages_are_hidden_the_answer_refers_to_none() -> None:
    async with discord_world(Scripted()) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=400, code=160002)
        await world.ann.send(world.channel, world.bot.user.mention, attachments=[PHOTO])
        answer = world.channel.last_message
        assert answer.embeds
        assert answer.reference is None


async def test_picture_that_may_not_be_sent_is_told_in_words() -> None:
    assistant = Scripted()
    assistant.replies[Text] = Reply((Paragraph("Here."),), pictures=(PICTURE,))
    async with discord_world(assistant) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
        await world.ann.send(world.channel, f"{world.bot.user.mention} hi")
        assert world.channel.last_message.content == f"{PICTURE.alt}\n\nHere."


async def test_refused_answer_to_a_command_is_told_in_words() -> None:
    async with discord_world(Scripted()) as world:
        world.env.inject_error("PATCH", "/webhooks/*", status=400, code=50035)
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        assert shown.response.content.startswith(r"**Vermeer \*1665\* & more**")


async def test_no_leave_to_speak_is_logged_and_harms_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with discord_world(Scripted()) as world:
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
        await world.ann.send(world.channel, f"{world.bot.user.mention} hi")
        await world.ann.slash(world.channel, "help")
        assert len(world.channel.history()) == 2
    assert "A message was not answered" in caplog.text


async def test_interaction_that_was_not_acknowledged_in_time_is_not_worked_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        world.env.inject_error("POST", "/interactions/*", status=404, code=10062)
        await world.ann.slash(world.channel, "help")
        assert assistant.events == []
        await world.ann.slash(world.channel, "help")
    assert len(assistant.events) == 1
    assert "An interaction was not answered" in caplog.text


def test_description_finds_what_is_wrong() -> None:
    require_discord()
    specification = DiscordSpecification()
    good = {"content": "x", "message_reference": {"message_id": 5}}
    assert specification.problems("POST", "/channels/1/messages", good) == []
    assert specification.problems("POST", "/channels/1/messages", {"content": 5})
    assert specification.problems("POST", "/channels/1/massages", {})
    long = {"embeds": [{"title": "x" * 257}]}
    assert specification.problems("POST", "/webhooks/1/token", long)
