"""What Docent says unasked, from the guide to the pages that ask for it."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Reply
from bot.platforms.guide import Guide
from bot.platforms.web.limits import (
    LISTENERS,
    LISTENERS_A_CHAT,
    NEWS_PAUSE_SECONDS,
    NEWS_UNTOLD_SECONDS,
    NEWS_WAIT_SECONDS,
)
from bot.platforms.web.mailbox import Clock, Letter, Mailbox, Questions, expects_news

log = logging.getLogger(__name__)

Gone = Callable[[], Coroutine[None, None, None]]
"""Returns when a visitor has left."""


class News:
    """Keeps what is to be said in each chat until its page reports that it is on the screen.

    Only then the guide is told so. News that nobody fetches stay here for a day; the guide hears
    after `NEWS_UNTOLD_SECONDS` that they were told, or it would make them anew every few seconds
    for a visitor who may never come back. Until then, they survive a restart.
    """

    def __init__(self, guide: Guide, clock: Clock = time.monotonic) -> None:
        """Bring what ``guide`` says."""
        self._guide = guide
        self._clock = clock
        self._letters = Mailbox(clock)
        self._questions = Questions(clock)
        self._bell = asyncio.Event()
        self._listening: Counter[str] = Counter()
        self._closed = False

    async def run(self) -> None:
        """Hear what the guide says on this platform, until cancelled."""
        while True:
            try:
                async for notice in self._guide.notices("web"):
                    await self._hear(notice)
            except Exception:
                log.exception("The guide could not say what is to be said unasked")
            await asyncio.sleep(NEWS_PAUSE_SECONDS)

    def close(self) -> None:
        """Let go of every page that waits; from now on, none has to."""
        self._closed = True
        self._ring()

    def asked(self, chat: Chat, reply: Reply, tapped: str = "") -> str:
        """Return the name of a reply's message where the guide has a key for it, else "".

        Nothing more is expected about the message that was tapped, if the reply says more than a
        word in passing: it was its answer.
        """
        if reply.blocks and self._questions.question(chat.id, tapped):
            self._questions.answered(tapped)
        return self._questions.ask(chat.id, reply)

    async def shown(self, chat: Chat, message: str) -> None:
        """Tell the guide that an answer is on its visitor's screen."""
        question = self._questions.question(chat.id, message)
        if question is not None and not question.shown:
            await self._guide.shown(chat, question.key, message)
            question.shown = True

    async def fetched(self, chat: Chat, notice: str) -> None:
        """Tell the guide that a notice is on its visitor's screen."""
        letter = self._letters.letter(chat.id, notice)
        if letter is None:
            return
        await self._tell(letter)
        reply = letter.notice.reply
        if reply.key:
            await self._guide.shown(chat, reply.key, letter.message)
            self._questions.ask(chat.id, reply, letter.message)
        if not expects_news(reply):
            self._questions.answered(letter.message)
        self._letters.take(letter)

    def waiting(self, chat: Chat) -> list[Letter]:
        """Return what a visitor has not seen yet."""
        return self._letters.of(chat.id)

    def awaits(self, chat: Chat) -> bool:
        """Say whether something may follow in a chat soon, besides what waits there already."""
        open_ = self._questions.awaited(chat.id)
        for letter in self.waiting(chat):
            open_.discard(letter.message)
            if expects_news(letter.notice.reply):
                return True
        return bool(open_)

    async def listen(self, chat: Chat, gone: Gone) -> bool:
        """Wait a while for news of a chat, or until the visitor is gone.

        ``False``: too many wait already, so that the page has to ask again a little later.
        """
        total = self._listening.total()
        full = total >= LISTENERS or self._listening[chat.id] >= LISTENERS_A_CHAT
        if self._closed or full:
            return False
        left = asyncio.create_task(gone())
        self._listening[chat.id] += 1
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(NEWS_WAIT_SECONDS):
                    await self._any_news(chat, left)
        finally:
            left.cancel()
            self._listening -= Counter([chat.id])  # counters drop what is down to nothing
        return not self._closed

    async def _any_news(self, chat: Chat, left: asyncio.Task[None]) -> None:
        while not (self._closed or left.done() or self.waiting(chat)):
            rung = asyncio.create_task(self._bell.wait())
            try:
                await asyncio.wait([rung, left], return_when=asyncio.FIRST_COMPLETED)
            finally:
                rung.cancel()

    def _ring(self) -> None:
        rung, self._bell = self._bell, asyncio.Event()
        rung.set()

    async def _hear(self, notice: Notice) -> None:
        if message := self._letters.fetched(notice.id):  # the guide missed it, or was faster
            await self._guide.told(notice, message)
            return
        letter, given_up = self._letters.put(notice)
        self._ring()
        if self._clock() - letter.at >= NEWS_UNTOLD_SECONDS:
            given_up.append(letter)
        for each in given_up:
            await self._tell(each)

    async def _tell(self, letter: Letter) -> None:
        if not letter.told:
            await self._guide.told(letter.notice, letter.message)
            letter.told = True
