"""A small Discord on loopback: REST answers and a gateway, as far as a run of a bot goes."""

import asyncio
import itertools
import json
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from aiohttp import WSMsgType, web

from tests.peers.discord_rest import ANN, APPLICATION, ME, MESSAGE, Rest, answered

__all__ = ["Gateway", "answered", "discord_gateway", "serve_discord"]

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, HELLO, ACK = 0, 1, 2, 6, 7, 10, 11
READY = {
    **{"v": 10, "user": ME, "guilds": [], "session_id": "s", "shard": [0, 1]},
    "application": {"id": APPLICATION["id"], "flags": 0},
}


class Gateway:
    """Speaks with a bot as Discord's gateway does, and tells it of private messages."""

    def __init__(self, heartbeat_seconds: float = 41.25) -> None:
        """Start with nobody connected."""
        self.rest = Rest()
        self.identified: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.resumed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heartbeats: asyncio.Queue[int | None] = asyncio.Queue()
        self._beat = heartbeat_seconds
        self._socket: web.WebSocketResponse | None = None
        self._stream: Any = None
        self._numbers = itertools.count(1)

    @property
    def refusals(self) -> list[web.Response]:
        """What the next requests about messages are answered with."""
        return self.rest.refusals

    async def requested(self, path: str, method: str = "") -> Any:
        """Return the body of the next request to a path."""
        return await self.rest.requested(path, method)

    async def say(self, text: str) -> None:
        """Have Ann write to the bot in private."""
        message = MESSAGE | {"id": str(next(self.rest.numbers)), "author": ANN, "content": text}
        await self._send({"op": DISPATCH, "t": "MESSAGE_CREATE", "d": message})

    async def break_off(self) -> None:
        """Ask the bot to connect anew, as Discord does now and then."""
        await self._send({"op": RECONNECT, "d": None})

    async def close(self, code: int) -> None:
        """End the connection."""
        assert self._socket is not None
        await self._socket.close(code=code)

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with the bot, compressed if it wants that."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        packed = request.query.get("compress") == "zlib-stream"
        self._stream = zlib.compressobj() if packed else None
        await self._send({"op": HELLO, "d": {"heartbeat_interval": int(1000 * self._beat)}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._hear(json.loads(message.data))
        return socket

    async def _hear(self, said: dict[str, Any]) -> None:
        if said["op"] == HEARTBEAT:
            self.heartbeats.put_nowait(said["d"])
            await self._send({"op": ACK})
        elif said["op"] == IDENTIFY:
            self.identified.put_nowait(said["d"])
            ready = READY | {"resume_gateway_url": self.rest.gateway}
            await self._send({"op": DISPATCH, "t": "READY", "d": ready})
        elif said["op"] == RESUME:
            self.resumed.put_nowait(said["d"])
            await self._send({"op": DISPATCH, "t": "RESUMED", "d": {}})

    async def _send(self, payload: dict[str, Any]) -> None:
        assert self._socket is not None
        number = next(self._numbers) if payload["op"] == DISPATCH else None
        said = json.dumps({"s": number, "t": None, "d": None, **payload})
        if self._stream is None:
            await self._socket.send_str(said)
        else:
            packed = self._stream.compress(said.encode())
            await self._socket.send_bytes(packed + self._stream.flush(zlib.Z_SYNC_FLUSH))


@asynccontextmanager
async def serve_discord(heartbeat_seconds: float = 41.25) -> AsyncIterator[tuple[Gateway, str]]:
    """Serve a Discord on loopback; yield it and its address.

    At the end, nothing that was asked of it may have been against its description.
    """
    gateway = Gateway(heartbeat_seconds)
    app = web.Application()
    app.router.add_get("/socket", gateway.socket)
    app.router.add_route("*", "/{path:.*}", gateway.rest.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    gateway.rest.gateway = f"ws://127.0.0.1:{port}/socket"
    try:
        yield gateway, f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
    assert gateway.rest.problems == []


@asynccontextmanager
async def discord_gateway(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    """Serve a Discord on loopback, to which discord.py goes until the end of the test."""
    async with serve_discord() as (gateway, address):
        monkeypatch.setattr(discord.http.Route, "BASE", address)
        yield gateway
