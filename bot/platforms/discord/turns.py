"""What is in hand: one person's questions in a chat in their order, all others side by side."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.conversation.events import Chat, Person
from bot.platforms.discord.limits import WAITING_OF_A_PERSON

log = logging.getLogger(__name__)

Whose = tuple[str, str]
"""Chat and person."""


class TooManyError(Exception):
    """One person has asked for more than a hand can."""


class Turns:
    """Counts what is in hand, and gives each person's questions their turn."""

    def __init__(self, waiting: int = WAITING_OF_A_PERSON) -> None:
        """Let so many questions of one person wait in a chat; more are refused."""
        self._most = waiting + 1
        self._inside: Counter[Whose] = Counter()
        self._locks: WeakValueDictionary[Whose, asyncio.Lock] = WeakValueDictionary()
        self._idle = asyncio.Event()
        self._idle.set()

    @asynccontextmanager
    async def of(self, chat: Chat, person: Person) -> AsyncIterator[asyncio.Lock]:
        """Have a question in hand; its turn has come when the lock that is given is held.

        Raises `TooManyError`.
        """
        whose = (chat.id, person.id)
        if self._inside[whose] >= self._most:
            raise TooManyError("More waits of one person, or in one chat, than a hand can ask")
        self._inside[whose] += 1
        if self._inside[whose] == self._most:
            log.warning("%d questions of one person wait; what follows is dropped", self._most - 1)
        self._idle.clear()
        try:
            yield self._locks.setdefault(whose, asyncio.Lock())
        finally:
            self._inside[whose] -= 1
            if not self._inside[whose]:
                del self._inside[whose]
            if not self._inside:
                self._idle.set()

    async def finished(self, seconds: float) -> bool:
        """Wait until nothing is in hand; return ``False`` if that takes longer."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
