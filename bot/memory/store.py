"""The store: a few questions and promises over the database, each promise kept when it returns."""

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, and_, func, not_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from bot.memory.sqlite import READS, sqlite_engine
from bot.memory.tables import ArticleRow, DenialRow, GuessRow, PhotoRow

MIGRATING = 0x446F63656E74
"""The number of the lock on PostgreSQL under which tables are changed."""


class StoreError(Exception):
    """The database cannot be opened; the message says which and why, without a password."""


@dataclass(frozen=True)
class SeenPhoto:
    """A photo that was answered earlier: where, by whom, and what was answered."""

    id: int
    platform: str
    chat: str
    person: str
    recognition: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A person in a chat."""

    platform: str
    chat: str
    person: str


class Store:
    """The database of one Docent. Open it once, close it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Wrap an engine whose tables are up to date; use `open`."""
        self._engine = engine
        self.writing = async_sessionmaker(engine, expire_on_commit=False).begin
        """Begins a session whose changes are kept when it ends without a fault."""
        self.reading = async_sessionmaker(engine.execution_options(**{READS: True}))
        """Begins a session that changes nothing."""

    @classmethod
    async def open(cls, address: str | URL) -> "Store":
        """Open (and create or migrate) the database. Raises `StoreError`."""
        try:
            engine = await asyncio.to_thread(_engine, address)
        except (
            ArgumentError,
            ModuleNotFoundError,
            OSError,
            ValueError,
            sqlite3.Error,
        ) as error:
            raise StoreError(f"The database cannot be opened: {error}.") from error
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
        except (SQLAlchemyError, CommandError, OSError) as error:
            await engine.dispose()
            reason = str(getattr(error, "orig", None) or error)
            raise StoreError(f"The database cannot be opened: {reason}.") from error
        return cls(engine)

    async def close(self) -> None:
        """Close every connection; without it the process would not end."""
        await self._engine.dispose()

    async def remember_photo(
        self, platform: str, chat: str, person: str, event: str, recognition: dict[str, Any]
    ) -> SeenPhoto:
        """Keep a photo's answer; the same event again gives the photo kept the first time."""
        values = {
            "platform": platform,
            "chat": chat,
            "person": person,
            "event": event,
            "recognition": recognition,
            "at": datetime.now(UTC),
        }
        insert = self.insert(PhotoRow).values(values).on_conflict_do_nothing()
        async with self.writing() as session:
            new = await session.scalar(insert.returning(PhotoRow.id))
            if new is None:
                return await _photo_of(session, platform, chat, event)
        return SeenPhoto(new, platform, chat, person, recognition)

    async def photo(self, photo: int, platform: str, chat: str) -> SeenPhoto | None:
        """Return a photo of this chat; another chat's photo is as good as unknown."""
        async with self.reading() as session:
            row = await session.get(PhotoRow, photo)
        if row is None or (row.platform, row.chat) != (platform, chat):
            return None
        return _seen(row)

    async def nth_last_photo(
        self, place: Place, number: int, since: datetime, *, but: str
    ) -> datetime | None:
        """Return when a person's ``number``-th last photo was answered, in whichever chat.

        ``None`` where there were fewer since then. The event ``but`` of this chat is left out.
        """
        row = PhotoRow
        here = and_(row.chat == place.chat, row.event == but)
        mine = (row.platform == place.platform, row.person == place.person)
        late = row.at > since.astimezone(UTC)
        query = select(row.at).where(*mine, late, not_(here)).order_by(row.at.desc())
        async with self.reading() as session:
            return await session.scalar(query.offset(number - 1).limit(1))

    async def record_guess(self, photo: int, person: str, artist: str) -> None:
        """Keep a person's guess on a photo; a later guess replaces the earlier."""
        values = {"photo": photo, "person": person, "artist": artist, "at": datetime.now(UTC)}
        statement = self.insert(GuessRow).values(values)
        statement = statement.on_conflict_do_update(
            index_elements=["photo", "person"],
            set_={"artist": statement.excluded.artist, "at": statement.excluded.at},
        )
        async with self.writing() as session:
            await session.execute(statement)

    async def guesses(self, photo: int) -> dict[str, str]:
        """Return who guessed which painter on a photo: person → artist id."""
        async with self.reading() as session:
            rows = await session.scalars(select(GuessRow).where(GuessRow.photo == photo))
            return {row.person: row.artist for row in rows}

    async def record_denial(self, photo: int, person: str, work: str) -> None:
        """Keep that a person says a photo does not show a work; said twice, it is kept once."""
        values = {"photo": photo, "person": person, "work": work, "at": datetime.now(UTC)}
        statement = self.insert(DenialRow).values(values).on_conflict_do_nothing()
        async with self.writing() as session:
            await session.execute(statement)

    async def denials(self, photo: int) -> dict[str, set[str]]:
        """Return who says that a photo does not show which works: work → persons."""
        async with self.reading() as session:
            rows = await session.scalars(select(DenialRow).where(DenialRow.photo == photo))
            found: dict[str, set[str]] = {}
            for row in rows:
                found.setdefault(row.work, set()).add(row.person)
            return found

    async def article(self, language: str, title: str) -> dict[str, Any] | None:
        """Return a kept page of Wikipedia."""
        async with self.reading() as session:
            row = await session.get(ArticleRow, (language, title))
        return row.content if row else None

    async def keep_article(self, language: str, title: str, content: dict[str, Any]) -> None:
        """Keep a page of Wikipedia in place of an older one."""
        async with self.writing() as session:
            await session.merge(
                ArticleRow(language=language, title=title, content=content, at=datetime.now(UTC))
            )

    def insert(self, table: Any) -> Any:
        """Return an INSERT into a table that may say what to do about a row that is there."""
        dialect = postgresql if self._engine.dialect.name == "postgresql" else sqlite
        return dialect.insert(table)


async def _photo_of(session: AsyncSession, platform: str, chat: str, event: str) -> SeenPhoto:
    where = (PhotoRow.platform == platform, PhotoRow.chat == chat, PhotoRow.event == event)
    return _seen((await session.scalars(select(PhotoRow).where(*where))).one())


def _seen(row: PhotoRow) -> SeenPhoto:
    return SeenPhoto(row.id, row.platform, row.chat, row.person, row.recognition)


def _engine(address: str | URL) -> AsyncEngine:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return sqlite_engine(url)
    # A fault of the database is logged; what people wrote stands in the parameters.
    return create_async_engine(url, hide_parameters=True)


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Of several processes that start at once, one migrates; SQLite has one writer anyway.
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
