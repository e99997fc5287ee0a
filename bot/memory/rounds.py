"""Rounds of a tour's guessing game: what was offered, who tapped what, and when it was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory.store import Store
from bot.memory.tables import HandRow, MemberRow, RoundRow, StopRow, TourRow
from bot.memory.tour import Decided

UNSEEN = timedelta(minutes=10)
"""A round whose question never reached its chat ends so long after it was opened."""
STALE = timedelta(hours=24)
"""An answer that could not be told for so long after its round is not told any more."""

Hands = tuple[tuple[str, str], ...]
"""Painters to choose from: id (perhaps empty) and name of each."""


@dataclass(frozen=True)
class Round:
    """A round as it is kept."""

    stop: int
    photo: int
    hands: Hands
    answer: int | None
    """Whose hand it is, by its place among ``hands``, as soon as somebody says."""
    ends: datetime
    closed: datetime | None
    message: str
    """The platform's number of the message that asks."""
    taps: dict[str, int] = field(default_factory=dict)
    """Person → which of the ``hands`` they tapped last."""

    @property
    def right(self) -> frozenset[str]:
        """The persons who tapped the right hand; nobody as long as no answer is known."""
        return frozenset(person for person, hand in self.taps.items() if hand == self.answer)


class Rounds:
    """The rounds of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def open(self, stop: int, photo: int, hands: Hands, answer: int | None) -> Round:
        """Open the round of a stop, or return the one it has."""
        values = {
            "stop": stop,
            "photo": photo,
            "hands": [list(hand) for hand in hands],
            "answer": answer,
            "ends": datetime.now(UTC) + UNSEEN,
            "message": "",
        }
        async with self._store.writing() as session:
            await session.execute(
                self._store.insert(RoundRow).values(values).on_conflict_do_nothing()
            )
            return await _one(session, stop)

    async def round(self, stop: int) -> Round | None:
        """Return the round of a stop, if it has one."""
        return next(iter(await self._some(RoundRow.stop == stop)), None)

    async def of_photo(self, photo: int) -> Round | None:
        """Return the round that a photo opened."""
        return next(iter(await self._some(RoundRow.photo == photo)), None)

    async def of_tour(self, tour: int) -> list[Round]:
        """Return a tour's rounds in the order of its stops."""
        stops = select(StopRow.id).where(StopRow.tour == tour)
        return await self._some(RoundRow.stop.in_(stops))

    async def shown(self, stop: int, message: str, seconds: float) -> None:
        """Keep that a round's question is there to be seen: from now on, its time runs."""
        ends = datetime.now(UTC) + timedelta(seconds=seconds)
        waiting = update(RoundRow).where(RoundRow.stop == stop, RoundRow.message == "")
        async with self._store.writing() as session:
            await session.execute(waiting.values(message=message, ends=ends))

    async def tap(self, stop: int, person: str, hand: int, at: datetime) -> bool:
        """Keep whose hand a person says it is, in place of what they said before.

        Return ``False`` where the round is closed. Until then every tap counts, for platforms do
        not say when one was made, and it may have waited for Docent to be back. Where everybody on
        the tour has tapped, and they are more than one or on their own, the round ends at once; but
        not where somebody joined by a tap of this round, for then others may be about to.
        """
        async with self._store.writing() as session:
            row = await session.get_one(RoundRow, stop, with_for_update=True)
            if row.closed is not None:
                return False
            values = {"stop": stop, "person": person, "hand": hand, "at": at}
            tapped = self._store.insert(HandRow).values(values)
            await session.execute(
                tapped.on_conflict_do_update(
                    index_elements=["stop", "person"], set_={"hand": hand, "at": at}
                )
            )
            if await _everybody_tapped(session, stop):
                row.ends = min(row.ends, at)
        return True

    async def close(self, stop: int, answer: int | None, decided: Decided) -> Round:
        """End a round with its answer, for good; one that is closed stays as it is."""
        async with self._store.writing() as session:
            row = await session.get_one(RoundRow, stop, with_for_update=True)
            if row.closed is None:
                row.closed, row.answer = datetime.now(UTC), answer
                await _name(session, row, decided)
            return await _one(session, stop)

    async def decide(self, stop: int, answer: int) -> Round:
        """Keep whose hand the guide says it is, where nobody had said it before."""
        async with self._store.writing() as session:
            row = await session.get_one(RoundRow, stop, with_for_update=True)
            if row.answer is None:
                row.answer = answer
                await _name(session, row, "guide")
            return await _one(session, stop)

    async def due(self, platform: str, now: datetime) -> list[int]:
        """Return the stops of the rounds of a platform whose answers are to be told."""
        query = select(RoundRow.stop).where(*_untold(platform, now), RoundRow.ends <= now)
        async with self._store.reading() as session:
            return list(await session.scalars(query.order_by(RoundRow.stop)))

    async def next_end(self, platform: str) -> datetime | None:
        """Return when the next round of a platform ends."""
        query = select(func.min(RoundRow.ends)).where(*_untold(platform, datetime.now(UTC)))
        async with self._store.reading() as session:
            return await session.scalar(query)

    async def end_now(self, tour: int) -> None:
        """End the rounds of a tour that are still open."""
        stops = select(StopRow.id).where(StopRow.tour == tour)
        open_ = update(RoundRow).where(RoundRow.stop.in_(stops), RoundRow.closed.is_(None))
        async with self._store.writing() as session:
            await session.execute(open_.values(ends=datetime.now(UTC)))

    async def told(self, stop: int) -> None:
        """Keep that a round's answer was told."""
        async with self._store.writing() as session:
            statement = update(RoundRow).where(RoundRow.stop == stop)
            await session.execute(statement.values(told=datetime.now(UTC)))

    async def _some(self, *where: ColumnElement[bool]) -> list[Round]:
        async with self._store.reading() as session:
            return await _read(session, select(RoundRow).where(*where))


def _untold(platform: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    stops = select(StopRow.id).join(TourRow).where(TourRow.platform == platform)
    return RoundRow.told.is_(None), RoundRow.ends > now - STALE, RoundRow.stop.in_(stops)


async def _one(session: AsyncSession, stop: int) -> Round:
    await session.flush()
    return (await _read(session, select(RoundRow).where(RoundRow.stop == stop)))[0]


async def _read(session: AsyncSession, query: Select[RoundRow]) -> list[Round]:
    rows: Sequence[RoundRow] = (await session.scalars(query.order_by(RoundRow.stop))).all()
    taps: dict[int, dict[str, int]] = {row.stop: {} for row in rows}
    tapped = select(HandRow).where(HandRow.stop.in_(taps)).order_by(HandRow.at, HandRow.person)
    for tap in await session.scalars(tapped):
        taps[tap.stop][tap.person] = tap.hand
    return [
        Round(
            row.stop,
            row.photo,
            tuple((id_, name) for id_, name in row.hands),
            row.answer,
            row.ends,
            row.closed,
            row.message,
            taps[row.stop],
        )
        for row in rows
    ]


async def _everybody_tapped(session: AsyncSession, stop: int) -> bool:
    asked = await session.get_one(StopRow, stop)
    tour = await session.get_one(TourRow, asked.tour)
    rows = (await session.scalars(select(MemberRow).where(MemberRow.tour == tour.id))).all()
    members = {row.person for row in rows if row.at <= asked.at}
    tapped = set(await session.scalars(select(HandRow.person).where(HandRow.stop == stop)))
    all_known = len(members) == len(rows) and members <= tapped
    return all_known and (len(members) > 1 or not tour.is_group)


async def _name(session: AsyncSession, row: RoundRow, decided: Decided) -> None:
    """Write into a round's stop whose hand it is said to be, where that is new."""
    stop = await session.get_one(StopRow, row.stop)
    if row.answer is None or stop.decided:
        return
    id_, name = row.hands[row.answer]
    stop.facts = {**stop.facts, "artist_id": id_, "artist": name}
    stop.decided = decided
