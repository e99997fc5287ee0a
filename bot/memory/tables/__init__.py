"""The tables, and who owns the rows of each.

A visitor's photo is never kept, only what was answered; the pictures of a collection's works are.
"""

from bot.memory.tables.base import Base, Moment, RowId
from bot.memory.tables.chats import ChatRow, TopicRow
from bot.memory.tables.collections import (
    CollectionRow,
    CuratorRow,
    DeskRow,
    InvitationRow,
    WorkRow,
)
from bot.memory.tables.photos import ArticleRow, DenialRow, GuessRow, PhotoRow
from bot.memory.tables.polls import PollRow
from bot.memory.tables.quizzes import AnswerRow, QuestionRow, QuizRow
from bot.memory.tables.tours import HandRow, MemberRow, RoundRow, SightingRow, StopRow, TourRow
from bot.memory.tables.updates import UpdateRow

__all__ = [
    "AnswerRow",
    "ArticleRow",
    "Base",
    "ChatRow",
    "CollectionRow",
    "CuratorRow",
    "DenialRow",
    "DeskRow",
    "GuessRow",
    "HandRow",
    "InvitationRow",
    "MemberRow",
    "Moment",
    "PhotoRow",
    "PollRow",
    "QuestionRow",
    "QuizRow",
    "RoundRow",
    "RowId",
    "SightingRow",
    "StopRow",
    "TopicRow",
    "TourRow",
    "UpdateRow",
    "WorkRow",
]
