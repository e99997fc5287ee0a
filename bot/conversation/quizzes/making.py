"""Five questions: from what there is to ask about, and chance."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.quizzes.kinds import Maker, Pool
from bot.conversation.quizzes.works import Work, of_library
from bot.conversation.speech import Say
from bot.memory.quiz import Question
from knowledge.library import Library

COUNT = 5


@dataclass(frozen=True)
class Subject:
    """What a quiz is about."""

    about: str
    """Its name; empty for anything."""
    kinds: tuple[str, ...]
    """What is asked, in this order, as far as it can be."""
    works: tuple[Work, ...]
    movements: tuple[str, ...]


def anything(library: Library) -> Subject:
    """Return all of a library: paintings that it tells of, and every movement."""
    told = [of_library(work) for work in library.paintings.values() if work.text]
    return Subject("", ("movement", "year"), tuple(told), tuple(library.movements))


def five_questions(library: Library, say: Say, subject: Subject, seed: int) -> list[Question]:
    """Return five questions about a subject; what it lacks is filled up from the whole library.

    None names its answer, and none is asked twice. It takes some 100 ms the first time.
    """
    maker = Maker(library, say, random.Random(seed))
    pools = [_pool(maker, each) for each in (subject, anything(library))]
    wanted = [subject.kinds[number % len(subject.kinds)] for number in range(COUNT)]
    questions: list[Question] = []
    for kind in wanted:
        found = next(filter(None, (_next(pool, kind, questions) for pool in pools)), None)
        if found is not None:
            questions.append(found)
    return questions


def has_own(library: Library, say: Say, subject: Subject) -> bool:
    """Say whether there is anything to ask about a subject itself."""
    pool = _pool(Maker(library, say, random.Random(0)), subject)
    return _next(pool, subject.kinds[0], []) is not None


def _pool(maker: Maker, subject: Subject) -> Pool:
    return maker.pool(subject.kinds, subject.works, subject.movements)


def _next(pool: Pool, kind: str, before: Sequence[Question]) -> Question | None:
    """Return the next question of a kind, else of another, that is like none before."""
    asked = {question.subject for question in before}
    answers = {(question.kind, question.options[question.right]) for question in before}
    for each in (kind, *(other for other in pool if other != kind)):
        for question in pool.get(each, ()):
            right = (question.kind, question.options[question.right])
            if question.subject not in asked and right not in answers:
                return question
    return None
