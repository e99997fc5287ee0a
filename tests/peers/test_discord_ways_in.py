"""How a question comes to Docent on Discord, in simcord's Discord."""

import discord

from bot.conversation.events import Album, Command, Photo, Refusal, Text, Unusable
from tests.peers.discord_world import Scripted, discord_world, jpeg

PHOTO = ("painting.jpg", jpeg())


async def test_identify_takes_a_picture_and_shows_an_embed_with_buttons() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        result = await world.ann.slash(world.channel, "identify", picture=PHOTO)
        assert [body["type"] for body in world.requests("POST", "/callback")] == [5]
        assert not result.ephemeral
        (embed,) = result.response.embeds
        labels = [b["label"] for row in result.response.components for b in row["components"]]
    (event,) = assistant.events
    assert isinstance(event, Command)
    assert (event.name, event.picture) == ("identify", PHOTO[1])
    assert (event.chat.platform, event.chat.id) == ("discord", str(world.channel.id))
    assert event.chat.is_group
    assert event.person.id == str(world.ann.id)
    assert event.language == "en-us"
    assert embed.title == r"Vermeer \*1665\* & more"
    assert "[Wikipedia](https://wikipedia.example/A_%28B%29) (CC BY-SA)" in embed.description
    assert labels == ["Vermeer 62 %", "Other", "Where I looked"]


async def test_several_pictures_of_a_command_are_one_question() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        await world.ann.slash(
            world.channel, "identify", picture=PHOTO, picture2=("b.heic", jpeg(colour="red"))
        )
    (event,) = assistant.events
    assert isinstance(event, Album)
    assert [photo.picture for photo in event.photos] == [jpeg(), jpeg(colour="red")]
    assert event.photos[0].id == event.id != event.photos[1].id


async def test_context_menu_asks_about_somebody_elses_picture_and_only_the_asker_sees_it() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        bob = world.guild.add_member(world.env.create_user("bob"))
        shown = await bob.send(world.channel, "look!", attachments=[PHOTO])
        assert assistant.events == []
        result = await world.ann.context_menu(world.channel, "Identify this painting", shown)
        assert result.ephemeral
        assert result.response.embeds
    (event,) = assistant.events
    assert isinstance(event, Command)
    assert (event.name, event.picture) == ("identify", PHOTO[1])
    assert event.person.id == str(world.ann.id)


async def test_context_menu_on_a_message_without_a_picture_says_so() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        plain = await world.ann.send(world.channel, "no picture")
        text = await world.ann.send(world.channel, "", attachments=[("notes.pdf", b"%PDF")])
        for message in (plain, text):
            await world.ann.context_menu(world.channel, "Identify this painting", message)
    assert isinstance(assistant.events[0], Command)
    assert assistant.events[0].picture is None
    assert isinstance(assistant.events[1], Unusable)
    assert assistant.events[1].reason is Refusal.NOT_A_PICTURE


async def test_mention_with_a_picture_is_answered_by_a_reply_to_it() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        name = world.bot.user.mention
        sent = await world.ann.send(world.channel, f"{name} in room 3", attachments=[PHOTO])
        answer = world.channel.last_message
        assert answer.reference.message_id == sent.id
        assert answer.embeds
        assert world.requests("POST", "/typing") == [None]
    (event,) = assistant.events
    assert isinstance(event, Photo)
    assert (event.caption, event.language) == ("in room 3", "de")


async def test_mention_with_several_pictures_is_one_question() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        files = [PHOTO, ("b.jpg", jpeg(colour="red")), ("c.txt", b"text")]
        await world.ann.send(world.channel, world.bot.user.mention, attachments=files)
    (event,) = assistant.events
    assert isinstance(event, Album)
    assert len(event.photos) == 2


async def test_reply_to_the_bot_with_a_picture_is_a_question() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, f"{world.bot.user.mention} hello")
        answer = world.channel.last_message
        await world.ann.send(world.channel, "and this?", reply_to=answer, attachments=[PHOTO])
    assert [type(event) for event in assistant.events] == [Text, Photo]


async def test_what_people_say_to_each_other_on_a_server_is_left_alone() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        await world.ann.send(world.channel, "a painting", attachments=[PHOTO])
        await world.ann.send(world.channel, "@everyone look")
        robot = world.guild.add_member(world.env.create_user("robot", bot=True))
        await robot.send(world.channel, f"{world.bot.user.mention} hi")
    assert assistant.events == []
    assert len(world.requests("POST", "/messages")) == 0


async def test_in_private_everything_is_a_question() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        store = world.env.backend.store_attachments
        photo = store(world.ann_user.dm_channel.id, [PHOTO])
        await world.ann_user.send_dm("", attachments=photo)
        await world.ann_user.send_dm("Vermeer")
        await world.ann_user.send_dm("/artist Vermeer")
        video = store(world.ann_user.dm_channel.id, [("a.mp4", b"video")])
        await world.ann_user.send_dm("", attachments=video)
    photo_event, text, command, video_event = assistant.events
    assert isinstance(photo_event, Photo)
    assert not photo_event.chat.is_group
    assert isinstance(text, Text)
    assert isinstance(command, Command)
    assert (command.name, command.argument) == ("artist", "Vermeer")
    assert isinstance(video_event, Unusable)
    assert video_event.reason is Refusal.VIDEO


async def test_picture_that_is_too_large_is_not_even_fetched() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        large = ("large.jpg", b"\xff" * (20 * 1024 * 1024 + 1))
        await world.ann.slash(world.channel, "identify", picture=large)
    (event,) = assistant.events
    assert isinstance(event, Unusable)
    assert event.reason is Refusal.TOO_BIG


async def test_commands_come_with_their_words() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        first = await world.ann.slash(world.channel, "artist", name=" Vermeer ")
        second = await world.ann.slash(world.channel, "movement", private=True)
        third = await world.ann_user.slash("help")
        assert [r.ephemeral for r in (first, second, third)] == [False, True, False]
        assert third.response.embeds[0].description == "Command heard"
    asked = [(e.name, e.argument, e.chat.is_group) for e in assistant.events]
    assert asked == [("artist", "Vermeer", True), ("movement", "", True), ("help", "", False)]


async def test_private_messages_are_in_the_language_of_the_last_command() -> None:
    assistant = Scripted()
    async with discord_world(assistant) as world:
        await world.ann_user.send_dm("Vermeer")
        world.bot._locales.remember(world.ann_user.id, discord.Locale.french)
        await world.ann_user.send_dm("Vermeer")
    assert [event.language for event in assistant.events] == ["en", "fr"]


async def test_words_that_are_being_typed_are_completed() -> None:
    async with discord_world(Scripted()) as world:
        choices = await world.ann.autocomplete(world.channel, "artist", "name", "verm")
        assert choices[0] == {"name": "Vermeer", "value": "Johannes Vermeer"}
        assert len(choices) == 2
        assert len(choices[1]["name"]) <= 100


async def test_menu_is_in_five_languages_for_servers_and_for_users() -> None:
    async with discord_world(Scripted()) as world:
        (menu,) = world.requests("PUT", "/commands")
    commands = {command["name"]: command for command in menu}
    assert set(commands) >= {"identify", "artist", "help", "start", "Identify this painting"}
    artist = commands["artist"]
    assert artist["description"] == "a painter's life"
    assert set(artist["description_localizations"]) == {"de", "es-ES", "es-419", "fr", "it"}
    assert not artist.get("name_localizations")
    assert artist["integration_types"] == [0, 1]
    assert artist["contexts"] == [0, 1, 2]
    this = commands["Identify this painting"]
    assert this["name_localizations"]["fr"] == "Identifier ce tableau"
