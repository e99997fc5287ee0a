"""Docent's connection to Discord: tokens, a network that is away, and the links that invite it."""

import asyncio
import json
import logging
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest
from aiohttp import web

from bot.platforms import PlatformError
from bot.platforms.discord import DiscordPlatform, Menu, check
from bot.platforms.discord.connection import ended, intents
from tests.tiny_model import write_tiny_model

SECRET = "not-the-token-of-any-bot-anywhere"
TOKEN = f"MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.{SECRET}"
ME = {"id": "42", "username": "docent", "discriminator": "0", "avatar": None, "bot": True}
MENU = Menu(("help",), ("en",), lambda key, language: key)


class Nobody:
    async def handle(self, event):
        return None

    async def suggest(self, event, most):
        return []


def answered(body: object, status: int = 200) -> web.Response:
    """Return JSON as Discord sends it: discord.py knows it by this very header."""
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)


@asynccontextmanager
async def discord_answering(
    monkeypatch: pytest.MonkeyPatch, status: int, flags: int = 0
) -> AsyncIterator[list[str]]:
    """A server in Discord's place on loopback; it keeps what it was asked."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.path}")
        if status == 200 and request.path == "/users/@me":
            return answered(ME)
        if status == 200 and request.path == "/oauth2/applications/@me":
            application = {"id": "4242", "name": "docent", "description": "", "icon": None}
            owner = {"bot_public": True, "bot_require_code_grant": False, "owner": ME}
            return answered(application | owner | {"verify_key": "", "flags": flags})
        return answered({"message": "no", "code": 0}, status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}")
    try:
        yield asked
    finally:
        await runner.cleanup()


async def test_check_names_the_bot_and_the_links_that_invite_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with discord_answering(monkeypatch, 200):
        sentence = await check(TOKEN)
    assert "docent" in sentence
    assert "client_id=4242&scope=bot+applications.commands&permissions=" in sentence
    assert "&integration_type=0" in sentence
    asked = re.search(r"permissions=(\d+)", sentence)
    assert asked is not None
    may = discord.Permissions(int(asked[1]))
    assert may.create_public_threads and may.send_messages_in_threads and may.attach_files
    assert not may.administrator and not may.manage_messages
    assert "scope=applications.commands&integration_type=1" in sentence
    assert SECRET not in sentence


async def test_check_says_if_discord_does_not_let_the_bot_read_messages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with discord_answering(monkeypatch, 200):
        with pytest.raises(PlatformError, match="Message Content Intent"):
            await check(TOKEN, True)
    async with discord_answering(monkeypatch, 200, flags=1 << 19):
        assert "docent" in await check(TOKEN, True)


async def test_check_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    async with discord_answering(monkeypatch, 401):
        with pytest.raises(PlatformError, match="does not accept the bot token"):
            await check(TOKEN)
    async with discord_answering(monkeypatch, 403):
        with pytest.raises(PlatformError, match="cannot be reached"):
            await check(TOKEN)
    with pytest.raises(PlatformError, match="cannot be reached"):
        await check(TOKEN)  # nobody listens there any more
    with pytest.raises(PlatformError, match="does not accept"):
        await check("nonsense")


async def test_refused_token_ends_the_run_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with discord_answering(monkeypatch, 401) as asked:
        with pytest.raises(PlatformError, match="does not accept") as caught:
            await DiscordPlatform(TOKEN, Nobody(), MENU).run(asyncio.Event())
    assert asked == ["GET /users/@me"]
    assert SECRET not in str(caught.value) + caplog.text


async def test_network_that_is_away_at_start_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    stop = asyncio.Event()
    task = asyncio.create_task(DiscordPlatform(TOKEN, Nobody(), MENU).run(stop))
    await asyncio.sleep(0.5)
    assert not task.done()
    stop.set()
    await asyncio.wait_for(task, 5)
    assert "Discord cannot be reached" in caplog.text


async def test_stop_while_discord_does_not_answer_is_obeyed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with discord_answering(monkeypatch, 502):
        stop = asyncio.Event()
        task = asyncio.create_task(DiscordPlatform(TOKEN, Nobody(), MENU).run(stop))
        await asyncio.sleep(0.3)
        stop.set()
        await asyncio.wait_for(task, 5)


def test_token_that_cannot_be_one_is_refused_at_once() -> None:
    for token in ("", "nonsense", f"Bot {TOKEN}", TOKEN + "\n"):
        with pytest.raises(PlatformError, match="DISCORD_TOKEN"):
            DiscordPlatform(token, Nobody(), MENU)


def test_token_that_is_revoked_while_running_is_told_as_one_that_is_refused() -> None:
    def closed(code: int) -> discord.ConnectionClosed:
        class Socket:
            close_code = code

        return discord.ConnectionClosed(Socket(), shard_id=0)

    assert "does not accept" in str(ended(closed(4004)))
    assert "(4013)" in str(ended(closed(4013)))


def test_nothing_is_listened_to_that_discord_must_approve() -> None:
    asked = {name for name, on in intents() if on}
    assert asked == {"guilds", "guild_messages", "dm_messages"}
    assert {name for name, on in intents(True) if on} - asked == {"message_content"}


async def test_a_token_that_cannot_be_one_ends_docent_with_a_sentence(tmp_path: Path) -> None:
    card = write_tiny_model(tmp_path / "model")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        env={"MODEL_CARD": str(card), "DISCORD_TOKEN": "nonsense", "WEB_PORT": "0"}
        | {"DATA_FOLDER": str(tmp_path)},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    _, error = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert "DISCORD_TOKEN" in error.decode()
    assert "Traceback" not in error.decode()
    assert "nonsense" not in error.decode()
