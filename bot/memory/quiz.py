"""A quiz as it is kept: its questions, how far it is, and what was answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.memory.tour import Route


@dataclass(frozen=True)
class Question:
    """One question, in words. It is the same to everybody, whatever their language."""

    kind: str
    subject: str
    """What it is about, so that nothing is asked twice."""
    text: str
    marks: tuple[str, ...]
    """What is to be looked for, a sentence each; mostly none."""
    options: tuple[str, ...]
    right: int
    why: str
    """What is right, in a sentence."""
    picture: str = ""
    """Where the picture is that it is asked about, as `…quizzes.works.Work.picture` says."""
    without: str = ""
    """The text where that picture is gone."""


@dataclass(frozen=True)
class Asked:
    """A question of a quiz, and how far it is."""

    question: Question
    message: str
    """The platform's number of the message that asks."""
    ends: datetime | None
    """Until when an answer counts; ``None`` as long as the question was not shown."""


@dataclass(frozen=True)
class NewQuiz:
    """A quiz to start. ``tour``: the tour whose table it counts into."""

    route: Route
    is_group: bool
    language: str
    about: str
    starter: str
    tour: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quiz(NewQuiz):
    """A quiz as it is kept."""

    id: int
    number: int
    """The question that is asked now, from 0; how many there are when all have been."""
    ended: datetime | None
    told: datetime | None
    questions: tuple[Asked, ...]

    @property
    def asked(self) -> Asked | None:
        """The question that is asked now; ``None`` at the end."""
        over = self.ended is not None or self.number >= len(self.questions)
        return None if over else self.questions[self.number]


@dataclass(frozen=True)
class Answer:
    """What a person answered."""

    number: int
    person: str
    name: str
    option: int


@dataclass(frozen=True)
class Score:
    """How many answers a person gave, and how many of them were right."""

    right: int
    answered: int


def is_right(quiz: Quiz, answer: Answer) -> bool:
    """Say whether an answer to a quiz is right."""
    return quiz.questions[answer.number].question.right == answer.option
