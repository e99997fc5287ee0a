"""The whole conversation on Discord, in simcord's Discord: library, network, store and buttons."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot import app
from bot.conversation.assistant import Assistant
from bot.conversation.suggesting import SUGGESTED
from bot.platforms.discord.commands import ASKED
from bot.settings import Settings
from tests.peers.discord_world import discord_world, require_discord
from tests.shared_data import require


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    require_discord()
    settings = Settings(_env_file=None, data_folder=tmp_path, wikipedia=False)
    async with app.open_parts(settings) as parts:
        yield Assistant(parts)


async def test_photo_tap_and_life_with_a_restart_between(assistant: Assistant) -> None:
    photo = require("estense/catalogue/003.avif").read_bytes()
    async with discord_world(assistant, settle_timeout=30) as world:
        shown = await world.ann.slash(world.channel, "identify", picture=("photo.avif", photo))
        buttons = [b for row in shown.response.components for b in row["components"]]
        guesses = [b for b in buttons if b["custom_id"].startswith("docent:guess:")]
        assert len(guesses) == 3
        await world.restart()
        tapped = await world.ann.click(shown.response, custom_id=guesses[0]["custom_id"])
        assert tapped.followups == []
        life = world.channel.last_message.embeds[0]
        where = next(b for b in buttons if b["custom_id"].startswith("docent:where:"))
        back = [c for row in world.channel.last_message.components for c in row.children][-1]
        await world.ann.click(world.channel.last_message, custom_id=back.custom_id)
        looked = await world.ann.click(world.channel.last_message, custom_id=where["custom_id"])
        assert looked.followups[0].attachments
    assert life.title == guesses[0]["label"].split(" · ")[0]
    assert "-# Sources" in life.description


async def test_every_command_is_answered_and_every_name_is_completed(
    assistant: Assistant,
) -> None:
    asked = {
        "artist": ("name", "Johannes Ver", "Johannes Vermeer"),
        "works": ("painter", "monet", "Claude Monet"),
        "movement": ("name", "impres", "Impressionism"),
        "painting": ("title", "girl with a pearl", "Girl with a Pearl Earring Johannes Vermeer"),
        "timeline": ("name", "baroq", "Baroque"),
        "language": ("name", "fran", "fr"),
    }
    loop = asyncio.get_running_loop()
    async with discord_world(assistant, settle_timeout=30) as world:
        for command, (option, typed, value) in asked.items():
            await world.ann.autocomplete(world.channel, command, option, typed)
            began = loop.time()
            choices = await world.ann.autocomplete(world.channel, command, option, typed)
            assert loop.time() - began < 0.5
            assert value in [choice["value"] for choice in choices], (command, choices)
            if command != "language":
                shown = await world.ann.slash(world.channel, command, **{option: value})
                assert shown.response.embeds or shown.response.attachments
        plain = "compare museum collection language tour help start today"
        for command in plain.split():
            shown = await world.ann.slash(world.channel, command)
            assert shown.response.embeds


async def test_every_command_of_the_conversation_is_in_the_menu(assistant: Assistant) -> None:
    menu = app.discord_menu(assistant, assistant._parts.phrases)
    async with discord_world(assistant, menu) as world:
        (told,) = world.requests("PUT", "/commands")
    commands = {each["name"]: each for each in told if each["type"] == 1}
    assert set(commands) == set(assistant.menu())
    assert set(ASKED) <= set(commands)
    for name in SUGGESTED:
        assert commands[name]["options"][0]["autocomplete"]


async def test_museum_that_a_chat_made_is_completed(assistant: Assistant) -> None:
    async with discord_world(assistant, settle_timeout=30) as world:
        await world.ann.slash(world.channel, "collection", what="new Our Gallery")
        choices = await world.ann.autocomplete(world.channel, "museum", "name", "gall")
        elsewhere = world.guild.create_text_channel("café")
        bob = world.guild.add_member(world.env.create_user("bob"))
        others = await bob.autocomplete(elsewhere, "museum", "name", "gall")
    assert [choice["value"] for choice in choices] == ["Our Gallery"]
    assert others == []


async def test_settings_are_changed_by_those_who_manage_the_server(assistant: Assistant) -> None:
    manages = discord.Permissions(manage_guild=True)
    async with discord_world(assistant, settle_timeout=30) as world:
        keeper = world.guild.create_role("keeper", permissions=manages)
        bob = world.guild.add_member(world.env.create_user("bob"), roles=[keeper])
        assert "settings" not in world.ann.available_commands(world.channel)
        name = world.bot.user.mention
        await world.ann.send(world.channel, f"{name} /settings tours admins")
        seen = world.channel.last_message
        assert seen.embeds[0].description.startswith("- ")
        assert seen.components == []
        page = await bob.slash(world.channel, "settings", what="tours admins")
        assert "only those who run this group" in page.response.embeds[0].description
        assert "I am shown only what calls me" in page.response.embeds[0].description
        everyone = "docent:set:tours everyone"
        refused = await world.ann.click(page.response, custom_id=everyone)
        (aside,) = refused.followups
        assert "Only those who run this group can change that" in aside.content
        assert aside.flags.ephemeral
        assert "only those who run" in world.channel.last_message.embeds[0].description
        await bob.click(page.response, custom_id=everyone)
        assert "anybody may start one" in world.channel.last_message.embeds[0].description
