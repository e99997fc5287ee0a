"""What a chat chose, and what was last talked about."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, Moment, RowId


class ChatRow(Base):
    """Where a chat is, and what was settled for it (``None``: nothing). Owned by the chat."""

    __tablename__ = "chats"

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    museum: Mapped[int | None] = mapped_column(
        RowId, ForeignKey("collections.id", ondelete="SET NULL")
    )
    language: Mapped[str | None] = mapped_column(String(16))
    photos: Mapped[str | None] = mapped_column(String(16))
    tours: Mapped[str | None] = mapped_column(String(16))
    keep_photos: Mapped[bool | None]
    quiet_start: Mapped[time | None]
    quiet_end: Mapped[time | None]
    quiet_zone: Mapped[str | None] = mapped_column(String(64))


class TopicRow(Base):
    """What a person was last told about in a chat. Owned by that person."""

    __tablename__ = "topics"

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    entry: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
