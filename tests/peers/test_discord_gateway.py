"""The loopback Discord with another library than ours, so that it is not made to fit one only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import interactions
import pytest
from interactions.api.http.route import Route

from tests.peers.discord_gateway import Gateway, serve_discord
from tests.peers.discord_rest import Bucket, answered
from tests.peers.discord_world import TOKEN, jpeg

MESSAGES = "/channels/77/messages"
PHOTO = jpeg(40, 30)


class Guest:
    """A bot of interactions.py, connected to the loopback Discord."""

    def __init__(self, gateway: Gateway, client: Any) -> None:
        self.gateway = gateway
        self.client = client
        self.heard: asyncio.Queue[Any] = asyncio.Queue()
        client.add_listener(_listener(self.heard))

    async def hears(self, words: str) -> Any:
        """Return the message that Ann writes, as the bot sees it."""
        await self.gateway.say(words)
        return await asyncio.wait_for(self.heard.get(), 5)


def _listener(heard: "asyncio.Queue[Any]") -> Any:
    async def keep(event: interactions.api.events.MessageCreate) -> None:
        heard.put_nowait(event.message)

    return interactions.Listener.create(event_name="message_create")(keep)


@asynccontextmanager
async def guest(
    monkeypatch: pytest.MonkeyPatch, heartbeat_seconds: float = 41.25
) -> AsyncIterator[Guest]:
    """Connect a bot until the end of the block."""
    async with serve_discord(heartbeat_seconds) as (gateway, address):
        monkeypatch.setattr(Route, "BASE", address)
        intents = interactions.Intents.GUILDS | interactions.Intents.DIRECT_MESSAGES
        client = interactions.Client(token=TOKEN, sync_interactions=False, intents=intents)
        visitor = Guest(gateway, client)
        task = asyncio.create_task(client.astart())
        try:
            await asyncio.wait_for(client.wait_until_ready(), 10)
            yield visitor
        finally:
            # Its own `stop` closes HTTP first, after which its gateway would spin for ever.
            client._connection_state.gateway.close()
            await asyncio.wait_for(asyncio.gather(task, return_exceptions=True), 10)


async def test_it_identifies_and_keeps_its_heart_beating(monkeypatch: pytest.MonkeyPatch) -> None:
    async with guest(monkeypatch, heartbeat_seconds=0.2) as bot:
        identity = await asyncio.wait_for(bot.gateway.identified.get(), 5)
        beats = [await asyncio.wait_for(bot.gateway.heartbeats.get(), 5) for _ in range(3)]
    assert identity["token"] == TOKEN
    assert beats[-1] == 1  # the number of the last dispatch it has seen


async def test_picture_is_uploaded_and_its_message_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with guest(monkeypatch) as bot:
        message = await bot.hears("Vermeer?")
        assert (message.content, str(message.author.id)) == ("Vermeer?", "7")
        picture = interactions.File(BytesIO(PHOTO), "a.jpg", description="A pearl.")
        sent = await message.channel.send("Here.", files=picture)
        body = await bot.gateway.requested(MESSAGES)
        assert list(body["files"].values()) == [PHOTO]
        assert sent.attachments[0].filename == "a.jpg"
        assert sent.attachments[0].size == len(PHOTO)
        changed = await sent.edit(content="There.")
        await bot.gateway.requested(f"{MESSAGES}/{sent.id}", "PATCH")
        assert changed.content == "There."
        assert bot.gateway.rest.messages[str(sent.id)]["content"] == "There."
        with pytest.raises(interactions.errors.NotFound):
            await bot.client.http.edit_message({"content": "x"}, 77, 5)


async def test_it_is_held_up_by_the_bucket_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with guest(monkeypatch) as bot:
        message = await bot.hears("many")
        bot.gateway.rest.bucket = Bucket(3, 0.5)
        flood = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
        bot.gateway.refusals.append(answered(flood, 429, Via="1.1 google"))
        began = asyncio.get_running_loop().time()
        for number in range(8):
            await message.channel.send(f"{number}")
        took = asyncio.get_running_loop().time() - began
        said = {each["content"] for each in bot.gateway.rest.messages.values()}
    assert said == {f"{n}" for n in range(8)}
    assert took > 0.9  # three in half a second, so that eight take two of them


async def test_connection_that_is_broken_off_is_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with guest(monkeypatch) as bot:
        await bot.hears("one")
        await bot.gateway.break_off()
        resumed = await asyncio.wait_for(bot.gateway.resumed.get(), 10)
        message = await bot.hears("two")
    assert (resumed["session_id"], resumed["token"]) == ("s", TOKEN)
    assert resumed["seq"] == 2
    assert message.content == "two"
