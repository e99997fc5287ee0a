"""A small Discord on loopback: REST answers and a gateway, as far as a run of the bot goes."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from aiohttp import WSMsgType, web

ME = {"id": "42", "username": "docent", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    **{"id": "4242", "name": "docent", "description": "", "icon": None, "flags": 0},
    **{"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "owner": ME},
}
ANN = {"id": "7", "username": "ann", "discriminator": "0", "avatar": None, "global_name": "Ann"}
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, HELLO, ACK = 0, 1, 2, 6, 7, 10, 11


class Gateway:
    """Answers the bot, keeps what it asks, and tells it of private messages."""

    def __init__(self) -> None:
        """Start with nobody connected."""
        self.requests: asyncio.Queue[tuple[str, str, Any]] = asyncio.Queue()
        self.identified: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.resumed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.refusals: list[web.Response] = []
        self.address = ""
        self._socket: web.WebSocketResponse | None = None
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1000)

    async def requested(self, path: str) -> Any:
        """Return the body of the next request to a path."""
        while True:
            _, asked, body = await asyncio.wait_for(self.requests.get(), 5)
            if asked == path:
                return body

    async def say(self, text: str) -> None:
        """Have Ann write to the bot in private."""
        message = {
            **{"id": str(next(self._messages)), "channel_id": "77", "author": ANN, "type": 0},
            **{"content": text, "timestamp": "2026-01-01T00:00:00+00:00", "tts": False},
            **{"edited_timestamp": None, "mention_everyone": False, "pinned": False},
            **{"mentions": [], "mention_roles": [], "attachments": [], "embeds": []},
        }
        await self._send({"op": DISPATCH, "t": "MESSAGE_CREATE", "d": message})

    async def break_off(self) -> None:
        """Ask the bot to connect anew, as Discord does now and then."""
        await self._send({"op": RECONNECT, "d": None})

    async def close(self, code: int) -> None:
        """End the connection."""
        assert self._socket is not None
        await self._socket.close(code=code)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        """Answer a request of the REST API."""
        body = await _body(request)
        self.requests.put_nowait((request.method, request.path, body))
        if request.path == "/gateway/bot":
            limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            return answered({"url": self.address, "shards": 1, "session_start_limit": limit})
        known = {"/users/@me": ME, "/oauth2/applications/@me": APPLICATION}
        if request.path in known:
            return answered(known[request.path])
        if request.path.endswith("/commands"):
            return answered([])
        if self.refusals:
            return self.refusals.pop()
        number = str(next(self._messages))
        return answered(
            {
                **{"id": number, "channel_id": "77", "author": ME, "content": "", "type": 0},
                **{"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None},
                **{"tts": False, "mention_everyone": False, "mentions": [], "mention_roles": []},
                **{"attachments": [], "embeds": [], "pinned": False},
            }
        )

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with the bot as Discord's gateway does."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._socket = socket
        await self._send({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = json.loads(message.data)
            if said["op"] == HEARTBEAT:
                await self._send({"op": ACK})
            elif said["op"] == IDENTIFY:
                self.identified.put_nowait(said["d"])
                ready = {"v": 10, "user": ME, "guilds": [], "session_id": "s"}
                more = {"application": {"id": "4242", "flags": 0}, "shard": [0, 1]}
                url = {"resume_gateway_url": self.address}
                await self._send({"op": DISPATCH, "t": "READY", "d": {**ready, **more, **url}})
            elif said["op"] == RESUME:
                self.resumed.put_nowait(said["d"])
                await self._send({"op": DISPATCH, "t": "RESUMED", "d": {}})
        return socket

    async def _send(self, payload: dict[str, Any]) -> None:
        assert self._socket is not None
        number = next(self._numbers) if payload["op"] == DISPATCH else None
        await self._socket.send_str(json.dumps({"s": number, "t": None, "d": None, **payload}))


async def _body(request: web.Request) -> Any:
    """Return a body: its JSON, with the bytes of the files that came beside it as ``files``."""
    if not request.can_read_body:
        return None
    if not request.content_type.startswith("multipart/"):
        return await request.json()
    body: dict[str, Any] = {"files": {}}
    async for part in await request.multipart():
        content = await part.read()
        if part.name == "payload_json":
            body |= json.loads(content)
        else:
            body["files"][part.name, part.filename] = bytes(content)
    return body


def answered(body: object, status: int = 200, **headers: str) -> web.Response:
    """Return JSON as Discord sends it: discord.py knows it by this very header."""
    kind = {"Content-Type": "application/json", **headers}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=kind)


@asynccontextmanager
async def discord_gateway(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    """Serve a Discord on loopback, to which discord.py goes until the end of the test."""
    gateway = Gateway()
    app = web.Application()
    app.router.add_get("/gateway", gateway.socket)
    app.router.add_route("*", "/{path:.*}", gateway.rest)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    gateway.address = f"ws://127.0.0.1:{port}/gateway"
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}")
    try:
        yield gateway
    finally:
        await runner.cleanup()
