"""Which poll of a platform's own asks what: an answer to it names nothing but the poll."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.memory.store import Store
from bot.memory.tables import PollRow

KEPT = timedelta(days=2)
"""No poll is open for so long; an answer to an older one comes too late for anything."""


@dataclass(frozen=True)
class AskedPoll:
    """A poll: where it was asked, and what a tap on each of its options brings back."""

    platform: str
    poll: str
    chat: str
    thread: str
    is_group: bool
    data: tuple[str, ...]


class Polls:
    """The polls of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def keep(self, poll: AskedPoll) -> None:
        """Keep a poll; those that are long over are forgotten."""
        now = datetime.now(UTC)
        values = {**vars(poll), "data": list(poll.data), "at": now}
        async with self._store.writing() as session:
            await session.execute(delete(PollRow).where(PollRow.at < now - KEPT))
            await session.execute(
                self._store.insert(PollRow).values(values).on_conflict_do_nothing()
            )

    async def find(self, platform: str, poll: str) -> AskedPoll | None:
        """Return a poll by its platform's id; ``None`` for one that is not known."""
        async with self._store.reading() as session:
            row = await session.get(PollRow, (platform, poll))
        if row is None:
            return None
        return AskedPoll(platform, poll, row.chat, row.thread, row.is_group, tuple(row.data))
