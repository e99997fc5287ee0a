"""Tours of groups: who came along, what they saw, and what they guessed."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, GoesOn, Moment, RowId, one_at_a_time

UNTOLD = text("told IS NULL")


class TourRow(GoesOn, Base):
    """A tour of a chat; one at a time goes on in each of its topics. Owned by the chat."""

    __tablename__ = "tours"
    __table_args__ = (
        one_at_a_time("tours"),
        Index("ix_tours_route", "platform", "chat", "thread"),
    )

    guide: Mapped[str] = mapped_column(String(64))
    """Who started it."""
    museum: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("collections.id", ondelete="SET NULL")
    )
    place: Mapped[str] = mapped_column(String(80))
    """The museum's name, which outlives its collection."""
    paused: Mapped[bool] = mapped_column(Boolean)
    game: Mapped[bool] = mapped_column(Boolean)
    keeps_photos: Mapped[bool] = mapped_column(Boolean)


class MemberRow(Base):
    """Who goes along on a tour. Owned by that person."""

    __tablename__ = "tour_members"

    tour: Mapped[int] = mapped_column(
        RowId, ForeignKey("tours.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    at: Mapped[datetime] = mapped_column(Moment)


class StopRow(Base):
    """A work that a tour saw. Owned by the chat."""

    __tablename__ = "tour_stops"
    __table_args__ = (UniqueConstraint("tour", "number"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    tour: Mapped[int] = mapped_column(RowId, ForeignKey("tours.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    work: Mapped[str] = mapped_column(String(255))
    """Collection and id of a known work; empty for one that was not recognised."""
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    decided: Mapped[str] = mapped_column(String(16))
    """Who said whose hand it is: ``docent``, ``guide``, ``majority``, or nobody yet."""
    at: Mapped[datetime] = mapped_column(Moment)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """What a work that is not known is recognised by on the next photo of it."""
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The first photo of it, where the chat keeps its photos until the tour is told."""


class SightingRow(Base):
    """Which stop a photo shows, and who took it. Owned by that person."""

    __tablename__ = "tour_sightings"
    __table_args__ = (Index("ix_tour_sightings_stop", "stop"),)

    photo: Mapped[int] = mapped_column(
        RowId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    stop: Mapped[int] = mapped_column(
        RowId, ForeignKey("tour_stops.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class RoundRow(Base):
    """One round of the guessing game: whose hand is this stop? Owned by the chat."""

    __tablename__ = "tour_rounds"
    __table_args__ = (
        Index("ix_tour_rounds_photo", "photo"),
        Index("ix_tour_rounds_ends", "ends", sqlite_where=UNTOLD, postgresql_where=UNTOLD),
    )

    stop: Mapped[int] = mapped_column(
        RowId, ForeignKey("tour_stops.id", ondelete="CASCADE"), primary_key=True
    )
    photo: Mapped[int] = mapped_column(RowId, ForeignKey("photos.id", ondelete="CASCADE"))
    hands: Mapped[list[list[str]]] = mapped_column(JSON)
    """The painters to choose from, id and name of each, in the order in which they are shown."""
    answer: Mapped[int | None] = mapped_column(Integer)
    """Whose hand it is, by its place among them, as soon as somebody says."""
    ends: Mapped[datetime] = mapped_column(Moment)
    closed: Mapped[datetime | None] = mapped_column(Moment)
    told: Mapped[datetime | None] = mapped_column(Moment)
    message: Mapped[str] = mapped_column(String(64))
    """The platform's number of the message that asks."""


class HandRow(Base):
    """Whose hand a person guessed in a round; the last tap counts. Owned by that person."""

    __tablename__ = "tour_hands"

    stop: Mapped[int] = mapped_column(
        RowId, ForeignKey("tour_rounds.stop", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    hand: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
