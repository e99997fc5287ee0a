"""Tours in the database: who goes along and what was seen; every promise is kept on return."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory.store import Store
from bot.memory.tables import MemberRow, RoundRow, SightingRow, StopRow, TourRow
from bot.memory.tour import Decided, NewStop, NewTour, Route, Stop, Tour

IDLE = timedelta(hours=12)
"""A tour in which nothing is seen for so long is over."""
PHOTOS_KEPT = timedelta(hours=24)
"""Photos that a chat keeps until its tour is told are gone so long after its end."""


class Tours:
    """The tours of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def start(self, new: NewTour) -> Tour | None:
        """Start a tour; ``None`` where one goes on there already."""
        values = asdict(new.route) | {
            "is_group": new.is_group,
            "language": new.language,
            "guide": new.guide,
            "museum": new.museum,
            "place": new.place,
            "keeps_photos": new.keeps_photos,
            "paused": False,
            "game": False,
            "started": datetime.now(UTC),
        }
        row = TourRow(**values)
        try:
            async with self._store.writing() as session:
                session.add(row)
        except IntegrityError:
            return None
        return _tour(row)

    async def going_on(self, route: Route) -> Tour | None:
        """Return the tour of a chat or topic that has not ended."""
        return await self._one(_tours_of(route).where(TourRow.ended.is_(None)))

    async def last(self, route: Route) -> Tour | None:
        """Return the tour of a chat or topic that started last, ended or not."""
        return await self._one(_tours_of(route).order_by(TourRow.id.desc()).limit(1))

    async def tour(self, id_: int) -> Tour | None:
        """Return a tour by its number."""
        return await self._one(select(TourRow).where(TourRow.id == id_))

    async def change(self, tour: int, **values: Any) -> None:
        """Change some of what a tour is (`Tour`), such as ``paused``, ``museum`` or ``ended``."""
        async with self._store.writing() as session:
            await session.execute(update(TourRow).where(TourRow.id == tour).values(**values))

    async def join(self, tour: int, person: str, name: str) -> bool:
        """Let a person go along, under the name they have now; say whether they are new."""
        values = {"tour": tour, "person": person, "name": name[:160], "at": datetime.now(UTC)}
        async with self._store.reading() as session:  # most taps are of those who came long ago
            known = await session.get(MemberRow, (tour, person))
        if known is not None and known.name == values["name"]:
            return False
        async with self._store.writing() as session:
            new = await session.get(MemberRow, (tour, person)) is None
            statement = self._store.insert(MemberRow).values(values)
            await session.execute(
                statement.on_conflict_do_update(
                    index_elements=["tour", "person"], set_={"name": values["name"]}
                )
            )
        return new

    async def members(self, tour: int) -> dict[str, str]:
        """Return who goes along, person → name, in the order in which they joined."""
        query = select(MemberRow).where(MemberRow.tour == tour)
        async with self._store.reading() as session:
            rows = await session.scalars(query.order_by(MemberRow.at, MemberRow.person))
            return {row.person: row.name for row in rows}

    async def see(
        self, tour: int, photo: int, person: str, new: NewStop, known: int | None = None
    ) -> tuple[Stop, bool]:
        """Keep that a photo shows a work; return its stop, and whether this photo opened it.

        The stop is the one with the same ``work``, or ``known``; else a new one. The same photo
        again changes nothing.
        """
        async with self._store.writing() as session:
            await session.execute(
                select(TourRow.id).where(TourRow.id == tour).with_for_update()
            )  # two processes that share a database number their stops one after the other
            row = await _stop_of(session, tour, photo, new.work, known)
            if row is None:
                row = await _numbered(session, tour, new)
            keep = self._store.insert(SightingRow).on_conflict_do_nothing()
            values = {"photo": photo, "stop": row.id, "person": person, "at": datetime.now(UTC)}
            await session.execute(keep.values(values))
            seen = await _sightings(session, [row.id])
        first = seen[row.id][0].photo
        return _stop(row, seen[row.id]), first == photo

    async def stop(self, stop: int) -> Stop | None:
        """Return a stop by its id."""
        return next(iter(await self._stops(StopRow.id == stop)), None)

    async def stops(self, tour: int) -> list[Stop]:
        """Return a tour's stops in their order."""
        return await self._stops(StopRow.tour == tour)

    async def photos(self, stop: int) -> list[int]:
        """Return the photos of a stop, the first first."""
        query = select(SightingRow.photo).where(SightingRow.stop == stop)
        async with self._store.reading() as session:
            return list(await session.scalars(query.order_by(SightingRow.at, SightingRow.photo)))

    async def decide(self, stop: int, named: Mapping[str, str], decided: Decided) -> None:
        """Keep whose hand a stop is said to be, and by whom (`Stop.decided`)."""
        async with self._store.writing() as session:
            row = await session.get_one(StopRow, stop)
            row.facts, row.decided = {**row.facts, **named}, decided

    async def signatures(self, tour: int) -> dict[int, bytes]:
        """Return what the stops that are no known works are recognised by, by stop."""
        return await self._blobs(StopRow.signature, tour)

    async def pictures(self, tour: int) -> dict[int, bytes]:
        """Return the kept photos, by stop."""
        return await self._blobs(StopRow.picture, tour)

    async def picture(self, stop: int) -> bytes | None:
        """Return the kept photo of a stop; ``None`` where none is kept, or no longer."""
        async with self._store.reading() as session:
            return await session.scalar(select(StopRow.picture).where(StopRow.id == stop))

    async def branch(self, route: Route) -> None:
        """Let the tour that goes on in a chat, in no thread of it, go on in one."""
        main = asdict(replace(route, thread=""))
        going_on = update(TourRow).filter_by(**main).where(TourRow.ended.is_(None))
        async with self._store.writing() as session:
            await session.execute(going_on.values(thread=route.thread))

    async def threads(self, platform: str, chat: str) -> list[str]:
        """Return the threads of a chat in which tours go on; "" is the chat itself."""
        here = (TourRow.platform == platform, TourRow.chat == chat, TourRow.ended.is_(None))
        async with self._store.reading() as session:
            return list(await session.scalars(select(TourRow.thread).where(*here)))

    async def leave(self, platform: str, chat: str, thread: str = "") -> None:
        """End the tours of a chat, or of one thread of it, and tell nothing of them.

        Nothing can be said there any more.
        """
        now = datetime.now(UTC)
        here = [TourRow.platform == platform, TourRow.chat == chat]
        here += [TourRow.thread == thread] if thread else []
        stops = select(StopRow.id).join(TourRow).where(*here)
        untold = update(RoundRow).where(RoundRow.stop.in_(stops), RoundRow.told.is_(None))
        async with self._store.writing() as session:
            ended = update(TourRow).where(*here, TourRow.ended.is_(None))
            await session.execute(ended.values(ended=now, told=now))
            await session.execute(untold.values(told=now))

    async def tidy(self, now: datetime) -> None:
        """End the tours in which nothing was seen for long; let go of photos kept long enough."""
        since = select(func.max(StopRow.at)).where(StopRow.tour == TourRow.id).scalar_subquery()
        idle = func.coalesce(since, TourRow.started) < now - IDLE
        over = select(TourRow.id).where(TourRow.ended < now - PHOTOS_KEPT)
        kept = StopRow.picture.is_not(None) | StopRow.signature.is_not(None)
        async with self._store.writing() as session:
            going_on = update(TourRow).where(TourRow.ended.is_(None), idle)
            await session.execute(going_on.values(ended=now))
            gone = update(StopRow).where(StopRow.tour.in_(over), kept)
            await session.execute(gone.values(picture=None, signature=None))

    async def _stops(self, where: ColumnElement[bool]) -> list[Stop]:
        async with self._store.reading() as session:
            query = select(StopRow).where(where).order_by(StopRow.number)
            rows = list(await session.scalars(query))
            seen = await _sightings(session, [row.id for row in rows])
        return [_stop(row, seen[row.id]) for row in rows]

    async def _one(self, query: Select[TourRow]) -> Tour | None:
        async with self._store.reading() as session:
            row = (await session.scalars(query)).one_or_none()
        return _tour(row) if row else None

    async def _blobs(self, column: Any, tour: int) -> dict[int, bytes]:
        query = select(StopRow.id, column).where(StopRow.tour == tour, column.is_not(None))
        async with self._store.reading() as session:
            return {row[0]: row[1] for row in await session.execute(query)}


async def _stop_of(
    session: AsyncSession, tour: int, photo: int, work: str, known: int | None
) -> StopRow | None:
    """Return the stop that a photo has, or that its work has."""
    query = select(StopRow).where(StopRow.tour == tour)
    photographed = select(SightingRow.stop).where(SightingRow.photo == photo)
    same = StopRow.work == work if work else StopRow.id == known
    again = (await session.scalars(query.where(StopRow.id.in_(photographed), same))).first()
    if again is None and not work and known is None:
        again = (await session.scalars(query.where(StopRow.id.in_(photographed)))).first()
    return again or (await session.scalars(query.where(same))).first()


async def _numbered(session: AsyncSession, tour: int, new: NewStop) -> StopRow:
    highest = select(func.coalesce(func.max(StopRow.number), 0)).where(StopRow.tour == tour)
    row = StopRow(
        tour=tour,
        number=1 + (await session.scalar(highest) or 0),
        work=new.work,
        facts=dict(new.facts),
        decided=new.decided,
        at=datetime.now(UTC),
        signature=new.signature,
        picture=new.picture,
    )
    session.add(row)
    await session.flush()
    return row


async def _sightings(session: AsyncSession, stops: list[int]) -> dict[int, list[SightingRow]]:
    found: dict[int, list[SightingRow]] = {stop: [] for stop in stops}
    query = select(SightingRow).where(SightingRow.stop.in_(stops))
    for row in await session.scalars(query.order_by(SightingRow.at, SightingRow.photo)):
        found[row.stop].append(row)
    return found


def _tours_of(route: Route) -> Select[TourRow]:
    return select(TourRow).filter_by(**asdict(route))


def _tour(row: TourRow) -> Tour:
    return Tour(
        Route(row.platform, row.chat, row.thread),
        row.is_group,
        row.language,
        row.guide,
        row.museum,
        row.place,
        row.keeps_photos,
        id=row.id,
        paused=row.paused,
        game=row.game,
        started=row.started,
        ended=row.ended,
        told=row.told is not None,
    )


def _stop(row: StopRow, seen: list[SightingRow]) -> Stop:
    by = tuple(dict.fromkeys(sighting.person for sighting in seen))
    decided = cast(Decided, row.decided)
    return Stop(row.id, row.tour, row.number, row.work, row.facts, decided, row.at, by)
