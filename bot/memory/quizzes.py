"""Quizzes in the database: what is asked, what was answered, and what comes when."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.memory.quiz import Answer, Asked, NewQuiz, Question, Quiz, Score, is_right
from bot.memory.store import Store
from bot.memory.tables import AnswerRow, MemberRow, QuestionRow, QuizRow
from bot.memory.tour import Route

UNSEEN = timedelta(minutes=1)
"""A question whose answer to a command or a tap never reached its chat is said after so long."""
STALE = timedelta(hours=1)
"""A quiz of which nothing could be said for so long is over, and nothing more is said of it."""


class Quizzes:
    """The quizzes of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def start(self, new: NewQuiz, questions: Sequence[Question]) -> Quiz | None:
        """Start a quiz; ``None`` where one goes on there already."""
        now = datetime.now(UTC)
        stale = update(QuizRow).filter_by(**asdict(new.route), ended=None)
        row = QuizRow(
            **asdict(new.route),
            is_group=new.is_group,
            language=new.language,
            about=new.about[:160],
            starter=new.starter,
            tour=new.tour,
            number=0,
            due=now + UNSEEN,
            started=now,
        )
        try:
            async with self._store.writing() as session:
                stale = stale.where(QuizRow.due < now - STALE)
                await session.execute(stale.values(ended=now, told=now))
                session.add(row)
                await session.flush()
                for number, question in enumerate(questions):
                    content = asdict(question)
                    values = {"number": number, "content": content, "message": ""}
                    session.add(QuestionRow(quiz=row.id, **values))
        except IntegrityError:
            return None
        return await self.quiz(row.id)

    async def quiz(self, id_: int) -> Quiz | None:
        """Return a quiz by its number."""
        return next(iter(await self._some(QuizRow.id == id_)), None)

    async def going_on(self, route: Route) -> Quiz | None:
        """Return the quiz of a chat or topic of which there is something to say still."""
        recent = QuizRow.due > datetime.now(UTC) - STALE
        here = select(QuizRow).filter_by(**asdict(route), told=None).where(recent)
        return next(iter(await self._read(here)), None)

    async def answer(
        self, quiz: int, number: int, person: str, name: str, option: int, at: datetime
    ) -> int | None:
        """Keep what a person answers; return what counts, which is what they answered first.

        ``None`` where it came too late. Where everybody of the tour has answered, and they are
        more than one, the question is over at once.
        """
        async with self._store.writing() as session:
            row = await session.get_one(QuizRow, quiz, with_for_update=True)
            question = await session.get_one(QuestionRow, (quiz, number))
            first = await session.get(AnswerRow, (quiz, number, person))
            if first is not None:
                return first.option
            if not _in_time(row, question, at):
                return None
            values = {"person": person, "name": name[:160], "option": option, "at": at}
            session.add(AnswerRow(quiz=quiz, number=number, **values))
            await session.flush()
            if question.ends and row.number == number and await _everybody(session, row, number):
                question.ends = row.due = min(question.ends, at)
        return option

    async def onward(self, quiz: int, number: int, due: datetime) -> None:
        """Go on from a question to the next, or to the end, unless that was done.

        ``due``: when the next is to be said, if nobody says it before.
        """
        count = select(func.count()).where(QuestionRow.quiz == quiz).scalar_subquery()
        last = update(QuizRow).where(QuizRow.id == quiz, QuizRow.number == count)
        here = (QuizRow.id == quiz, QuizRow.number == number, QuizRow.ended.is_(None))
        async with self._store.writing() as session:
            await session.execute(update(QuizRow).where(*here).values(number=number + 1, due=due))
            ended = last.where(QuizRow.ended.is_(None))
            await session.execute(ended.values(ended=datetime.now(UTC)))

    async def stop(self, quiz: int, *, told: bool = False) -> None:
        """End a quiz; who knew how much is still to be told, unless nobody asks any more."""
        now = datetime.now(UTC)
        untold = update(QuizRow).where(QuizRow.id == quiz, QuizRow.told.is_(None))
        ended = func.coalesce(QuizRow.ended, now)
        values = {"ended": ended, "due": now + UNSEEN, "told": now if told else None}
        async with self._store.writing() as session:
            await session.execute(untold.values(**values))

    async def shown(self, quiz: int, number: int, message: str, time: timedelta) -> None:
        """Keep that a question is there to be seen: from now on, its ``time`` runs.

        After the last question, that is the end, which is told thereby.
        """
        now = datetime.now(UTC)
        async with self._store.writing() as session:
            row = await session.get_one(QuizRow, quiz, with_for_update=True)
            question = await session.get(QuestionRow, (quiz, number))
            if question is None:
                row.told = row.told or now
            elif question.ends is None and row.number == number and row.ended is None:
                question.message = message
                question.ends = row.due = now + time

    async def due(self, platform: str, now: datetime) -> list[Quiz]:
        """Return the quizzes of a platform of which something is to be said."""
        return await self._some(*_untold(platform, now), QuizRow.due <= now)

    async def next_due(self, platform: str) -> datetime | None:
        """Return when the next of these comes."""
        query = select(func.min(QuizRow.due)).where(*_untold(platform, datetime.now(UTC)))
        async with self._store.reading() as session:
            return await session.scalar(query)

    async def answers(self, quiz: int) -> list[Answer]:
        """Return all answers to a quiz, the first first."""
        return (await self._answers([quiz]))[quiz]

    async def scores(self, tour: int) -> dict[str, Score]:
        """Return what the quizzes of a tour brought, by person; questions still asked aside."""
        total: Counter[str] = Counter()
        right: Counter[str] = Counter()
        quizzes = await self._some(QuizRow.tour == tour)
        answers = await self._answers([quiz.id for quiz in quizzes])
        for quiz in quizzes:
            over = len(quiz.questions) if quiz.ended else quiz.number
            for answer in answers[quiz.id]:
                if answer.number < over:
                    total[answer.person] += 1
                    right[answer.person] += is_right(quiz, answer)
        return {person: Score(right[person], total[person]) for person in total}

    async def leave(self, platform: str, chat: str, thread: str = "") -> None:
        """End the quizzes of a chat, or of one thread of it: nothing can be said there any more."""
        now = datetime.now(UTC)
        here = [QuizRow.platform == platform, QuizRow.chat == chat, QuizRow.told.is_(None)]
        here += [QuizRow.thread == thread] if thread else []
        ended = func.coalesce(QuizRow.ended, now)
        async with self._store.writing() as session:
            await session.execute(update(QuizRow).where(*here).values(ended=ended, told=now))

    async def _answers(self, quizzes: Collection[int]) -> dict[int, list[Answer]]:
        """Return all answers to some quizzes, the first first."""
        found: dict[int, list[Answer]] = {quiz: [] for quiz in quizzes}
        query = select(AnswerRow).where(AnswerRow.quiz.in_(quizzes))
        in_order = query.order_by(AnswerRow.number, AnswerRow.at, AnswerRow.person)
        async with self._store.reading() as session:
            for row in await session.scalars(in_order):
                found[row.quiz].append(Answer(row.number, row.person, row.name, row.option))
        return found

    async def _some(self, *where: ColumnElement[bool]) -> list[Quiz]:
        return await self._read(select(QuizRow).where(*where))

    async def _read(self, query: Select[QuizRow]) -> list[Quiz]:
        async with self._store.reading() as session:
            return await _read(session, query.order_by(QuizRow.id.desc()))


def _in_time(row: QuizRow, question: QuestionRow, at: datetime) -> bool:
    """Say whether an answer of this moment counts.

    One that came in time counts though its turn comes when the next question is there; but not
    when the table is.
    """
    if question.ends is None:
        return row.number == question.number and row.ended is None
    return at <= question.ends and row.told is None


async def _everybody(session: AsyncSession, row: QuizRow, number: int) -> bool:
    if row.tour is None:
        return False
    members = set(await session.scalars(select(MemberRow.person).where(MemberRow.tour == row.tour)))
    here = (AnswerRow.quiz == row.id, AnswerRow.number == number)
    answered = set(await session.scalars(select(AnswerRow.person).where(*here)))
    return len(members) > 1 and members <= answered


def _untold(platform: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return QuizRow.platform == platform, QuizRow.told.is_(None), QuizRow.due > now - STALE


async def _read(session: AsyncSession, query: Select[QuizRow]) -> list[Quiz]:
    rows = (await session.scalars(query)).all()
    asked: dict[int, list[Asked]] = {row.id: [] for row in rows}
    questions = select(QuestionRow).where(QuestionRow.quiz.in_(asked))
    for each in await session.scalars(questions.order_by(QuestionRow.number)):
        asked[each.quiz].append(Asked(_question(each.content), each.message, each.ends))
    return [_quiz(row, tuple(asked[row.id])) for row in rows]


def _question(content: Mapping[str, object]) -> Question:
    lists = {name: tuple(v) for name, v in content.items() if isinstance(v, list)}
    return Question(**{**content, **lists})  # type: ignore[arg-type]


def _quiz(row: QuizRow, questions: tuple[Asked, ...]) -> Quiz:
    return Quiz(
        Route(row.platform, row.chat, row.thread),
        row.is_group,
        row.language,
        row.about,
        row.starter,
        row.tour,
        id=row.id,
        number=row.number,
        ended=row.ended,
        told=row.told,
        questions=questions,
    )
