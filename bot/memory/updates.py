"""Telegram's updates, from when it hands them over until they are dealt with."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory.store import Store
from bot.memory.tables import UpdateRow

KEPT = timedelta(hours=48)
"""For so long an update is known; Telegram itself repeats none that is older than a day."""
TRIES = 3
"""So often an update is taken up after a restart; one that ends Docent each time is let go."""


class NotKeptError(Exception):
    """The database could not be written to just now."""


@dataclass(frozen=True)
class Waiting:
    """An update that was not dealt with before Docent was stopped."""

    content: dict[str, Any]
    at: datetime
    """When it was handed over."""


class Updates:
    """The updates of a store; each bot's numbers are its own."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def keep(self, bot: int, contents: Mapping[int, dict[str, Any] | None]) -> set[int]:
        """Keep updates by their numbers, all or none; return those that are new.

        ``None`` is one with which there is nothing to do. Raises `NotKeptError`.
        """
        now = datetime.now(UTC)
        rows = [
            {"bot": bot, "number": number, "content": content, "tries": 0, "at": now}
            for number, content in contents.items()
        ]
        if not rows:
            return set()
        insert = self._store.insert(UpdateRow).values(rows).on_conflict_do_nothing()
        async with self._writing() as session:
            await session.execute(delete(UpdateRow).where(UpdateRow.at < now - KEPT))
            return set(await session.scalars(insert.returning(UpdateRow.number)))

    async def done(self, bot: int, numbers: Collection[int]) -> None:
        """Forget what these updates say; that they came is known for two days.

        Raises `NotKeptError`.
        """
        theirs = (UpdateRow.bot == bot, UpdateRow.number.in_(numbers))
        async with self._writing() as session:
            await session.execute(update(UpdateRow).where(*theirs).values(content=None))

    async def waiting(self, bot: int) -> list[Waiting]:
        """Return the updates that are not done, as they came, and count this as a try of each.

        Those that were tried too often, and all that are too old, are forgotten. Raises
        `NotKeptError`.
        """
        undone = (UpdateRow.bot == bot, UpdateRow.content.is_not(None))
        too_old = UpdateRow.at < datetime.now(UTC) - KEPT
        again = update(UpdateRow).where(*undone)
        in_order = select(UpdateRow).where(*undone).order_by(UpdateRow.at, UpdateRow.number)
        async with self._writing() as session:
            await session.execute(delete(UpdateRow).where(too_old))
            await session.execute(again.where(UpdateRow.tries >= TRIES).values(content=None))
            await session.execute(again.values(tries=UpdateRow.tries + 1))
            rows = await session.scalars(in_order)
            return [Waiting(row.content, row.at) for row in rows if row.content is not None]

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._store.writing() as session:
                yield session
        except SQLAlchemyError as error:
            raise NotKeptError("The database cannot be written to") from error
