"""What becomes of a Telegram update: it is read, the guide is asked, the answer is delivered."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Update
from telegram.ext import CallbackContext

from bot.conversation.events import Chat, Event
from bot.conversation.replies import Reply
from bot.memory.polls import AskedPoll
from bot.platforms.guide import Guide
from bot.platforms.repeats import Repeats
from bot.platforms.telegram import limits
from bot.platforms.telegram.albums import Albums
from bot.platforms.telegram.gathering import as_one, to_fetch
from bot.platforms.telegram.incoming import PictureEvent, read_update, read_vote
from bot.platforms.telegram.inline import answer_inline
from bot.platforms.telegram.outgoing import TapAnswer, deliver, deliver_to, typing
from bot.platforms.telegram.pictures import PictureNotHadError, Room, fetch
from bot.platforms.telegram.reaching import Reach
from bot.platforms.telegram.repeats import button_of
from bot.platforms.telegram.rights import Rights
from bot.platforms.telegram.sending import PollBook


class Adapter:
    """Between one bot's updates and the guide; how updates come is `running`'s concern."""

    def __init__(
        self,
        bot: Bot,
        guide: Guide,
        came_at: Callable[[int], datetime] = lambda _: datetime.now(UTC),
        polls: PollBook | None = None,
    ) -> None:
        """Answer as ``bot`` what the guide says.

        ``came_at`` tells of an update's number when it came; without ``polls`` none are asked.
        """
        self._bot = bot
        self._guide = guide
        self._came_at = came_at
        self._polls = polls
        self._rights = Rights()
        self.reach = Reach()
        self.albums = Albums()
        self._room = Room()
        self._pictures = asyncio.Semaphore(limits.PICTURES_AT_ONCE)
        self._repeats = Repeats()
        self._taps: dict[int, TapAnswer] = {}

    def arrived(self, update: Update) -> None:
        """Note taps and albums the moment they come: they may have to wait for the chat's turn."""
        self.albums.note(update)
        if update.callback_query is not None:
            self._taps[update.update_id] = TapAnswer(update.callback_query)

    async def answer(self, update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        """Answer an update in its chat's turn. Raises `TelegramError` where that cannot be sent."""
        if update.poll_answer is not None:
            await self._count(update)
            return
        if update.inline_query is not None:
            await answer_inline(self._bot, update.inline_query, self._guide)
            return
        tap, query = self._taps.pop(update.update_id, None), update.callback_query
        if tap and query and (words := self._repeats.words(button_of(query))):
            await tap.give(words)
            return
        event: Event | None = None
        reply: Reply | None = None
        try:
            event, reply = await self._ask(update)
        finally:
            if tap is not None:
                await tap.give(
                    reply.toast if reply else "", alone=reply is not None and _is_toast(reply)
                )
        if event is not None and reply is not None:
            number = await deliver(self._bot, update, reply, self.reach, self._polls)
            await self._shown(event.chat, reply, number)
            if query:
                self._repeats.note(button_of(query), reply.again)

    async def _ask(self, update: Update) -> tuple[Event | None, Reply | None]:
        """Return what an update says, if anything, and the guide's answer."""
        events = await self._events(update)
        pictures = to_fetch(events)
        if not pictures:
            event = next((event for event in events if isinstance(event, Event)), None)
            return event, await self._answered(event) if event else None
        first = pictures[0]
        if first.is_overheard and not await self._guide.wants(first.common["chat"]):
            return None, None
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(typing(self._bot, update))
            await stack.enter_async_context(self._room.for_files([e.file for e in pictures]))
            whole = as_one([await self._whole(event) for event in pictures])
            await stack.enter_async_context(self._pictures)
            return whole, await self._answered(whole)

    async def _events(self, update: Update) -> list[Event | PictureEvent]:
        """Return what an update says, with the rest of its album."""
        at, me = self._came_at(update.update_id), self._bot.bot
        read = [read_update(each, me, at) for each in await self.albums.whole(update)]
        return [event for event in read if event is not None]

    async def _answered(self, event: Event) -> Reply | None:
        return await self._guide.handle(await self._rights.told(self._bot, event))

    async def _count(self, update: Update) -> None:
        """Take an answer to a poll for a tap.

        The poll itself shows what was chosen, so what would take its place is not said.
        """
        answer, polls = update.poll_answer, self._polls
        if answer is None or polls is None:
            return
        asked = await _known(polls, answer.poll_id)
        tap = read_vote(answer, asked, self._came_at(update.update_id)) if asked else None
        reply = await self._answered(tap) if tap else None
        if tap is None or reply is None or reply.replaces:
            return
        number = await deliver_to(self._bot, tap.chat, reply, self.reach, polls)
        await self._shown(tap.chat, reply, number)

    async def _shown(self, chat: Chat, reply: Reply, number: int | None) -> None:
        if reply.key and number is not None:
            await self._guide.shown(chat, reply.key, str(number))

    async def _whole(self, event: PictureEvent) -> Event:
        try:
            return event.with_bytes(await fetch(self._bot, event.file))
        except PictureNotHadError as error:
            return event.refused(error.reason)


async def _known(polls: PollBook, poll: str) -> AskedPoll | None:
    """Return a poll; the first may answer it before it is kept, so an unknown one is waited for."""
    asked = await polls.find("telegram", poll)
    if asked is None:
        await asyncio.sleep(limits.POLL_KEPT_SECONDS)
        asked = await polls.find("telegram", poll)
    return asked


def _is_toast(reply: Reply) -> bool:
    """Return whether a toast is all that a reply says."""
    return not (reply.blocks or reply.pictures or reply.documents or reply.poll)
