"""Each update in hand: it is answered, and ticked off when that is done."""

from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import CallbackContext

from bot.platforms.telegram.adapter import Adapter
from bot.platforms.telegram.inbox import Inbox
from bot.platforms.telegram.membership import Membership
from bot.platforms.telegram.reaching import UNSENT


class Handling:
    """What is done with an update when its chat's turn has come."""

    def __init__(self, adapter: Adapter, membership: Membership, inbox: Inbox) -> None:
        """Answer by ``adapter``, and tick off in ``inbox``."""
        self._adapter = adapter
        self._membership = membership
        self._inbox = inbox

    async def __call__(self, update: Update, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Handle an update. Raises `TelegramError` where the answer could not be sent.

        One whose answer never left since Docent is being stopped is answered after its start.
        """
        try:
            await self._membership.heed(update)
            await self._adapter.answer(update, context)
        except Exception as error:
            if not self._comes_again(error):
                await self.tick_off(update)
            raise
        await self.tick_off(update)

    async def tick_off(self, update: Update) -> None:
        """Take note that an update, or the album it brought, needs nothing more."""
        await self._inbox.done(self._adapter.albums.brought(update))

    def _comes_again(self, error: Exception) -> bool:
        unsent = isinstance(error, NetworkError) and isinstance(error.__cause__, UNSENT)
        return unsent and self._adapter.reach.stopping.is_set()
