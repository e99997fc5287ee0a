"""telemelya, a Bot API for tests that others wrote, on a free port of this machine.

It keeps its state in Redis, for which fakeredis stands, and its files in an S3 store, for which a
dictionary does: neither says anything to a bot. What a bot hears is telemelya's own. It brings
updates by webhook only, and without the secret that Telegram would send; a relay adds it, as a
proxy before a bot can, and takes away the empty text that telemelya gives to every photo.
"""

import asyncio
import importlib.util
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, chdir
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import aiohttp
import httpx
import pytest
import uvicorn
from aiohttp import web

TOKEN = "123456789:AAHnotARealTokenJustForTheLoopbackPeer"
SECRET = "hush"
SECONDS = 10.0
NEEDED = ("telemelya", "fakeredis", "uvicorn", "fastapi")


def require_telemelya() -> None:
    """Skip, or in CI fail, where telemelya is not installed."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"Not installed: {', '.join(missing)}. `make test` installs it.")


class Bucket:
    """As much of an S3 client as telemelya uses."""

    def __init__(self) -> None:
        """Start empty."""
        self.files: dict[str, bytes] = {}

    async def put_object(self, *, Key: str, Body: bytes, **_: str) -> None:  # noqa: N803
        """Keep a file."""
        self.files[Key] = Body

    async def get_object(self, *, Key: str, **_: str) -> dict[str, Any]:  # noqa: N803
        """Return a file, as S3 wraps it."""
        return {"Body": _Stream(self.files[Key])}


class _Stream(BytesIO):
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    async def read(self, *_: Any) -> bytes:  # type: ignore[override]
        return self.getvalue()


class Telemelya:
    """A person who writes to the bot through telemelya, and reads what it answers."""

    def __init__(self, url: str) -> None:
        """Write through the server at ``url``."""
        self.url = url
        self._info = f"{url}/bot{TOKEN}/getWebhookInfo"
        self._http = httpx.AsyncClient(
            base_url=f"{url}/api/v1/test",
            headers={"Authorization": "Bearer any", "X-Test-Session": "one"},
            timeout=SECONDS,
        )

    async def has_webhook(self) -> None:
        """Wait until the bot has said where it takes its updates."""
        async with asyncio.timeout(SECONDS):
            while True:
                if (await self._http.post(self._info)).json()["result"]["url"]:
                    return
                await asyncio.sleep(0.05)

    async def write(self, **update: Any) -> None:
        """Have telemelya bring an update to the bot, which must take it."""
        values = {"chat_id": 7, **update}
        answer = await self._http.post("/send_update", params={"bot_token": TOKEN}, json=values)
        assert answer.json()["delivery"]["status_code"] == 200, answer.text

    async def upload(self, picture: bytes) -> str:
        """Return the id of a picture that can be sent as a photo."""
        answer = await self._http.post("/upload_media", files={"file": ("a.jpg", picture)})
        return str(answer.json()["file_id"])

    async def heard(self, method: str, times: int = 1) -> dict[str, Any]:
        """Wait until the bot has called a method so often; return the last of these calls."""
        async with asyncio.timeout(SECONDS):
            while True:
                answers = (await self._http.get("/responses")).json()["responses"]
                calls = [answer for answer in answers if answer["method"] == method]
                if len(calls) >= times:
                    return dict(calls[times - 1])
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Write no more."""
        await self._http.aclose()


@asynccontextmanager
async def telemelya() -> AsyncIterator[Telemelya]:
    """Run telemelya until the end of the block."""
    app = _application()
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="warning"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(SECONDS):
        while not server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
            await asyncio.sleep(0.01)
    person = Telemelya(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    try:
        yield person
    finally:
        await person.close()
        server.should_exit = True
        await task


def _application() -> Any:
    """Return telemelya's application, with stores of ours under it."""
    _stand_in("aiobotocore.session", get_session=object)
    _stand_in("botocore.config", Config=object)
    from fakeredis import FakeAsyncRedis

    # It reads the folder's .env, and takes none but its own settings in it.
    with chdir(Path(__file__).parent):
        from telemelya.server.app import app
        from telemelya.server.media import media_manager
        from telemelya.server.state import state_manager

    state_manager._redis = FakeAsyncRedis(decode_responses=True)
    media_manager._client = Bucket()
    return app


def _stand_in(name: str, **names: Any) -> None:
    """Let a module be imported that is not there, and whose names are not used."""
    parent = name.partition(".")[0]
    if parent not in sys.modules and importlib.util.find_spec(parent) is not None:
        return
    sys.modules.setdefault(parent, ModuleType(parent))
    module = sys.modules.setdefault(name, ModuleType(name))
    vars(module).update(names)


@asynccontextmanager
async def relay(port: int) -> AsyncIterator[str]:
    """Pass updates on to a port with Telegram's secret; yield the address that takes them."""

    async def pass_on(request: web.Request) -> web.Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        url = f"http://127.0.0.1:{port}{request.path}"
        update = await request.json()
        message = update.get("message", {})
        if "photo" in message and message.get("text") == "":
            del message["text"]
        async with (
            aiohttp.ClientSession() as session,
            session.post(url, json=update, headers=headers) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read())

    app = web.Application()
    app.router.add_post("/{path}", pass_on)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    finally:
        await runner.cleanup()
