"""When the next question of a quiz comes, and in the end its table."""

import logging
import time
from datetime import datetime

from bot.conversation.events import Chat
from bot.conversation.notices import Notice, Settled
from bot.conversation.quizzes.asking import TIME, ask
from bot.conversation.quizzes.telling import QUIZ, results
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.memory.quiz import Quiz

log = logging.getLogger(__name__)

AGAIN_SECONDS = 60.0
"""A question that was given out is not put together again before, however often it is due."""


class QuizClock:
    """The questions of all quizzes."""

    WORDS = (QUIZ,)

    def __init__(self, parts: Parts) -> None:
        """Watch the quizzes of these parts."""
        self._parts = parts
        self._given: dict[str, float] = {}

    async def due(self, platform: str, now: datetime, settled: Settled) -> list[Notice]:
        """End the questions whose time is over; return what comes next."""
        notices = []
        for quiz in await self._parts.quizzes.due(platform, now):
            try:
                await settled(Chat(platform, quiz.route.chat, quiz.is_group, quiz.route.thread))
                notice = await self._notice(await self._moved_on(quiz, now))
            except Exception:
                log.exception("Quiz %d does not go on; trying again", quiz.id)
                continue
            notices += [notice] if notice else []
        return notices

    async def next(self, platform: str) -> datetime | None:
        """Return when the next question of a platform is over."""
        return await self._parts.quizzes.next_due(platform)

    async def told(self, notice: str, message: str) -> None:
        """Take note that a question, or a quiz's end, was said."""
        self._given.pop(notice, None)
        await self.shown(notice, message)

    async def shown(self, key: str, message: str) -> None:
        """Take note that a question is there, so that its time runs; or a quiz's end."""
        _, quiz, number = key.split(":")
        await self._parts.quizzes.shown(int(quiz), int(number), message, TIME)

    async def _moved_on(self, quiz: Quiz, now: datetime) -> Quiz:
        asked = quiz.asked
        if asked is None or asked.ends is None or asked.ends > now:
            return quiz
        await self._parts.quizzes.onward(quiz.id, quiz.number, now)
        return await self._parts.quizzes.quiz(quiz.id) or quiz

    async def _notice(self, quiz: Quiz) -> Notice | None:
        number = quiz.number if quiz.asked else len(quiz.questions)
        id_ = f"{QUIZ}:{quiz.id}:{number}"
        given = self._given.get(id_)
        if given is not None and time.monotonic() - given < AGAIN_SECONDS:
            return None
        reply = await turn(self._parts, quiz)
        self._given[id_] = time.monotonic()
        route = quiz.route
        return Notice(id_, Chat(route.platform, route.chat, quiz.is_group, route.thread), reply)


async def turn(parts: Parts, quiz: Quiz) -> Reply:
    """Return what is a quiz's turn: a question, or its end."""
    asked = quiz.asked
    return await results(parts, quiz) if asked is None else await ask(parts, quiz, asked)
