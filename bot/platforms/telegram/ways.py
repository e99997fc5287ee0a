"""The two ways in which updates come: Docent asks for them, or Telegram brings them."""

import asyncio
import logging
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.error import Conflict, TelegramError
from telegram.ext import Updater

from bot.platforms.telegram import limits
from bot.platforms.telegram.connection import PollingRequest
from bot.platforms.telegram.inbox import Inbox, Raw
from bot.platforms.telegram.webhook import Webhook

log = logging.getLogger(__name__)

Queue = asyncio.Queue[object]


class Way(Protocol):
    """How updates come into the queue of those to be handled, each kept before."""

    async def open(self) -> None:
        """Let updates come. Raises `TelegramError` or `PlatformError`; may be called again."""

    async def caught_up(self) -> None:
        """Wait until what happened while Docent was away is in the queue."""

    async def shut(self) -> None:
        """Let no more updates come; Telegram keeps them."""

    async def close(self) -> None:
        """End all connections; answers to what came before are given by now."""


async def check_way(webhook: Webhook | None) -> str:
    """Return a sentence on how updates come. Raises `PlatformError` with one."""
    if webhook is None:
        return "Docent asks it for news (no TELEGRAM_WEBHOOK_URL is set)."
    from bot.platforms.telegram.listening import check_port

    await check_port(webhook)
    host = urlsplit(webhook.url).hostname
    return f"It brings its news to {host}, which must pass it on to {webhook.host}:{webhook.port}."


class Polling:
    """Docent asks Telegram for updates, and waits for the answer."""

    def __init__(self, updater: Updater, request: PollingRequest) -> None:
        """Ask by ``updater``, which asks by ``request``."""
        self._updater = updater
        self._request = request

    async def open(self) -> None:
        """Ask for what came meanwhile, then again and again; a webhook set earlier is removed."""
        bot, queue = self._updater.bot, self._updater.update_queue
        await bot.delete_webhook(drop_pending_updates=False)
        await self._catch_up(bot, queue)
        await self._updater.start_polling(
            timeout=timedelta(seconds=limits.POLL_SECONDS),
            allowed_updates=limits.ALLOWED_UPDATES,
            error_callback=_log_polling,
        )

    async def caught_up(self) -> None:
        """Wait until Telegram answered once."""
        await self._request.answered.wait()

    async def shut(self) -> None:
        """Ask no more."""
        if self._updater.running:
            await self._updater.stop()

    async def close(self) -> None:
        """Nothing is held."""

    @staticmethod
    async def _catch_up(bot: Bot, queue: Queue) -> None:
        """Take all that waits at Telegram at once: polling answers late when there is nothing."""
        offset = None
        try:
            while updates := await bot.get_updates(
                offset, timeout=0, allowed_updates=limits.ALLOWED_UPDATES
            ):
                for update in updates:
                    await queue.put(update)
                offset = updates[-1].update_id + 1
        except TelegramError as error:
            _log_polling(error)


class Bringing:
    """Telegram brings updates to a web address of ours.

    The web server for that takes 10 MB, which only those pay who use it.
    """

    def __init__(self, bot: Bot, queue: Queue, inbox: Inbox, webhook: Webhook) -> None:
        """Put into ``queue`` what comes to ``webhook``, once ``inbox`` has it."""
        from bot.platforms.telegram.listening import Listener

        self._bot = bot
        self._queue = queue
        self._inbox = inbox
        self._webhook = webhook
        self.listener = Listener(webhook, self._take, self._state)

    async def open(self) -> None:
        """Listen, and tell Telegram where."""
        await self.listener.open()
        await self._bot.set_webhook(
            self._webhook.url,
            max_connections=limits.WEBHOOK_CONNECTIONS,
            allowed_updates=limits.ALLOWED_UPDATES,
            drop_pending_updates=False,
            secret_token=self._webhook.secret,
        )

    async def caught_up(self) -> None:
        """Wait for a while: Telegram does not say what it still has."""
        await asyncio.sleep(limits.WEBHOOK_SETTLE_SECONDS)

    async def shut(self) -> None:
        """Refuse updates, so that Telegram brings them again; the webhook stays set."""
        self.listener.stopping = True

    async def close(self) -> None:
        """Listen no more."""
        await self.listener.close()

    async def _take(self, contents: list[Raw]) -> None:
        for content in await self._inbox.take(contents):
            await self._queue.put(Update.de_json(content, self._bot))

    def _state(self) -> dict[str, Any]:
        quiet = self._inbox.quiet_seconds
        seconds = None if quiet is None else round(quiet, 1)
        return {"last_update_seconds": seconds, "waiting_updates": len(self._inbox)}


def _log_polling(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error(
            "Another program listens with the same Telegram token (409 Conflict). Stop it: Telegram"
            " speaks to one at a time."
        )
    else:
        log.warning("Telegram cannot be asked for news just now: %s", error)
