"""Docent among people on a Discord server: threads, and photos nobody addressed."""

from dataclasses import replace

import discord

from bot.conversation.events import Chat, Command, Photo, Tap
from bot.conversation.replies import Branch, Choice, Paragraph, Reply, Title
from tests.peers.discord_world import PICTURE, Scripted, discord_world, jpeg

PHOTO = ("painting.jpg", jpeg())
BEGUN = Reply(
    (Title("A tour"), Paragraph("Ann leads the way.")),
    ((Choice("Come along", "join:"),),),
    key="tour:1",
    branch=Branch("A tour of the museum", "The tour goes on in this thread."),
)


async def test_word_for_the_screen_is_seen_by_who_tapped_and_nobody_else() -> None:
    assistant = Scripted()
    assistant.replies[Tap] = Reply((), toast="Noted: *Monet*")
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        before = shown.response.embeds
        tapped = await world.ann.click(shown.response, label="Other")
        (aside,) = tapped.followups
        assert aside.ephemeral
        assert aside.content == r"Noted: \*Monet\*"
        (message,) = world.channel.history()
        assert message.embeds == before


async def test_message_with_a_key_is_reported_with_its_number() -> None:
    assistant = Scripted()
    assistant.replies[Photo] = replace(assistant.guesses, key="round:5", pictures=(PICTURE,) * 12)
    assistant.replies[Command] = Reply((Paragraph("All."),), key="recap:1")
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, world.bot.user.mention, attachments=[PHOTO])
        asked = world.channel.last_message
        shown = await world.ann.slash(world.channel, "tour", what="end")
    here = Chat("discord", str(world.channel.id), is_group=True)
    assert asked.embeds
    assert assistant.shown_keys == [
        (here, "round:5", str(asked.id)),
        (here, "recap:1", str(shown.response.id)),
    ]


async def test_question_for_all_is_seen_by_all_though_one_asked_in_private() -> None:
    assistant = Scripted()
    assistant.replies[Command] = replace(assistant.guesses, key="round:5")
    async with discord_world(assistant) as world:
        picture = await world.ann.send(world.channel, "look!", attachments=[PHOTO])
        menu = "Identify this painting"
        await world.ann.context_menu(world.channel, menu, picture)
        asked = world.channel.last_message
        assert asked.embeds
        assert [number for *_, number in assistant.shown_keys] == [str(asked.id)]
        world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=3)
        result = await world.ann.context_menu(world.channel, menu, picture)
        assert result.ephemeral
        assert result.response.embeds
        assert len(world.channel.history()) == 2


async def test_tour_goes_on_in_a_thread_below_the_answer_that_points_to_it() -> None:
    assistant = Scripted()
    assistant.replies[Command] = BEGUN
    async with discord_world(assistant) as world:
        shown = await world.ann.slash(world.channel, "tour", what="start")
        assert shown.response.content == "The tour goes on in this thread."
        assert shown.response.embeds == []
        (thread,) = world.channel.threads
        assert thread.name == "A tour of the museum"
        page = thread.last_message
        assert page.embeds[0].title == "A tour"
        await world.ann.click(page, label="Come along")
    command, tap = assistant.events
    assert command.chat.branches
    below = Chat("discord", str(world.channel.id), is_group=True, thread=str(thread.id))
    assert assistant.branches == [below]
    assert assistant.shown_keys == [(below, "tour:1", str(page.id))]
    assert tap.chat == below
    assert not tap.chat.branches


async def test_tour_that_is_asked_for_by_name_has_its_thread_below_that_message() -> None:
    assistant = Scripted()
    assistant.replies[Command] = BEGUN
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, f"{world.bot.user.mention} /tour start")
        (thread,) = world.channel.threads
        assert thread.last_message.embeds[0].title == "A tour"
        assert [m for m in world.channel.history() if m.embeds] == []


async def test_without_leave_to_open_threads_the_tour_is_in_the_channel() -> None:
    assistant = Scripted()
    assistant.replies[Command] = BEGUN
    async with discord_world(assistant) as world:
        world.env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
        shown = await world.ann.slash(world.channel, "tour", what="start")
        assert shown.response.embeds[0].title == "A tour"
        assert not shown.response.content
        await world.ann.slash(world.channel, "tour", what="start", private=True)
        voice = world.guild.create_voice_channel("stage")
        await world.ann.slash(voice, "tour", what="start")
        assert world.channel.threads == []
    assert assistant.branches == []
    assert [event.chat.branches for event in assistant.events] == [True, False, False]


async def test_photos_nobody_addressed_are_looked_at_where_they_are_wanted() -> None:
    assistant = Scripted()
    assistant.wanted = set()
    async with discord_world(assistant, message_content=True) as world:
        await world.ann.send(world.channel, "my lunch", attachments=[PHOTO])
        assert assistant.events == []
        assistant.wanted.add(str(world.channel.id))
        await world.ann.send(world.channel, "just words")
        sent = await world.ann.send(world.channel, "look", attachments=[PHOTO])
        assert world.channel.last_message.reference.message_id == sent.id
        assert world.requests("POST", "/typing") == []
        await world.ann.send(world.channel, world.bot.user.mention, attachments=[PHOTO])
    first, second = assistant.events
    assert isinstance(first, Photo)
    assert (first.addressed, first.caption, first.chat.sees_all) == (False, "look", True)
    assert second.addressed


async def test_without_that_leave_no_photo_of_others_is_seen() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, "look", attachments=[PHOTO])
        await world.ann.slash(world.channel, "help")
    (event,) = assistant.events
    assert not event.chat.sees_all


async def test_channels_threads_and_servers_that_are_gone_are_told() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        guild = world.bot.get_guild(world.guild.id)
        channel = guild.get_channel(world.channel.id)
        payload = discord.RawThreadDeleteEvent(
            {"id": "5", "parent_id": str(channel.id), "guild_id": str(guild.id), "type": 11}
        )
        await world.bot.on_raw_thread_delete(payload)
        await world.bot.on_guild_channel_delete(channel)
        assert [(chat.id, chat.thread) for chat in assistant.left_chats] == [
            (str(channel.id), "5"),
            (str(channel.id), ""),
        ]
        assistant.left_chats.clear()
        await world.bot.on_guild_remove(guild)
    assert str(channel.id) in {chat.id for chat in assistant.left_chats}


async def test_settings_are_in_the_menu_of_those_who_manage_the_server() -> None:
    async with discord_world(Scripted()) as world:
        (menu,) = world.requests("PUT", "/commands")
    rights = {each["name"]: each.get("default_member_permissions") for each in menu}
    assert rights.pop("settings") == discord.Permissions(manage_guild=True).value
    assert set(rights.values()) == {None}
