"""The kinds of questions: a painter from a picture, a movement from its marks, a year."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

from bot.conversation.quizzes.movements import OTHERS, styles_of
from bot.conversation.quizzes.painters import painter_options
from bot.conversation.quizzes.works import Work
from bot.conversation.quizzes.years import year_options
from bot.conversation.speech import Say
from bot.conversation.years import dated
from bot.memory.quiz import Question
from knowledge.library import Library
from knowledge.spelling import normal

T = TypeVar("T")
Pool = dict[str, Iterator[Question]]
"""Questions that could be asked, by their kind."""

MARKS = 2
"""Marks by which a movement is to be known."""
QUESTION_UNITS, OPTION_UNITS, WHY_UNITS = 290, 100, 200
"""What a platform's own polls take (Telegram), with room for the question's number."""
NUMBERS = re.compile(r"\d{3}")
"""A title with such a number may tell its year."""

_titles: WeakKeyDictionary[Library, Counter[str]] = WeakKeyDictionary()


class Maker:
    """Makes questions of every kind, one after the other, as long as there are any."""

    def __init__(self, library: Library, say: Say, rng: random.Random) -> None:
        """Ask about what ``library`` tells, in the words of ``say``, as ``rng`` chooses."""
        self._library = library
        self._say = say
        self._rng = rng
        self._styles = styles_of(library)
        self._titles = _titles_of(library)

    def pool(self, kinds: Sequence[str], works: Sequence[Work], movements: Sequence[str]) -> Pool:
        """Return the questions of each kind, of which none may be asked besides another yet."""
        works, movements = self._shuffled(works), self._shuffled(movements)
        makers: dict[str, Callable[[], Iterator[Question | None]]] = {
            "painter": lambda: (self._painter(work, works) for work in works),
            "year": lambda: (self._year(work) for work in works),
            "movement": lambda: (self._movement(id_) for id_ in movements),
            "mark": lambda: (self._mark(id_, mark) for id_, mark in self._marks_of(movements)),
        }
        return {kind: _fit(makers[kind]()) for kind in dict.fromkeys(kinds)}

    def _painter(self, work: Work, museum: Sequence[Work]) -> Question | None:
        if not work.picture or not work.artist:
            return None
        options = painter_options(self._library, work, museum, self._rng)
        why = self._say("quiz_why_painter", title=work.title, artist=work.artist)
        without = self._say("quiz_painter_of", title=work.title)
        text = self._say("quiz_painter")
        return self._mixed("painter", work.key, text, (), options, why, work.picture, without)

    def _year(self, work: Work) -> Question | None:
        unclear = not work.picture and self._titles[normal(work.title)] > 1
        if not work.title or not work.artist or unclear or NUMBERS.search(work.title):
            return None
        years = year_options(work.year, self._library.artists.get(work.artist_id), self._rng)
        if years is None:
            return None
        told = {"title": work.title, "artist": work.artist}
        return Question(
            "year",
            work.key,
            self._say("quiz_year", **told),
            (),
            years.options,
            years.right,
            self._say("quiz_why_year", **told, year=dated(self._say, work.year)),
            work.picture,
            self._say("quiz_year", **told),
        )

    def _movement(self, id_: str) -> Question | None:
        marks = self._styles.marks(id_)
        if len(marks) < MARKS:
            return None
        chosen = self._rng.sample(marks, MARKS)
        others = self._styles.others(id_, chosen, self._rng)
        names = [self._library.movements[each].name for each in (id_, *others)]
        text = self._say("quiz_movement")
        return self._mixed("movement", f"movement:{id_}", text, chosen, names, self._so(id_))

    def _marks_of(self, movements: Sequence[str]) -> list[tuple[str, str]]:
        return self._shuffled(
            [(id_, mark) for id_ in movements for mark in self._styles.marks(id_)]
        )

    def _mark(self, id_: str, mark: str) -> Question | None:
        others = self._styles.others(id_, [mark], self._rng)
        strange = [self._rng.choice(self._styles.marks(other) or [""]) for other in others]
        text = self._say("quiz_mark", movement=self._library.movements[id_].name)
        key = f"mark:{id_}:{mark}"
        return self._mixed("mark", key, text, (), [mark, *strange], self._so(id_))

    def _so(self, id_: str) -> str:
        """Return when a movement was, and who painted so."""
        movement = self._library.movements[id_]
        painters = [self._library.artists[p].name for p in self._styles.painters(id_)[:2]]
        told = {"movement": movement.name, "years": movement.years}
        if not painters:
            return self._say("quiz_why_movement", **told)
        return self._say("quiz_why_movement_of", **told, painters=", ".join(painters))

    def _mixed(
        self,
        kind: str,
        subject: str,
        text: str,
        marks: Sequence[str],
        options: Sequence[str] | None,
        why: str,
        picture: str = "",
        without: str = "",
    ) -> Question | None:
        """Return a question with its options, of which the first is right, in any order."""
        if options is None or len(options) <= OTHERS:
            return None
        order = self._rng.sample(options, len(options))
        right = order.index(options[0])
        return Question(
            kind, subject, text, tuple(marks), tuple(order), right, why, picture, without
        )

    def _shuffled(self, things: Sequence[T]) -> list[T]:
        return self._rng.sample(things, len(things))


def _fit(questions: Iterable[Question | None]) -> Iterator[Question]:
    return (question for question in questions if question is not None and _fits(question))


def _fits(question: Question) -> bool:
    """Say whether a platform's own polls take a question as it is."""
    if not all(question.options):
        return False
    asked = "\n".join((max(question.text, question.without, key=len), *question.marks))
    return (
        _units(asked) <= QUESTION_UNITS
        and all(_units(option) <= OPTION_UNITS for option in question.options)
        and len(set(map(normal, question.options))) == len(question.options)
        and _units(question.why) <= WHY_UNITS
    )


def _units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _titles_of(library: Library) -> Counter[str]:
    """Return how many paintings of a library are called so; read once."""
    if library not in _titles:
        _titles[library] = Counter(normal(work.title) for work in library.paintings.values())
    return _titles[library]
