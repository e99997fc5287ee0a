"""Second taps on a button whose picture a chat has already."""

import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import CallbackQuery

from bot.conversation.replies import Reply
from bot.platforms.telegram.limits import REMEMBERED_PICTURES, REPEAT_SECONDS

Button = tuple[int, int, str]
"""Chat, message and what the button carries."""


class Repeats:
    """Remembers for a while which buttons brought an answer that needs no second copy.

    Only so long: the first copy may have been deleted since, which no bot is told.
    """

    def __init__(
        self, most: int = REMEMBERED_PICTURES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember the last ``most`` buttons."""
        self._most = most
        self._clock = clock
        self._sent: OrderedDict[Button, tuple[float, str]] = OrderedDict()

    def words(self, query: CallbackQuery) -> str:
        """Return what to say to a tap instead of answering it anew; "" for one to be answered."""
        button = _button(query)
        at, words = self._sent.get(button, (0.0, "")) if button else (0.0, "")
        return words if self._clock() - at < REPEAT_SECONDS else ""

    def note(self, query: CallbackQuery, reply: Reply) -> None:
        """Remember that a tap's reply was sent."""
        button = _button(query)
        if button is None or not reply.again:
            return
        self._sent.pop(button, None)
        self._sent[button] = (self._clock(), reply.again)
        if len(self._sent) > self._most:
            self._sent.popitem(last=False)


def _button(query: CallbackQuery) -> Button | None:
    message = query.message
    return (message.chat.id, message.message_id, query.data or "") if message else None
