"""What was answered to visitors' photos, and Wikipedia's pages as they were fetched."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, Moment, RowId


class PhotoRow(Base):
    """A photo that was answered. Owned by the person who sent it."""

    __tablename__ = "photos"
    __table_args__ = (
        UniqueConstraint("platform", "chat", "event"),
        Index("ix_photos_person", "platform", "person", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
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
        RowId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
    )
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    artist: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class DenialRow(Base):
    """A recognised work that a person says the photo does not show. Owned by that person."""

    __tablename__ = "denials"

    photo: Mapped[int] = mapped_column(
        RowId, ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True
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
