"""A group plays: five questions, the first answer counts, and in the end a kind table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.conversation.events import Person, Tap
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.memory.tables import QuestionRow
from tests.bot.conversation.quizzes.playing import ALONE, Players
from tests.bot.conversation.speaking import buttons, fresh, words
from tests.bot.conversation.tours.touring import ANN, BOB, CAT


@pytest.fixture
def group(parts: Parts) -> Players:
    return Players(parts)


async def play(group: Players, asked: Reply, *right: dict[Person, bool]) -> Reply:
    """Let people answer each question as given; return what came last."""
    for given in right:
        for person, knows in given.items():
            await group.answers(asked, right=knows, person=person)
        asked = await group.next_turn()
    return asked


async def test_a_question_is_a_poll_and_buttons_that_ask_the_same(group: Players) -> None:
    asked = await group.commands("/quiz")
    poll = asked.poll
    assert poll is not None
    assert [button.label for button in buttons(asked)] == list(poll.options)
    assert [button.data for button in buttons(asked)] == list(poll.data)
    assert "Question 1 of 5" in words(asked)
    assert poll.question.startswith("1/5 ")
    assert poll.seconds == 30
    assert poll.explanation
    assert poll.explanation not in words(asked)


async def test_an_answer_is_a_word_on_the_screen_and_tells_nothing(group: Players) -> None:
    asked = await group.commands("/quiz")
    assert asked.poll is not None
    noted = await group.answers(asked, right=False, person=BOB)
    assert noted is not None and not noted.blocks
    wrong = asked.poll.options[(asked.poll.right + 1) % 4]
    assert noted.toast == f"Noted: {wrong}"
    second = await group.answers(asked, right=True, person=BOB)
    assert second is not None
    assert second.toast == f"Your first answer counts: {wrong}"


async def test_after_its_time_the_next_question_comes_with_the_answer_above(
    group: Players,
) -> None:
    first = await group.commands("/quiz")
    await group.answers(first, right=True, person=BOB)
    await group.answers(first, right=False, person=CAT)
    assert await group.is_silent()
    second = await group.next_turn()
    assert "Question 2 of 5" in words(second)
    assert first.poll is not None and first.poll.explanation in words(second)
    assert "Right: Bob." in words(second)
    assert "Cat" not in words(second)
    assert await group.is_silent()


async def test_the_five_questions_are_all_different(group: Players) -> None:
    asked = await group.commands("/quiz")
    polls = [asked.poll]
    for _ in range(4):
        asked = await group.next_turn()
        polls.append(asked.poll)
    assert None not in polls
    assert len({(p.question[3:], p.options) for p in polls if p}) == 5
    assert (await group.next_turn()).poll is None


async def test_in_the_end_there_is_a_table_and_ties_share_their_rank(group: Players) -> None:
    asked = await group.commands("/quiz")
    all_know = {ANN: False, BOB: True, CAT: True}
    told = await play(group, asked, all_know, {BOB: False, CAT: True}, {BOB: True}, {}, {})
    said = words(told)
    assert "1. Bob: 2 of 5" in said
    assert "1. Cat: 2 of 5" in said
    assert "Thank you for playing along: Ann." in said
    assert "Ann: 0" not in said
    assert asked.poll is not None and f"1. {asked.poll.explanation}" in said
    assert await group.is_silent()


async def test_a_quiz_that_nobody_answers_says_so_kindly(group: Players) -> None:
    told = await play(group, await group.commands("/quiz"), {}, {}, {}, {}, {})
    assert "Nobody answered this time" in words(told)


async def test_a_late_answer_is_told_so_and_one_made_in_time_counts(group: Players) -> None:
    asked = await group.commands("/quiz")
    in_time = datetime.now(UTC) - timedelta(seconds=5)
    await group.next_turn()
    late = await group.answers(asked, right=True, person=BOB)
    assert late is not None
    assert "over" in late.toast
    kept = await group.answers(asked, right=True, person=CAT, at=in_time)
    assert kept is not None
    assert "Noted" in kept.toast


async def test_a_restart_anywhere_loses_no_answer_and_repeats_no_question(
    group: Players,
) -> None:
    asked = await group.commands("/quiz")
    await group.answers(asked, right=True, person=BOB)
    await group.restarts()
    await group.time_passes()
    untold = await group.notice(told=False)
    await group.restarts()
    notice = await group.notice(told=False)
    assert (notice.id, notice.reply) == (untold.id, untold.reply)
    await group.assistant.told(notice, "5")
    await group.restarts()
    assert await group.is_silent()
    told = await play(group, notice.reply, {BOB: True}, {}, {}, {})
    await group.restarts()
    assert "1. Bob: 2 of 5" in words(told)
    assert await group.is_silent()


async def test_a_first_question_that_never_arrived_is_asked_again(group: Players) -> None:
    asked = await group.commands("/quiz")
    quiz = await group.quiz()
    async with group.parts.store.writing() as session:
        await session.execute(update(QuestionRow).values(ends=None, message=""))
    await group.restarts()
    again = await group.commands("/quiz")
    assert again.poll == asked.poll
    assert (await group.quiz()).id == quiz.id


async def test_a_second_quiz_waits_until_the_first_is_over(group: Players) -> None:
    await group.commands("/quiz")
    assert "going on" in words(await group.commands("/quiz impressionism", BOB))


async def test_who_started_a_quiz_stops_it_or_who_runs_the_chat(group: Players) -> None:
    asked = await group.commands("/quiz")
    await group.answers(asked, right=True, person=BOB)
    assert "Whoever started the quiz" in words(await group.commands("/quiz stop", CAT))
    told = words(await group.commands("/quiz stop"))
    assert "1. Bob: 1 of 1" in told
    assert await group.is_silent()
    assert "no quiz" in words(await group.commands("/quiz stop"))
    await group.commands("/quiz")
    admin = Person("dora", "Dora", runs_chat=True)
    assert "That was the quiz" in words(await group.commands("/quiz beenden", admin))


async def test_in_private_the_next_question_comes_at_once(parts: Parts) -> None:
    alone = Players(parts, ALONE)
    asked: Reply | None = await alone.commands("/quiz")
    for number in range(5):
        assert asked is not None and asked.poll is not None
        assert f"Question {number + 1} of 5" in words(asked)
        before = asked.poll
        asked = await alone.answers(asked, right=number != 2)
        assert before.explanation in words(asked)
    assert "You had 4 of 5 right." in words(asked)
    assert await alone.is_silent()


async def test_in_private_a_second_tap_brings_no_second_question(parts: Parts) -> None:
    alone = Players(parts, ALONE)
    asked = await alone.commands("/quiz")
    assert (await alone.answers(asked, right=True)) is not None
    again = await alone.answers(asked, right=True)
    assert again is not None
    assert not again.blocks
    assert "Noted" in again.toast


async def test_in_private_a_lost_answer_is_said_when_the_tap_comes_again(parts: Parts) -> None:
    alone = Players(parts, ALONE)
    asked = await alone.commands("/quiz")
    assert asked.poll is not None
    quiz = await alone.quiz()
    await parts.quizzes.answer(quiz.id, 0, "ann", "Ann", asked.poll.right, datetime.now(UTC))
    await parts.quizzes.onward(quiz.id, 0, datetime.now(UTC) + timedelta(minutes=1))
    again = await alone.answers(asked, right=True)
    assert "Question 2 of 5" in words(again)


async def test_in_private_a_new_quiz_takes_the_place_of_the_old(parts: Parts) -> None:
    alone = Players(parts, ALONE)
    old = await alone.commands("/quiz")
    new = await alone.commands("/quiz impressionism")
    assert "Impressionism" in words(new)
    late = await alone.answers(old, right=True)
    assert late is not None
    assert not late.blocks


async def test_buttons_of_another_chats_quiz_do_nothing(group: Players) -> None:
    asked = await group.commands("/quiz")
    other = await Players(group.parts, ALONE).answers(asked, right=True)
    assert "button" in words(other)
    assert not await group.parts.quizzes.answers((await group.quiz()).id)


@pytest.mark.parametrize("subject", ["1.0", "1.0.x", "9" * 30 + ".0.0", "1.99.0", "1.0.99"])
async def test_a_button_that_is_none_of_ours_gets_the_usual_sentence(
    group: Players, subject: str
) -> None:
    await group.commands("/quiz")
    tap = Tap(id=fresh(), chat=group.chat, person=BOB, data=f"answer:{subject}")
    reply = await group.assistant.handle(tap)
    assert reply is not None
    assert reply == await group.assistant.handle(replace(tap, data="nothing:1"))
