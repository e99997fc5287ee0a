"""A group that plays a quiz, for tests: time passes when they say so."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot.conversation.events import Chat, Person, Tap
from bot.conversation.replies import Reply
from bot.memory.quiz import Quiz
from bot.memory.tables import QuestionRow, QuizRow
from bot.memory.tour import Route
from tests.bot.conversation.speaking import buttons, fresh
from tests.bot.conversation.tours.touring import ANN, Group

ALONE = Chat("test", "private")


class Players(Group):
    """A group, or one person, whose questions' time is over when `time_passes`."""

    async def time_passes(self) -> None:
        """Let the time of the question that was shown last be over."""
        before = datetime.now(UTC) - timedelta(seconds=1)
        async with self.parts.store.writing() as session:
            shown = QuestionRow.ends.is_not(None) & (QuestionRow.ends > before)
            await session.execute(update(QuestionRow).where(shown).values(ends=before))
            await session.execute(update(QuizRow).where(QuizRow.told.is_(None)).values(due=before))

    async def next_turn(self) -> Reply:
        """Return what comes after the time of a question, and let it be shown."""
        await self.time_passes()
        notice = await self.notice(told=False)
        await self.assistant.told(notice, "900")
        return notice.reply

    async def quiz(self) -> Quiz:
        """Return the quiz that goes on."""
        quiz = await self.parts.quizzes.going_on(
            Route(self.chat.platform, self.chat.id, self.chat.thread)
        )
        assert quiz is not None
        return quiz

    async def answers(
        self, asked: Reply, *, right: bool, person: Person = ANN, at: datetime | None = None
    ) -> Reply | None:
        """Tap the right option of a question, or a wrong one."""
        assert asked.poll is not None
        number = asked.poll.right if right else (asked.poll.right + 1) % 4
        data = buttons(asked)[number].data
        assert data == asked.poll.data[number]
        at = at or datetime.now(UTC)
        return await self.hears(Tap(id=fresh(), chat=self.chat, person=person, data=data, at=at))
