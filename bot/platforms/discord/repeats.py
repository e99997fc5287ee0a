"""Second taps on a button whose picture a chat has already."""

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.platforms.discord.limits import REMEMBERED_PICTURES, REPEAT_SECONDS

Button = tuple[int, str]
"""Message and what the button carries."""


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

    def words(self, button: Button) -> str:
        """Return what to say to a tap instead of answering it anew; "" for one to be answered."""
        at, words = self._sent.get(button, (0.0, ""))
        return words if words and self._clock() - at < REPEAT_SECONDS else ""

    def note(self, button: Button, words: str) -> None:
        """Remember that a tap's answer was sent; "" for one that may come again."""
        if not words:
            return
        self._sent.pop(button, None)
        self._sent[button] = (self._clock(), words)
        if len(self._sent) > self._most:
            self._sent.popitem(last=False)
