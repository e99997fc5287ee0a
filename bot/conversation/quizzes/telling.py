"""The end of a quiz: what was right and why, and who knew how much."""

from collections import Counter
from collections.abc import Sequence

from bot.conversation.replies import Block, Bullets, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, Say
from bot.memory.quiz import Answer, Question, Quiz, is_right

QUIZ = "quiz"
"""What the key of a question begins with; its quiz and its number follow. The end has one, too."""
NAMED = 8
"""Persons who are named as right; the others are counted."""
TABLE = 20
"""Lines of a table at most."""


async def results(parts: Parts, quiz: Quiz) -> Reply:
    """Return what was right in a quiz, and its table; nobody is named who had nothing right."""
    say = parts.speaking(quiz.language)
    answers = await parts.quizzes.answers(quiz.id)
    reached = enumerate(quiz.questions)
    asked = [each.question for n, each in reached if n < quiz.number or each.ends is not None]
    blocks: list[Block] = [Title(say("quiz_over"))]
    if asked:
        lines = (f"{n}. {right_answer(question)}" for n, question in enumerate(asked, start=1))
        blocks.append(Bullets(tuple(lines)))
    blocks += _table(say, quiz, answers, len(asked))
    if quiz.tour is not None and answers:
        blocks.append(Note(say("quiz_counts")))
    return Reply(tuple(blocks), key=f"{QUIZ}:{quiz.id}:{len(quiz.questions)}")


def right_answer(question: Question) -> str:
    """Return in a sentence what is right."""
    if question.kind != "mark":
        return question.why
    return f"{question.options[question.right]} {question.why}"


def _table(say: Say, quiz: Quiz, answers: Sequence[Answer], total: int) -> list[Block]:
    if not answers:
        return [Paragraph(say("quiz_nobody"))]
    names = {answer.person: answer.name for answer in answers}
    right = Counter(answer.person for answer in answers if is_right(quiz, answer))
    if not quiz.is_group:
        return [Paragraph(say("quiz_yours", right=right.total(), total=total))]
    ranked = sorted(right, key=lambda person: (-right[person], names[person].casefold(), person))
    lines = [
        say(
            "quiz_rank",
            rank=1 + sum(other > right[person] for other in right.values()),
            name=names[person],
            right=right[person],
            total=total,
        )
        for person in ranked[:TABLE]
    ]
    blocks: list[Block] = [Bullets(tuple(lines))] if lines else []
    along = sorted((names[p] for p in names if not right[p]), key=str.casefold)
    if along:
        blocks.append(Paragraph(_along(say, along)))
    return blocks


def _along(say: Say, names: Sequence[str]) -> str:
    told = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        told = say("and_more", names=told, count=len(names) - NAMED)
    return say("quiz_along", names=told)
