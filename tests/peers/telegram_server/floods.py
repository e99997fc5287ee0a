"""Flood control by Telegram's published limits: a second, a minute, a chat, all chats.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.peers.telegram_server.answers import RefusedError
from tests.peers.telegram_server.clock import Clock
from tests.peers.telegram_server.rooms import Room

GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
ALL_MESSAGES, ALL_SECONDS = 30, 1.0
LENGTHENED_SECONDS = 3.0
"""How much longer a chat is closed for each request made while it is."""


@dataclass(frozen=True)
class Flood:
    """One 429: where, to what, and the seconds told."""

    chat: int
    method: str
    retry_after: int


@dataclass
class _Chat:
    tokens: float
    at: float
    sent: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0


class Floods:
    """Counts messages and edits, also each of an album's; off until `strict` is called."""

    def __init__(self, clock: Clock) -> None:
        """Count by this clock."""
        self.given: list[Flood] = []
        self._clock = clock
        self._burst: int | None = None
        self._sent: deque[float] = deque()
        self._chats: dict[int, _Chat] = defaultdict(lambda: _Chat(self._burst or 0, clock.now()))

    def strict(self, burst: int = 5) -> None:
        """Count from now on: a message a second in a chat, after ``burst`` of them at once."""
        self._burst = burst

    def take(self, method: str, room: Room, count: int = 1) -> None:
        """Let messages through. Raises `RefusedError` where they are too many."""
        if self._burst is None:
            return
        chat, now = self._chats[room.id], self._clock.now()
        chat.tokens = min(self._burst, chat.tokens + now - chat.at)
        chat.at = now
        if wait := self._wait(now, chat, room, count):
            raise self._refused(method, room, wait)
        chat.tokens -= count
        chat.sent.extend([now] * count)
        self._sent.extend([now] * count)

    def _wait(self, now: float, chat: _Chat, room: Room, count: int) -> float:
        """Return Telegram's seconds until the next try may succeed; 0 lets it through."""
        if now < chat.closed_until:
            chat.closed_until += LENGTHENED_SECONDS
            return chat.closed_until - now
        wait = max(0.0, 1.0 - chat.tokens)
        if room.is_group:
            wait = max(wait, _full_for(chat.sent, now, GROUP_MESSAGES - count, GROUP_SECONDS))
        wait = max(wait, _full_for(self._sent, now, ALL_MESSAGES - count, ALL_SECONDS))
        chat.closed_until = now + wait
        return wait

    def _refused(self, method: str, room: Room, wait: float) -> RefusedError:
        seconds = max(1, math.ceil(self._clock.real(wait)))
        self.given.append(Flood(room.id, method, seconds))
        sentence = f"Too Many Requests: retry after {seconds}"
        return RefusedError(429, sentence, retry_after=seconds)


def _full_for(sent: deque[float], now: float, room_for: int, seconds: float) -> float:
    """Return for how long more than ``room_for`` messages are within the last seconds."""
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    over = len(sent) - room_for
    return sent[min(over, len(sent)) - 1] + seconds - now if over > 0 and sent else 0.0
