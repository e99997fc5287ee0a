"""The small web server to which Telegram brings updates, with its health."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.memory.updates import NotKeptError
from bot.platforms import PlatformError
from bot.platforms.telegram import limits
from bot.platforms.telegram.webhook import Webhook

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
HEALTH = "/health"

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
            raise PlatformError(_not_free(self._webhook)) from error
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


def _not_free(webhook: Webhook) -> str:
    """Return the sentence for a port that is not free."""
    return (
        f"Updates of Telegram cannot be taken at {webhook.host}:{webhook.port}: it is not free."
        " Set TELEGRAM_WEBHOOK_PORT or TELEGRAM_WEBHOOK_HOST."
    )


async def check_port(webhook: Webhook) -> None:
    """Listen for a moment. Raises `PlatformError` if the port is not free."""

    async def nothing(_: list[dict[str, Any]]) -> None:
        """Take no update: none is let in."""

    listener = Listener(webhook, nothing, dict)
    listener.stopping = True
    await listener.open()
    await listener.close()
