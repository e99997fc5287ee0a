"""Quizzes survive everything: first answers count, in time, and nothing is asked twice."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.memory.moving import move_chat
from bot.memory.quiz import NewQuiz, Question, Quiz, Score
from bot.memory.quizzes import STALE, Quizzes
from bot.memory.store import Store
from bot.memory.tables import QuizRow
from bot.memory.tour import NewTour, Route
from bot.memory.tours import Tours

HERE = Route("test", "group", "7")
QUESTIONS = [
    Question("year", f"work {n}", "When?", ("a mark",), ("1", "2", "3", "4"), n, "So.")
    for n in range(3)
]
TIME = timedelta(seconds=30)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}"


@pytest.fixture
def quizzes(store: Store) -> Quizzes:
    return Quizzes(store)


def now() -> datetime:
    return datetime.now(UTC)


async def started(quizzes: Quizzes, tour: int | None = None, route: Route = HERE) -> Quiz:
    new = NewQuiz(route, True, "en", "Monet", "ann", tour)
    quiz = await quizzes.start(new, QUESTIONS)
    assert quiz is not None
    return quiz


async def seen(quizzes: Quizzes, id_: int) -> Quiz:
    quiz = await quizzes.quiz(id_)
    assert quiz is not None
    return quiz


async def answers(quizzes: Quizzes, quiz: Quiz, person: str, option: int) -> int | None:
    number = (await seen(quizzes, quiz.id)).number
    return await quizzes.answer(quiz.id, number, person, person.title(), option, now())


async def test_a_quiz_is_the_same_after_a_restart(address: str) -> None:
    store = await Store.open(address)
    first = await started(Quizzes(store))
    await store.close()
    store = await Store.open(address)
    again = await Quizzes(store).going_on(HERE)
    assert again == first
    assert [asked.question for asked in again.questions] == QUESTIONS
    await store.close()


async def test_one_at_a_time_goes_on_in_a_topic(quizzes: Quizzes) -> None:
    first = await started(quizzes)
    assert await quizzes.start(NewQuiz(HERE, True, "en", "", "bob"), QUESTIONS) is None
    await started(quizzes, route=Route("test", "group", "8"))
    await quizzes.stop(first.id)
    await started(quizzes)


async def test_the_first_answer_counts(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    assert await answers(quizzes, quiz, "bob", 2) == 2
    assert await answers(quizzes, quiz, "bob", 0) == 2
    assert [(a.person, a.option) for a in await quizzes.answers(quiz.id)] == [("bob", 2)]


async def test_of_many_answers_at_once_none_is_lost_and_each_counts_once(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    taps = [(f"p{n % 20}", n % 4) for n in range(60)]
    counted = await asyncio.gather(*[answers(quizzes, quiz, *tap) for tap in taps])
    kept = {a.person: a.option for a in await quizzes.answers(quiz.id)}
    assert len(kept) == 20
    assert [kept[person] for person, _ in taps] == counted


async def test_the_time_of_a_question_runs_from_when_it_is_there(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    assert (await seen(quizzes, quiz.id)).questions[0].ends is None
    before = now()
    await quizzes.shown(quiz.id, 0, "100", TIME)
    asked = (await seen(quizzes, quiz.id)).questions[0]
    assert asked.ends is not None
    assert before + TIME <= asked.ends <= now() + TIME
    assert asked.message == "100"
    await quizzes.shown(quiz.id, 0, "101", MINUTE)
    assert (await seen(quizzes, quiz.id)).questions[0] == asked


async def test_an_answer_after_the_time_counts_not_and_one_in_time_does_though_handled_later(
    quizzes: Quizzes,
) -> None:
    quiz = await started(quizzes)
    await quizzes.shown(quiz.id, 0, "100", TIME)
    late, in_time = now() + MINUTE, now()
    assert await quizzes.answer(quiz.id, 0, "bob", "Bob", 0, late) is None
    await quizzes.onward(quiz.id, 0, now())
    assert await quizzes.answer(quiz.id, 0, "cat", "Cat", 0, in_time) == 0


async def test_nothing_counts_when_the_table_was_told(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    await quizzes.shown(quiz.id, 0, "100", TIME)
    await quizzes.stop(quiz.id)
    assert await quizzes.answer(quiz.id, 0, "bob", "Bob", 0, now()) == 0
    await quizzes.shown(quiz.id, len(QUESTIONS), "101", TIME)
    assert await quizzes.answer(quiz.id, 0, "cat", "Cat", 0, now()) is None


async def test_onward_goes_one_step_however_often_it_is_said(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    for _ in range(3):
        await quizzes.onward(quiz.id, 0, now())
    assert (await seen(quizzes, quiz.id)).number == 1


async def test_after_the_last_question_a_quiz_has_ended_but_is_not_told(quizzes: Quizzes) -> None:
    quiz = await started(quizzes)
    for number in range(len(QUESTIONS)):
        assert (await seen(quizzes, quiz.id)).ended is None
        await quizzes.onward(quiz.id, number, now() - MINUTE)
    ended = await seen(quizzes, quiz.id)
    assert (ended.asked, ended.told) == (None, None)
    assert ended.ended is not None
    assert [each.id for each in await quizzes.due("test", now())] == [quiz.id]
    await quizzes.shown(quiz.id, len(QUESTIONS), "9", TIME)
    assert await quizzes.due("test", now() + MINUTE) == []


async def test_what_reached_nobody_is_due_again_and_on_its_own_platform_only(
    quizzes: Quizzes,
) -> None:
    quiz = await started(quizzes)
    assert await quizzes.due("test", now()) == []
    due = await quizzes.next_due("test")
    assert due is not None
    assert timedelta(seconds=50) < due - now() <= MINUTE
    assert [each.id for each in await quizzes.due("test", now() + MINUTE)] == [quiz.id]
    assert await quizzes.due("other", now() + MINUTE) == []


async def test_a_quiz_that_could_not_go_on_for_long_is_over(quizzes: Quizzes, store: Store) -> None:
    quiz = await started(quizzes)
    async with store.writing() as session:
        await session.execute(update(QuizRow).values(due=now() - 1.1 * STALE))
    assert await quizzes.due("test", now()) == []
    assert await quizzes.going_on(HERE) is None
    await started(quizzes)
    assert (await seen(quizzes, quiz.id)).told is not None


async def test_when_everybody_of_the_tour_has_answered_nobody_waits(
    quizzes: Quizzes, store: Store
) -> None:
    tours = Tours(store)
    tour = await tours.start(NewTour(HERE, True, "en", "ann"))
    assert tour is not None
    quiz = await started(quizzes, tour.id)
    await quizzes.shown(quiz.id, 0, "100", TIME)
    await tours.join(tour.id, "ann", "Ann")
    await answers(quizzes, quiz, "ann", 0)
    assert await quizzes.due("test", now()) == []  # one alone is not everybody
    await tours.join(tour.id, "bob", "Bob")
    await tours.join(tour.id, "cat", "Cat")
    await answers(quizzes, quiz, "bob", 0)
    assert await quizzes.due("test", now()) == []
    await answers(quizzes, quiz, "cat", 0)
    assert [each.id for each in await quizzes.due("test", now())] == [quiz.id]


async def test_a_tours_scores_are_of_its_quizzes_and_tell_nothing_of_the_question_asked_now(
    quizzes: Quizzes, store: Store
) -> None:
    tour = await Tours(store).start(NewTour(HERE, True, "en", "ann"))
    assert tour is not None
    await started(quizzes, route=Route("test", "elsewhere"))
    quiz = await started(quizzes, tour.id)
    await answers(quizzes, quiz, "ann", 0)
    assert await quizzes.scores(tour.id) == {}
    await quizzes.onward(quiz.id, 0, now())
    await answers(quizzes, quiz, "ann", 3)
    await answers(quizzes, quiz, "bob", 1)
    await quizzes.stop(quiz.id)
    assert await quizzes.scores(tour.id) == {"ann": Score(1, 2), "bob": Score(1, 1)}


async def test_a_quiz_goes_where_its_chat_goes(quizzes: Quizzes, store: Store) -> None:
    quiz = await started(quizzes)
    rival = await started(quizzes, route=Route("test", "super", "7"))
    await move_chat(store, "test", "group", "super")
    found = await quizzes.going_on(Route("test", "super", "7"))
    assert found is not None
    assert (await seen(quizzes, quiz.id)).route == Route("test", "super", "7")
    assert (await seen(quizzes, rival.id)).ended is not None


async def test_where_docent_had_to_leave_nothing_is_due(quizzes: Quizzes) -> None:
    await started(quizzes)
    other = await started(quizzes, route=Route("test", "group", "8"))
    await quizzes.leave("test", "group", "7")
    assert [q.id for q in await quizzes.due("test", now() + MINUTE)] == [other.id]
    await quizzes.leave("test", "group")
    assert await quizzes.due("test", now() + MINUTE) == []
