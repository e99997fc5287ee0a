"""Telegram's published limits, kept before it has to say so: a sliding window for each."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from bot.platforms.telegram import limits


class Window:
    """At most so many messages in any so many seconds.

    A leaky bucket such as aiolimiter's lets through twice as many in its first window.
    """

    def __init__(self, most: int, seconds: float) -> None:
        """Start with none sent."""
        self._most = most
        self._seconds = seconds
        self._sent: deque[float] = deque(maxlen=most)

    def free_at(self, count: int = 1) -> float:
        """Return from when on so many may be sent; of more than fit, as many as fit."""
        lacking = len(self._sent) + min(count, self._most) - self._most
        return self._sent[lacking - 1] + self._seconds if lacking > 0 else float("-inf")

    def note(self, now: float, count: int = 1) -> None:
        """Count messages as sent; those of an album that do not fit use up the time to come."""
        self._sent.extend(now + number // self._most * self._seconds for number in range(count))

    def is_fresh(self, now: float) -> bool:
        """Return whether nothing that was sent counts any more."""
        return not self._sent or self._sent[-1] + self._seconds <= now


class ChatPace:
    """The windows of one chat, and the line of those who wait for them."""

    def __init__(self, group: bool) -> None:
        """Start with an empty line."""
        self.line = asyncio.Lock()
        self.windows = [Window(*limits.MESSAGES_IN_A_CHAT)]
        if group:
            self.windows.append(Window(*limits.MESSAGES_IN_A_GROUP))


class Pace:
    """Lets messages go as fast as Telegram takes them: each chat in its own line, first in first.

    Whoever waits for a chat's turn holds up nobody else: the line of all is joined only then.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Start with nothing sent."""
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[str, ChatPace] = {}
        self._line = asyncio.Lock()
        self._all = Window(*limits.MESSAGES_IN_ALL)

    def is_waited_for(self, chat: str) -> bool:
        """Return whether somebody waits for a chat's turn."""
        return chat in self._chats and self._chats[chat].line.locked()

    async def turn(self, chat: str, count: int = 1) -> None:
        """Return when so many messages may go to a chat, and count them as sent.

        ``chat`` is its number, "@" and its name, or "" for none: a message sent inline.
        """
        if not chat:
            await self._turn_of_all(count)
            return
        own = self._pace_of(chat)
        async with own.line:
            await self._until_free(own.windows, count)
            await self._turn_of_all(count)
            for window in own.windows:
                window.note(self._clock(), count)

    async def _turn_of_all(self, count: int) -> None:
        async with self._line:
            await self._until_free([self._all], count)
            self._all.note(self._clock(), count)

    async def _until_free(self, windows: list[Window], count: int) -> None:
        free_at = max(window.free_at(count) for window in windows)
        while (left := free_at - self._clock()) > 0:
            await self._sleep(left)

    def _pace_of(self, chat: str) -> ChatPace:
        if chat not in self._chats:
            if len(self._chats) >= limits.PACED_CHATS:
                self._forget()
            self._chats[chat] = ChatPace(group=chat.startswith(("-", "@")))
        return self._chats[chat]

    def _forget(self) -> None:
        now = self._clock()
        self._chats = {
            chat: pace
            for chat, pace in self._chats.items()
            if pace.line.locked() or not all(window.is_fresh(now) for window in pace.windows)
        }
