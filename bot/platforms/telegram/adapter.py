"""Docent's Telegram bot: updates come by long polling, replies go out as messages and edits."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, Protocol

from telegram import Update
from telegram.error import Conflict, Forbidden, TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, TypeHandler

from bot.conversation.events import Album, Event, Photo
from bot.conversation.phrases import FALLBACK
from bot.conversation.replies import Reply
from bot.platforms import PlatformError
from bot.platforms.repeats import Repeats
from bot.platforms.telegram import limits
from bot.platforms.telegram.albums import Albums
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
from bot.platforms.telegram.incoming import PictureEvent, read_update
from bot.platforms.telegram.limiting import ChatLimiter
from bot.platforms.telegram.ordering import ChatOrder
from bot.platforms.telegram.outgoing import TapAnswer, deliver, typing
from bot.platforms.telegram.pictures import PictureNotHadError, Room, fetch
from bot.platforms.telegram.reaching import Reach, first_of
from bot.platforms.telegram.repeats import button_of
from bot.platforms.texts import shorten

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
ALLOWED_UPDATES = ("message", "callback_query")


class Assistant(Protocol):
    """Whoever answers the events."""

    async def handle(self, event: Event) -> Reply | None:
        """Return the answer to an event; ``None`` is silence."""


class TelegramPlatform:
    """The bot of one token, in the event loop that calls `run`."""

    def __init__(
        self,
        token: str,
        assistant: Assistant,
        api_url: str = OFFICIAL_URL,
        menus: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Prepare the bot; its menus: language → command → a few words.

        The English one is for every language that has none of its own.

        Raises `PlatformError` for a token or an address that cannot be one.
        """
        self._assistant = assistant
        self._api_url = proper_url(api_url)
        self._menus = dict(menus or {})
        self._room = Room()
        self._pictures = asyncio.Semaphore(limits.PICTURES_AT_ONCE)
        self._reach = Reach()
        self._repeats = Repeats()
        self._albums = Albums()
        self._taps: dict[int, TapAnswer] = {}
        self._request = CarefulRequest(read_timeout=15, pool_timeout=10)
        self._polling = PollingRequest(connection_pool_size=1)
        self._app = self._build(proper(token), self._api_url)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop`` is set and what is in hand is done.

        Waits for a network that is away. Raises `PlatformError` for a token that Telegram refuses.
        """
        try:
            if await self._connected(stop):
                await first_of(stop, self._polling.refused)
        finally:
            await self._finish()
        if self._polling.refused.is_set():
            raise PlatformError(REFUSED)

    def _build(self, token: str, url: str) -> App:
        app: App = (
            ApplicationBuilder()
            .token(token)
            .base_url(f"{url}/bot")
            .base_file_url(f"{url}/file/bot")
            .request(self._request)
            .get_updates_request(self._polling)
            .rate_limiter(ChatLimiter())
            .concurrent_updates(ChatOrder(self._arrived))
            .build()
        )
        app.add_handler(TypeHandler(Update, self._answer))
        app.add_error_handler(_log_failure)
        return app

    async def _connected(self, stop: asyncio.Event) -> bool:
        """Start polling; return ``False`` if told to stop before Telegram was reached."""
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
        app = self._app
        await app.initialize()
        await self._publish_commands()
        if not app.running:
            await app.start()
        if app.updater is not None:
            await app.updater.start_polling(
                timeout=timedelta(seconds=limits.POLL_SECONDS),
                allowed_updates=ALLOWED_UPDATES,
                error_callback=_log_polling,
            )
        log.info(describe(app.bot.bot))

    async def _publish_commands(self) -> None:
        try:
            for language, menu in self._menus.items():
                commands = [
                    (name, shorten(text, limits.COMMAND_UNITS)) for name, text in menu.items()
                ]
                code = None if language == FALLBACK else language
                await self._app.bot.set_my_commands(commands, language_code=code)
        except TelegramError as error:
            log.warning("Telegram's menu of commands is not up to date: %s", error)

    async def _finish(self) -> None:
        """Take no more updates, answer those in hand, and close the connections."""
        self._reach.stopping.set()
        app = self._app
        if app.updater is not None and app.updater.running:
            await app.updater.stop()
        try:
            if app.running:
                async with asyncio.timeout(limits.STOP_SECONDS):
                    await app.stop()
        except TimeoutError:
            log.warning("Not everything was answered in %.0f s", limits.STOP_SECONDS)
        await app.shutdown()
        await app.bot.shutdown()

    def _arrived(self, update: Update) -> None:
        """Note taps and albums the moment they come: they may have to wait for the chat's turn."""
        self._albums.note(update)
        if update.callback_query is not None:
            self._taps[update.update_id] = TapAnswer(update.callback_query)

    async def _answer(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        tap, query = self._taps.pop(update.update_id, None), update.callback_query
        if tap and query and (words := self._repeats.words(button_of(query))):
            await tap.give(words)
            return
        reply: Reply | None = None
        try:
            reply = await self._ask(update)
        finally:
            if tap is not None:
                await tap.give(reply.toast if reply else "")
        if reply is not None:
            await deliver(self._app.bot, update, reply, self._reach)
            if query:
                self._repeats.note(button_of(query), reply.again)

    async def _ask(self, update: Update) -> Reply | None:
        """Return the assistant's answer to an update."""
        bot = self._app.bot
        events = [read_update(each, bot.bot) for each in await self._albums.whole(update)]
        pictures = [event for event in events if isinstance(event, PictureEvent)]
        if not pictures:
            event = next((event for event in events if event is not None), None)
            return await self._assistant.handle(event) if isinstance(event, Event) else None
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(typing(bot, update))
            await stack.enter_async_context(self._room.for_files([e.file for e in pictures]))
            whole = as_one([await self._whole(event) for event in pictures])
            await stack.enter_async_context(self._pictures)
            return await self._assistant.handle(whole)

    async def _whole(self, event: PictureEvent) -> Event:
        try:
            return event.with_bytes(await fetch(self._app.bot, event.file))
        except PictureNotHadError as error:
            return event.refused(error.reason)


def as_one(events: Sequence[Event]) -> Event:
    """Return the one event that an album's are: its photos, or why there is none to look at."""
    photos = tuple(event for event in events if isinstance(event, Photo))
    if len(photos) < 2:
        return next(iter(photos), events[0])
    first = photos[0]
    return Album(
        id=first.id,
        chat=first.chat,
        person=first.person,
        language=first.language,
        addressed=first.addressed,
        photos=photos,
    )


def _log_polling(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error(
            "Another program listens with the same Telegram token (409 Conflict). Stop it: Telegram"
            " speaks to one at a time."
        )
    else:
        log.warning("Telegram cannot be asked for news just now: %s", error)


async def _log_failure(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(context.error, Forbidden):
        log.info("Update %s: Docent may not write in that chat: %s", number, context.error)
    else:
        log.error("Update %s was not answered", number, exc_info=context.error)
