"""What Docent says unasked, each in its chat's turn."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.platforms.guide import Guide
from bot.platforms.telegram.limits import NOTICES_PAUSE_SECONDS, SETTLED_SECONDS
from bot.platforms.telegram.ordering import ChatOrder
from bot.platforms.telegram.outgoing import deliver_notice
from bot.platforms.telegram.reaching import Reach, is_shut_out
from bot.platforms.telegram.sending import PollBook

log = logging.getLogger(__name__)


class Noticing:
    """Asks the guide what is to be said unasked, and says it; no chat waits for another."""

    def __init__(
        self,
        bot: Bot,
        guide: Guide,
        order: ChatOrder,
        reach: Reach,
        polls: PollBook | None = None,
    ) -> None:
        """Say as ``bot`` what ``guide`` has to say, when ``order`` gives the turn."""
        self._bot = bot
        self._guide = guide
        self._order = order
        self._reach = reach
        self._polls = polls
        self._in_hand: dict[str, asyncio.Task[None]] = {}

    async def run(self, ready: Callable[[], Awaitable[None]]) -> None:
        """Go on until cancelled; nothing is said before ``ready`` returns."""
        await ready()
        while True:
            try:
                await self._listen()
            except Exception:
                log.exception("The guide could not say what is to be said unasked")
            await asyncio.sleep(NOTICES_PAUSE_SECONDS)

    async def finish(self) -> None:
        """Wait until what is being said is said."""
        await asyncio.gather(*self._in_hand.values())

    async def _listen(self) -> None:
        async for notice in self._guide.notices("telegram", self._settled):
            if notice.id not in self._in_hand:
                self._in_hand[notice.id] = asyncio.create_task(self._say(notice))

    async def _settled(self, chat: Chat) -> None:
        """Wait for the taps of a chat, but not for ever: one may wait for Telegram itself."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._order.settled(int(chat.id))

    async def _say(self, notice: Notice) -> None:
        """Say a notice; one that fails is left to the guide, which has it come again."""
        try:
            await self._say_in_turn(notice)
        except Exception:
            log.exception("Notice %s was not told", notice.id)
        finally:
            del self._in_hand[notice.id]

    async def _say_in_turn(self, notice: Notice) -> None:
        async with self._order.turn(int(notice.chat.id)):
            try:
                number = await deliver_notice(self._bot, notice, self._reach, self._polls)
            except TelegramError as error:
                await self._give_up(notice, error)
                return
            message = "" if number is None else str(number)
            await self._guide.told(notice, message)
            if notice.reply.key and message:
                await self._guide.shown(notice.chat, notice.reply.key, message)

    async def _give_up(self, notice: Notice, error: TelegramError) -> None:
        if is_shut_out(error):
            log.info("Notice %s: Docent may not write in that chat: %s", notice.id, error)
            await self._guide.left(notice.chat)
        else:
            log.warning("Notice %s was not told: %s", notice.id, error)
