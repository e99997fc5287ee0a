"""What Docent says unasked on Telegram."""

import asyncio
from contextlib import AbstractAsyncContextManager, suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.platforms.guide import Guide
from bot.platforms.noticing import Noticing
from bot.platforms.telegram.limits import SETTLED_SECONDS
from bot.platforms.telegram.ordering import ChatOrder
from bot.platforms.telegram.outgoing import deliver_notice
from bot.platforms.telegram.reaching import Reach, is_shut_out
from bot.platforms.telegram.sending import PollBook


class TelegramNoticing(Noticing):
    """Says it among the messages of a chat, once its taps are dealt with."""

    failures = (TelegramError,)

    def __init__(
        self,
        bot: Bot,
        guide: Guide,
        order: ChatOrder,
        reach: Reach,
        polls: PollBook | None = None,
    ) -> None:
        """Say as ``bot`` what ``guide`` has to say, when ``order`` gives the turn."""
        super().__init__("telegram", guide)
        self._bot = bot
        self._order = order
        self._reach = reach
        self._polls = polls

    def turn(self, chat: Chat) -> AbstractAsyncContextManager[object]:
        """Return the turn of a chat's messages."""
        return self._order.turn(int(chat.id))

    async def deliver(self, notice: Notice) -> str:
        """Say a notice; return the number of its message. Raises `TelegramError`."""
        number = await deliver_notice(self._bot, notice, self._reach, self._polls)
        return "" if number is None else str(number)

    def is_shut_out(self, failure: Exception) -> bool:
        """Return whether Docent may not write in a chat, or it is gone."""
        return is_shut_out(failure)

    async def settled(self, chat: Chat) -> None:
        """Wait for the taps of a chat, but not for ever: one may wait for Telegram itself."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SETTLED_SECONDS):
                await self._order.settled(int(chat.id))
