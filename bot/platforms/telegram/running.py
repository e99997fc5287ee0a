"""Docent's Telegram bot: started, kept in touch with Telegram, and stopped."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ExtBot, TypeHandler

from bot.memory.polls import Polls
from bot.memory.store import Store
from bot.memory.updates import NotKeptError, Updates
from bot.platforms import PlatformError
from bot.platforms.guide import Guide
from bot.platforms.telegram import limits
from bot.platforms.telegram.adapter import Adapter
from bot.platforms.telegram.connection import (
    OFFICIAL_URL,
    REFUSED,
    CarefulRequest,
    PollingRequest,
    describe,
    proper,
    proper_url,
    unreachable,
)
from bot.platforms.telegram.handling import Handling
from bot.platforms.telegram.inbox import Inbox
from bot.platforms.telegram.limiting import ChatLimiter
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.noticing import TelegramNoticing
from bot.platforms.telegram.ordering import ChatOrder
from bot.platforms.telegram.publishing import Profile, publish
from bot.platforms.telegram.reaching import first_of, is_shut_out
from bot.platforms.telegram.ways import Bringing, Polling, Way
from bot.platforms.telegram.webhook import Webhook

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


class TelegramPlatform:
    """The bot of one token, in the event loop that calls `run`."""

    def __init__(
        self,
        token: str,
        guide: Guide,
        api_url: str = OFFICIAL_URL,
        profiles: Mapping[str, Profile] | None = None,
        store: Store | None = None,
        webhook: Webhook | None = None,
    ) -> None:
        """Prepare the bot, which asks Telegram for updates unless there is a ``webhook``.

        ``profiles`` are by language. Without ``store``, a kill loses what is in hand.
        Raises `PlatformError` for a token or an address that cannot be one.
        """
        self._api_url = proper_url(api_url)
        self._profiles = dict(profiles or {})
        bot_id = int(proper(token).partition(":")[0])
        self._inbox = Inbox(bot_id, Updates(store) if store else None)
        self._membership = Membership(guide)
        self._request = CarefulRequest(read_timeout=15, pool_timeout=10)
        self._polling = PollingRequest(self._inbox, connection_pool_size=1)
        self._bot = ExtBot(
            token,
            base_url=f"{self._api_url}/bot",
            base_file_url=f"{self._api_url}/file/bot",
            request=self._request,
            get_updates_request=self._polling,
            rate_limiter=ChatLimiter(self._membership.heed_refusal),
        )
        polls = Polls(store) if store else None
        self._adapter = Adapter(self._bot, guide, self._inbox.came_at, polls)
        self._handling = Handling(self._adapter, self._membership, self._inbox)
        self._order = ChatOrder(self._adapter.arrived, dropped=self._handling.tick_off)
        self._noticing = TelegramNoticing(self._bot, guide, self._order, self._adapter.reach, polls)
        self._app = self._build()
        self._way = self._way_in(webhook)
        self._refused = self._request.refused if webhook else self._polling.refused
        self._beside: list[asyncio.Task[None]] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set and what is in hand is done.

        Waits for a network that is away. Raises `PlatformError` for a token that Telegram refuses.
        """
        try:
            if await self._connected(stop):
                self._beside = [
                    asyncio.create_task(publish(self._bot, self._profiles)),
                    asyncio.create_task(self._noticing.run(self._caught_up)),
                ]
                await first_of(stop, self._refused)
        finally:
            await self._finish()
        if self._refused.is_set():
            raise PlatformError(REFUSED)

    def _build(self) -> App:
        app: App = ApplicationBuilder().bot(self._bot).concurrent_updates(self._order).build()
        app.add_handler(TypeHandler(Update, self._handling))
        app.add_error_handler(_log_failure)
        return app

    def _way_in(self, webhook: Webhook | None) -> Way:
        if webhook is not None:
            return Bringing(self._bot, self._app.update_queue, self._inbox, webhook)
        assert self._app.updater is not None
        return Polling(self._app.updater, self._polling)

    async def _connected(self, stop: asyncio.Event) -> bool:
        """Let updates come; return ``False`` if told to stop before Telegram was reached."""
        pause = 1.0
        while not stop.is_set():
            try:
                await self._start()
            except TelegramError as error:
                # A proxy or a login page answers anything in passing; only Telegram's 401 stays.
                if self._request.refused.is_set():
                    raise PlatformError(REFUSED) from None
                sentence = unreachable(self._api_url, error)
                log.warning("%s Trying again in %.0f s. (%s)", sentence, pause, error)
            else:
                return True
            await first_of(stop, seconds=pause)
            pause = min(2 * pause, limits.CONNECT_PAUSE_SECONDS)
        return False

    async def _start(self) -> None:
        await self._app.initialize()
        if not self._app.running:
            await self._take_up()
            await self._app.start()
        await self._way.open()
        log.info(describe(self._bot.bot))

    async def _take_up(self) -> None:
        """Put what was not done before Docent was stopped before all that is new."""
        try:
            contents = await self._inbox.left_over()
        except NotKeptError as error:
            raise PlatformError(f"{error}.") from error
        if contents:
            log.info("%d updates were not answered before the last stop", len(contents))
        for content in contents:
            await self._app.update_queue.put(Update.de_json(content, self._bot))

    async def _caught_up(self) -> None:
        """Wait until all that people did while Docent was away is dealt with."""
        await self._way.caught_up()
        await self._inbox.settled()

    async def _finish(self) -> None:
        """Take no more updates, answer those in hand, and close the connections."""
        self._adapter.reach.stopping.set()
        for task in self._beside:
            task.cancel()
        await self._way.shut()
        await asyncio.gather(*self._beside, return_exceptions=True)
        try:
            async with asyncio.timeout(limits.STOP_SECONDS):
                await self._noticing.finish()
                if self._app.running:
                    await self._app.stop()
        except TimeoutError:
            log.warning("Not everything was answered in %.0f s", limits.STOP_SECONDS)
        await self._way.close()
        await self._app.shutdown()
        await self._bot.shutdown()


async def _log_failure(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    number = update.update_id if isinstance(update, Update) else None
    if is_shut_out(context.error):
        log.info("Update %s: Docent may not write in that chat: %s", number, context.error)
    else:
        log.error("Update %s was not answered", number, exc_info=context.error)
