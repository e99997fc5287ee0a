"""A question of a quiz, as a platform's own poll or with buttons."""

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation.quizzes.telling import NAMED, QUIZ, right_answer
from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Note,
    Paragraph,
    Picture,
    Poll,
    Reply,
    Title,
)
from bot.conversation.shelf import SIDE, small_copy
from bot.conversation.speech import Parts, Say, pack
from bot.memory.quiz import Answer, Asked, Question, Quiz, is_right
from bot.vision.photo import read_photo

SECONDS = 30
"""How long a question may be answered, from the moment it is there."""
ON_THE_WAY = 2
"""Seconds that an answer may take from a platform to Docent."""
TIME = timedelta(seconds=SECONDS + ON_THE_WAY)
TAP = "answer"
"""The verb of an option's button."""


async def ask(parts: Parts, quiz: Quiz, asked: Asked) -> Reply:
    """Return the question that is a quiz's turn.

    Where there are no polls, the answer to the question before stands above it: a poll shows it by
    itself.
    """
    say = parts.speaking(quiz.language)
    question, number = asked.question, quiz.number
    picture = await _picture(parts, question)
    text = question.without if question.picture and not picture else question.text
    blocks: list[Block] = [*await _before(parts, say, quiz)]
    place = say("quiz_question", number=number + 1, total=len(quiz.questions))
    blocks += [Title(place), Paragraph(text)]
    if question.marks:
        blocks.append(Bullets(question.marks))
    blocks.append(Note(say("quiz_how", seconds=SECONDS)))
    data = tuple(pack(TAP, f"{quiz.id}.{number}.{n}") for n in range(len(question.options)))
    return Reply(
        tuple(blocks),
        tuple((Choice(*each),) for each in zip(question.options, data, strict=True)),
        pictures=(Picture(picture, say("quiz_picture", number=number + 1), "image/jpeg"),)
        if picture
        else (),
        poll=_poll(quiz, question, text, data),
        key=f"{QUIZ}:{quiz.id}:{number}",
    )


def _poll(quiz: Quiz, question: Question, text: str, data: tuple[str, ...]) -> Poll:
    marks = (f"• {mark}" for mark in question.marks)
    asked = "\n".join((f"{quiz.number + 1}/{len(quiz.questions)} {text}", *marks))
    return Poll(asked, question.options, question.right, question.why, SECONDS, data)


async def _before(parts: Parts, say: Say, quiz: Quiz) -> list[Block]:
    """Return what a quiz is about, or the answer to its question before."""
    if quiz.number == 0:
        begins = say("quiz_begins_about", about=quiz.about) if quiz.about else say("quiz_begins")
        return [Paragraph(begins)]
    question = quiz.questions[quiz.number - 1].question
    given = [a for a in await parts.quizzes.answers(quiz.id) if a.number == quiz.number - 1]
    told = say("quiz_was", number=quiz.number, answer=right_answer(question))
    return [Paragraph(f"{told}\n{_who(say, quiz, given)}" if quiz.is_group else told)]


def _who(say: Say, quiz: Quiz, given: Sequence[Answer]) -> str:
    """Name those who were right; nobody else is named."""
    if not given:
        return say("quiz_nobody_answered")
    right = [answer.name for answer in given if is_right(quiz, answer)]
    if not right:
        return say("game_nobody_right")
    names = ", ".join(right[:NAMED])
    if len(right) > NAMED:
        names = say("and_more", names=names, count=len(right) - NAMED)
    return say("game_right", names=names)


async def _picture(parts: Parts, question: Question) -> bytes | None:
    """Return the picture that a question is about, small; ``None`` where it is gone."""
    source, _, number = question.picture.partition(":")
    if source == "stop":
        return await parts.tours.picture(int(number))
    kept = await parts.collections.picture(int(number)) if source == "work" else None
    if kept is None:
        return None
    return await parts.recognizer.run(lambda: small_copy(read_photo(kept, SIDE)))
