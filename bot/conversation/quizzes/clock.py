"""When the next question of a quiz comes, and in the end its table."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from bot.conversation.notices import Make, Notice, Settled
from bot.conversation.quizzes.asking import TIME, ask
from bot.conversation.quizzes.telling import QUIZ, results
from bot.conversation.replies import Reply
from bot.conversation.routes import chat_of
from bot.conversation.speech import Parts
from bot.memory.quiz import Quiz


class QuizClock:
    """The questions of all quizzes."""

    WORDS = (QUIZ,)

    def __init__(self, parts: Parts) -> None:
        """Watch the quizzes of these parts."""
        self._parts = parts

    async def due(self, platform: str, now: datetime) -> Mapping[str, Make]:
        """Return the questions whose time is over, to be ended, and what comes next told."""
        quizzes = await self._parts.quizzes.due(platform, now)
        return {
            _id(quiz, quiz.number + _is_over(quiz, now)): partial(self._notice, quiz, now)
            for quiz in quizzes
        }

    async def next(self, platform: str) -> datetime | None:
        """Return when the next question of a platform is over."""
        return await self._parts.quizzes.next_due(platform)

    async def told(self, notice: str, message: str) -> None:
        """Take note that a question, or a quiz's end, was said."""
        await self.shown(notice, message)

    async def shown(self, key: str, message: str) -> None:
        """Take note that a question is there, so that its time runs; or a quiz's end."""
        _, quiz, number = key.split(":")
        await self._parts.quizzes.shown(int(quiz), int(number), message, TIME)

    async def _notice(self, due: Quiz, now: datetime, settled: Settled) -> Notice | None:
        await settled(chat_of(due))
        if _is_over(due, now):
            await self._parts.quizzes.onward(due.id, due.number, now)
        quiz = await self._parts.quizzes.quiz(due.id)
        if quiz is None or quiz.told is not None or _is_shown(quiz):
            return None
        return Notice(_id(quiz, quiz.number), chat_of(quiz), await turn(self._parts, quiz))


def _id(quiz: Quiz, number: int) -> str:
    """Return what a question is called; also the end, whose number is that of all questions."""
    count = len(quiz.questions)
    return f"{QUIZ}:{quiz.id}:{number if quiz.asked and number < count else count}"


def _is_over(quiz: Quiz, now: datetime) -> bool:
    """Say whether the time of a quiz's question is over."""
    ends = quiz.asked.ends if quiz.asked else None
    return ends is not None and ends <= now


def _is_shown(quiz: Quiz) -> bool:
    """Say whether a quiz's question is there to be seen, so that its time runs."""
    return quiz.asked is not None and quiz.asked.ends is not None


async def turn(parts: Parts, quiz: Quiz) -> Reply:
    """Return what is a quiz's turn: a question, or its end."""
    asked = quiz.asked
    return await results(parts, quiz) if asked is None else await ask(parts, quiz, asked)
