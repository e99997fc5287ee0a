"""The server's time, which can run faster than a clock on the wall."""

import time
from dataclasses import dataclass


@dataclass
class Clock:
    """With a ``factor`` of 60, a minute of Telegram's rules passes in a second."""

    factor: float = 1.0

    def now(self) -> float:
        """Return seconds of Telegram's time since no matter when."""
        return time.monotonic() * self.factor

    def real(self, seconds: float) -> float:
        """Return how many seconds on the wall so many of Telegram's take."""
        return seconds / self.factor
