"""Rung when something may have come due before the time that was waited for."""

import asyncio


class Bell:
    """Wakes whoever listens; use it from one event loop."""

    def __init__(self) -> None:
        """Start silent."""
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who listens now."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def listen(self) -> asyncio.Event:
        """Return what is set at the next ring; take it before looking whether something is due."""
        return self._rung
