"""Second taps on a button whose picture a chat has already."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

REMEMBERED_PICTURES = 4096
REPEAT_SECONDS = 600.0
"""For so long a second tap gets no second copy of a picture; later, the first may be gone."""


class Repeats:
    """Remembers for a while which buttons brought an answer that needs no second copy.

    Only so long: the first copy may have been deleted since, which no bot is told. A button is
    whatever tells it from every other: its message, and what it carries.
    """

    def __init__(
        self, most: int = REMEMBERED_PICTURES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember the last ``most`` buttons."""
        self._most = most
        self._clock = clock
        self._sent: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()

    def words(self, button: Hashable) -> str:
        """Return what to say to a tap instead of answering it anew; "" for one to be answered."""
        at, words = self._sent.get(button, (0.0, ""))
        return words if words and self._clock() - at < REPEAT_SECONDS else ""

    def note(self, button: Hashable, words: str) -> None:
        """Remember that a tap's answer was sent; "" for one that may come again."""
        if not words:
            return
        self._sent.pop(button, None)
        self._sent[button] = (self._clock(), words)
        if len(self._sent) > self._most:
            self._sent.popitem(last=False)
