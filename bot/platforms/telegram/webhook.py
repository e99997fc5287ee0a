"""Updates that Telegram brings to a web address of ours, instead of being asked for them."""

import asyncio
import hmac
import json
import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.memory.updates import NotKeptError
from bot.platforms import PlatformError
from bot.platforms.redaction import hide_in_logs
from bot.platforms.telegram import limits

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
HEALTH = "/health"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
BAD_URL = (
    "TELEGRAM_WEBHOOK_URL is not an https address such as https://docent.example.org/telegram."
    " Correct it, or leave it out and Docent asks Telegram for news itself."
)
BAD_CHARACTERS = (
    "TELEGRAM_WEBHOOK_SECRET may have up to 256 of the characters A–Z, a–z, 0–9, _ and -. Correct"
    " it, or leave it out and Docent makes one."
)


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates to (``url``), and where they come out on this machine."""

    url: str
    host: str = "127.0.0.1"
    port: int = 0
    secret: str = field(default="", repr=False)
    """What Telegram says with each; "" for one made at random now."""

    def __post_init__(self) -> None:
        """Make the secret, and hide it in logs. Raises `PlatformError` for what cannot be."""
        try:
            url = urlsplit(self.url)
            proper = url.scheme == "https" and bool(url.hostname) and url.port != 0
        except ValueError:
            proper = False
        if not proper:
            raise PlatformError(BAD_URL)
        object.__setattr__(self, "secret", self.secret or secrets.token_urlsafe(32))
        if not SECRET.fullmatch(self.secret):
            raise PlatformError(BAD_CHARACTERS)
        hide_in_logs(self.secret)

    @property
    def path(self) -> str:
        """The path of the address, at which updates are taken."""
        return urlsplit(self.url).path or "/"


Take = Callable[[list[dict[str, Any]]], Awaitable[None]]


class Listener:
    """Takes the updates that Telegram brings; whoever does not know the secret is refused."""

    def __init__(self, webhook: Webhook, take: Take, state: Callable[[], dict[str, Any]]) -> None:
        """Hand updates to ``take``, which keeps them; tell ``state`` to who asks for the health."""
        self._webhook = webhook
        self._take = take
        self._state = state
        self._runner: web.AppRunner | None = None
        self.stopping = False
        """Once set, Telegram is asked to keep its updates."""

    @property
    def port(self) -> int:
        """The port it listens on; 0 before it does."""
        return int(self._runner.addresses[0][1]) if self._runner else 0

    async def open(self) -> None:
        """Listen, if that is not done yet. Raises `PlatformError` if the port is not free."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=limits.WEBHOOK_BYTES)
        app.router.add_post(self._webhook.path, self._update)
        app.router.add_get(HEALTH, self._health)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=limits.WEBHOOK_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._webhook.host, self._webhook.port).start()
        except OSError as error:
            await runner.cleanup()
            raise PlatformError(taken(self._webhook)) from error
        self._runner = runner

    async def close(self) -> None:
        """Listen no more; requests that came are answered."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _update(self, request: web.Request) -> web.Response:
        told = request.headers.get(HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(told, self._webhook.secret.encode()):
            return web.Response(status=403)
        if self.stopping:
            return web.Response(status=503)
        try:
            async with asyncio.timeout(limits.WEBHOOK_SECONDS):
                content = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        except ValueError:
            return web.Response(status=400)
        return web.Response(status=await self._taken(content))

    async def _taken(self, content: Any) -> int:
        """Keep an update; return the status that tells Telegram whether it may forget it."""
        try:
            await self._take([content])
        except (ValueError, TypeError, LookupError):
            return 400
        except NotKeptError:
            log.exception("An update cannot be kept; Telegram is asked to bring it again")
            return 503
        return 200

    async def _health(self, _: web.Request) -> web.Response:
        state = {"listening": not self.stopping, **self._state()}
        return web.json_response(state, status=503 if self.stopping else 200)


def taken(webhook: Webhook) -> str:
    """Return the sentence for a port that is not free."""
    return (
        f"Updates of Telegram cannot be taken at {webhook.host}:{webhook.port}: it is not free."
        " Set TELEGRAM_WEBHOOK_PORT or TELEGRAM_WEBHOOK_HOST."
    )


async def check_way(webhook: Webhook | None) -> str:
    """Return a sentence on how updates come. Raises `PlatformError` with one."""
    if webhook is None:
        return "Docent asks it for news (no TELEGRAM_WEBHOOK_URL is set)."

    async def nothing(_: list[dict[str, Any]]) -> None:
        """Take no update: this listener is closed at once."""

    listener = Listener(webhook, nothing, dict)
    listener.stopping = True
    await listener.open()
    await listener.close()
    host = urlsplit(webhook.url).hostname
    return f"It brings its news to {host}, which must pass it on to {webhook.host}:{webhook.port}."
