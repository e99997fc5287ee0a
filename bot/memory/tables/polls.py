"""Polls of a platform's own that Docent asked."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, Moment


class PollRow(Base):
    """What the options of a poll stand for. Owned by the chat in which it was asked."""

    __tablename__ = "polls"
    __table_args__ = (Index("ix_polls_at", "at"),)

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    poll: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The platform's id of it."""
    chat: Mapped[str] = mapped_column(String(64))
    thread: Mapped[str] = mapped_column(String(64))
    is_group: Mapped[bool] = mapped_column(Boolean)
    data: Mapped[list[str]] = mapped_column(JSON)
    """What a tap on each option brings back, in their order."""
    at: Mapped[datetime] = mapped_column(Moment)
