"""The tables, and who owns the rows of each.

A photo's *picture* is never kept, only what was answered.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also on SQLite, which forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's moments their zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all tables, with names for constraints so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
        }
    )


PhotoId = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite numbers rows by itself only in a column called INTEGER."""


class PhotoRow(Base):
    """A photo that was answered. Owned by the person who sent it."""

    __tablename__ = "photos"
    __table_args__ = (UniqueConstraint("platform", "chat", "event"),)

    id: Mapped[int] = mapped_column(PhotoId, primary_key=True)
    platform: Mapped[str] = mapped_column(String(16))
    chat: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(64))
    event: Mapped[str] = mapped_column(String(128))
    recognition: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class GuessRow(Base):
    """Which painter a person tapped on a photo; the last tap counts. Owned by that person."""

    __tablename__ = "guesses"

    photo: Mapped[int] = mapped_column(
        PhotoId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    artist: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class DenialRow(Base):
    """A recognised work that a person says the photo does not show. Owned by that person."""

    __tablename__ = "denials"

    photo: Mapped[int] = mapped_column(
        PhotoId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    work: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class ArticleRow(Base):
    """A page of Wikipedia as it was fetched. Owned by nobody; it can be fetched again."""

    __tablename__ = "articles"

    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    title: Mapped[str] = mapped_column(String(255), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
