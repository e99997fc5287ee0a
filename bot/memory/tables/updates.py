"""What a chat platform handed over and Docent has not yet dealt with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, Moment


class UpdateRow(Base):
    """An update of Telegram; without its content once it is dealt with, and soon gone altogether.

    Owned by the person who caused it.
    """

    __tablename__ = "updates"
    __table_args__ = (Index("ix_updates_at", "at"),)

    bot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    tries: Mapped[int] = mapped_column(Integer)
    """How often it was taken up anew after a restart."""
    at: Mapped[datetime] = mapped_column(Moment)
    """When it was handed over."""
