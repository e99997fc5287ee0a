"""Quizzes of chats: what is asked, and what people answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.memory.tables.base import Base, GoesOn, Moment, RowId, one_at_a_time


class QuizRow(GoesOn, Base):
    """A quiz of a chat; one at a time goes on in each of its topics. Owned by the chat."""

    __tablename__ = "quizzes"
    __table_args__ = (
        one_at_a_time("quizzes"),
        Index("ix_quizzes_due", "platform", "due"),
        Index("ix_quizzes_tour", "tour"),
    )

    about: Mapped[str] = mapped_column(String(160))
    """The museum's or the movement's name; empty where it is about anything."""
    starter: Mapped[str] = mapped_column(String(64))
    tour: Mapped[int | None] = mapped_column(RowId, ForeignKey("tours.id", ondelete="SET NULL"))
    """The tour whose table it counts into."""
    number: Mapped[int] = mapped_column(Integer)
    """The question that is asked now, from 0; how many there are when all have been."""
    due: Mapped[datetime] = mapped_column(Moment)
    """When something is to be said, if nothing happens before."""


class QuestionRow(Base):
    """One question of a quiz. Owned by the chat."""

    __tablename__ = "quiz_questions"

    quiz: Mapped[int] = mapped_column(
        RowId, ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """A `bot.memory.quiz.Question`."""
    message: Mapped[str] = mapped_column(String(64))
    """The platform's number of the message that asks."""
    ends: Mapped[datetime | None] = mapped_column(Moment)
    """Until when an answer counts; nothing as long as the question was not shown."""


class AnswerRow(Base):
    """What a person answered to a question; the first answer counts. Owned by that person."""

    __tablename__ = "quiz_answers"

    quiz: Mapped[int] = mapped_column(
        RowId, ForeignKey("quizzes.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    option: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
