"""Collections and their works in the database; every promise is kept when it returns."""

import hashlib
import secrets
from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from bot.memory.store import Place, Store
from bot.memory.tables import CollectionRow, CuratorRow, DeskRow, InvitationRow, WorkRow
from knowledge.spelling import normal

LONGEST_NAME = 80
INVITED = timedelta(days=7)
"""How long an invitation holds."""
AT_ONCE = 200
"""Works whose signatures are read in one query."""


KEEPERS = Place("", "", "")
"""Who runs Docent, at the command line."""


@dataclass(frozen=True)
class Collection:
    """A museum's works, as they are listed."""

    id: int
    name: str
    public: bool
    """Whether every chat finds its works."""
    made: Place
    """By whom and where; `KEEPERS` at the command line."""
    revision: int
    """Counts the changes to its works."""
    works: int
    curators: frozenset[str] = frozenset()
    """The persons of its platform who may add to it beside its maker."""

    def is_kept_by(self, place: Place) -> bool:
        """Say whether somebody may add to it and take away."""
        return self.made.platform == place.platform and (
            place.person == self.made.person or place.person in self.curators
        )

    def is_seen_from(self, place: Place) -> bool:
        """Say whether a chat finds its works without being there.

        A private one is found by its maker and curators, and in the chat where it was made.
        """
        here = (self.made.platform, self.made.chat) == (place.platform, place.chat)
        return self.public or here or self.is_kept_by(place)


@dataclass(frozen=True)
class StoredWork:
    """A work of a collection, less its picture and what it is recognised by."""

    id: int
    collection: int
    image: str
    facts: dict[str, str]
    person: str
    """Who added it in a chat; empty for a work from a folder."""
    digest: str
    maker: str
    revision: int


@dataclass(frozen=True)
class NewWork:
    """A work to keep. ``facts`` are `bot.vision.enrolled.KnownWork`'s, less what says which it is.

    ``person`` is empty for a work from a folder.
    """

    image: str
    facts: dict[str, str]
    picture: bytes
    signature: bytes
    maker: str
    person: str = ""


class Collections:
    """The collections of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def make(self, name: str, made: Place = KEEPERS, *, public: bool) -> Collection:
        """Return a new, empty collection, or the one that its maker has by this name."""
        values = {
            "name": name,
            "key": name_key(name),
            "public": public,
            "platform": made.platform,
            "person": made.person,
            "chat": made.chat,
            "revision": 0,
            "at": datetime.now(UTC),
        }
        async with self._store.writing() as session:
            insert = self._store.insert(CollectionRow).values(values).on_conflict_do_nothing()
            await session.execute(insert)
        made_by = [c for c in await self.all() if _maker(c.made) == _maker(made)]
        return next(c for c in made_by if name_key(c.name) == name_key(name))

    async def all(self) -> list[Collection]:
        """Return every collection, in the order of their names."""
        count = select(WorkRow.collection, func.count().label("works")).group_by(WorkRow.collection)
        counts = count.subquery()
        query = select(CollectionRow, func.coalesce(counts.c.works, 0)).outerjoin(
            counts, counts.c.collection == CollectionRow.id
        )
        async with self._store.reading() as session:
            rows = (await session.execute(query.order_by(CollectionRow.key))).all()
            curators: dict[int, set[str]] = {}
            for curator in await session.scalars(select(CuratorRow)):
                curators.setdefault(curator.collection, set()).add(curator.person)
        return [_collection(row, works, curators.get(row.id, ())) for row, works in rows]

    async def publish(self, collection: int, *, public: bool) -> None:
        """Let every chat find a collection's works, or only those that name it."""
        async with self._store.writing() as session:
            where = CollectionRow.id == collection
            await session.execute(update(CollectionRow).where(where).values(public=public))

    async def remove(self, collection: int) -> None:
        """Remove a collection with all its works and pictures."""
        async with self._store.writing() as session:
            await session.execute(delete(CollectionRow).where(CollectionRow.id == collection))

    async def works(self, collection: int) -> list[StoredWork]:
        """Return a collection's works in the order in which they were first added."""
        query = select(WorkRow).where(WorkRow.collection == collection).order_by(WorkRow.id)
        async with self._store.reading() as session:
            return [_work(row) for row in await session.scalars(query)]

    async def signatures(self, works: Some[int]) -> dict[int, bytes]:
        """Return what these works are recognised by, less those that are gone."""
        ids = sorted(works)
        found: dict[int, bytes] = {}
        async with self._store.reading() as session:
            for start in range(0, len(ids), AT_ONCE):
                some = WorkRow.id.in_(ids[start : start + AT_ONCE])
                query = select(WorkRow.id, WorkRow.signature).where(some)
                rows = await session.execute(query)
                found.update((row.id, row.signature) for row in rows)
        return found

    async def picture(self, work: int) -> bytes | None:
        """Return a work's picture as it was added; ``None`` for a work that is gone."""
        async with self._store.reading() as session:
            row = await session.get(WorkRow, work, options=[undefer(WorkRow.picture)])
        return row.picture if row else None

    async def keep(self, collection: int, work: NewWork) -> int | None:
        """Keep a work, in place of the one with the same image; return its id.

        ``None`` where the collection is gone.
        """
        values = {
            "collection": collection,
            "image": work.image,
            "facts": work.facts,
            "person": work.person,
            "digest": digest(work.picture),
            "maker": work.maker,
            "signature": work.signature,
            "picture": work.picture,
            "at": datetime.now(UTC),
        }
        async with self._store.writing() as session:
            revision = await _changed(session, collection)
            if revision is None:
                return None
            insert = self._store.insert(WorkRow).values(values | {"revision": revision})
            kept = ("collection", "image")
            insert = insert.on_conflict_do_update(
                index_elements=kept,
                set_={name: insert.excluded[name] for name in (*values, "revision")},
            )
            id_: int = await session.scalar(insert.returning(WorkRow.id))
            return id_

    async def change(self, work: StoredWork, **values: Any) -> None:
        """Change what is kept of a work: ``facts``, or ``signature`` and ``maker``."""
        async with self._store.writing() as session:
            values["revision"] = await _changed(session, work.collection)
            await session.execute(update(WorkRow).where(WorkRow.id == work.id).values(**values))

    async def remove_work(self, work: StoredWork) -> None:
        """Remove a work and its picture."""
        async with self._store.writing() as session:
            await _changed(session, work.collection)
            await session.execute(delete(WorkRow).where(WorkRow.id == work.id))

    async def open(self, place: Place, collection: int | None) -> None:
        """Keep which collection a person adds to in a chat; ``None`` for none."""
        at = {"platform": place.platform, "chat": place.chat, "person": place.person}
        async with self._store.writing() as session:
            await session.execute(delete(DeskRow).filter_by(**at))
            if collection is not None:
                session.add(DeskRow(**at, collection=collection))

    async def invite(self, collection: Collection) -> str:
        """Return a new code that makes one person a curator, within `INVITED`."""
        code = secrets.token_hex(4)
        row = InvitationRow(
            code=code,
            collection=collection.id,
            platform=collection.made.platform,
            at=datetime.now(UTC),
        )
        async with self._store.writing() as session:
            session.add(row)
        return code

    async def join(self, place: Place, code: str) -> int | None:
        """Use a code up; return the collection that somebody keeps from now on.

        ``None`` for a code that is unknown, used, too old or of another platform.
        """
        oldest = datetime.now(UTC) - INVITED
        where = (
            InvitationRow.code == code.strip().lower(),
            InvitationRow.platform == place.platform,
            InvitationRow.at > oldest,
        )
        use = delete(InvitationRow).where(*where).returning(InvitationRow.collection)
        async with self._store.writing() as session:
            collection: int | None = await session.scalar(use)
            if collection is not None:
                values = {"collection": collection, "at": datetime.now(UTC)}
                values |= {"platform": place.platform, "person": place.person}
                insert = self._store.insert(CuratorRow).values(values)
                await session.execute(insert.on_conflict_do_nothing())
        return collection

    async def leave(self, place: Place, collection: int) -> None:
        """Let a curator keep a collection no longer."""
        who = {"collection": collection, "platform": place.platform, "person": place.person}
        async with self._store.writing() as session:
            await session.execute(delete(CuratorRow).filter_by(**who))
            await session.execute(delete(DeskRow).filter_by(**who))

    async def opened(self, place: Place) -> int | None:
        """Return which collection a person adds to in a chat."""
        async with self._store.reading() as session:
            row = await session.get(DeskRow, (place.platform, place.chat, place.person))
        return row.collection if row else None


def name_key(name: str) -> str:
    """Return a name as it is compared."""
    return normal(name)


def digest(picture: bytes) -> str:
    """Return what tells a picture from every other."""
    return hashlib.sha256(picture).hexdigest()


async def _changed(session: AsyncSession, collection: int) -> int | None:
    """Count a change to a collection; ``None`` where it is gone."""
    where = CollectionRow.id == collection
    change = update(CollectionRow).where(where).values(revision=CollectionRow.revision + 1)
    return await session.scalar(change.returning(CollectionRow.revision))


def _maker(place: Place) -> tuple[str, str]:
    return place.platform, place.person


def _collection(row: CollectionRow, works: int, curators: Some[str]) -> Collection:
    made = Place(row.platform, row.chat, row.person)
    return Collection(row.id, row.name, row.public, made, row.revision, works, frozenset(curators))


def _work(row: WorkRow) -> StoredWork:
    return StoredWork(
        row.id,
        row.collection,
        row.image,
        row.facts,
        row.person,
        row.digest,
        row.maker,
        row.revision,
    )
