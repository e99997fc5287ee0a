"""Who runs a group on Telegram."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.conversation.events import Event
from bot.conversation.rights import asks_for_rights
from bot.platforms.telegram.limits import REMEMBERED_MEMBERS, RIGHTS_SECONDS

log = logging.getLogger(__name__)

Member = tuple[str, str]
"""Chat and person."""
RUN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


class Rights:
    """Asks Telegram who runs a chat, and remembers the answer for a while."""

    def __init__(
        self, most: int = REMEMBERED_MEMBERS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember at most so many members."""
        self._most = most
        self._clock = clock
        self._known: OrderedDict[Member, tuple[float, bool]] = OrderedDict()

    async def told(self, bot: Bot, event: Event) -> Event:
        """Return an event that says whether its person runs the chat, where that matters.

        In private everybody does. Where Telegram does not tell, they do not. It says, too, whether
        Docent sees all of a group after all, as those do who run it.
        """
        if not asks_for_rights(event):
            return event
        chat, person = event.chat, event.person
        known = person.runs_chat or not chat.is_group
        runs = known or await self._runs(bot, (chat.id, person.id))
        sees = chat.sees_all or await self._runs(bot, (chat.id, str(bot.id)))
        told = replace(person, runs_chat=runs)
        return replace(event, chat=replace(chat, sees_all=sees), person=told)

    async def _runs(self, bot: Bot, member: Member) -> bool:
        asked, runs = self._known.get(member, (0.0, False))
        if member in self._known and self._clock() - asked < RIGHTS_SECONDS:
            return runs
        chat, person = member
        if not person.isdecimal():
            return False  # a channel that writes in a group
        try:
            found = await bot.get_chat_member(int(chat), int(person))
        except TelegramError as error:
            log.warning("Telegram does not tell who runs a chat: %s", error)
            return False
        self._note(member, found.status in RUN)
        return found.status in RUN

    def _note(self, member: Member, runs: bool) -> None:
        self._known.pop(member, None)
        self._known[member] = (self._clock(), runs)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
