"""``/quiz``: five questions on a museum, a movement or the tour."""

import asyncio
import secrets

from bot.collections.naming import named
from bot.conversation.events import Command, Event
from bot.conversation.museums import in_sight
from bot.conversation.quizzes.clock import turn
from bot.conversation.quizzes.making import Subject, five_questions, has_own
from bot.conversation.quizzes.subjects import (
    museum_of,
    of_movement,
    of_museum,
    of_tour,
    whatever_is_near,
)
from bot.conversation.replies import Bullets, Paragraph, Reply
from bot.conversation.routes import route_of
from bot.conversation.speech import Parts, place_of, shown, simply
from bot.errors import UserError
from bot.memory.quiz import NewQuiz, Quiz
from bot.memory.tour import Tour
from knowledge.names import Match
from knowledge.spelling import normal

WORDS = ("tour", "stop")
"""What may stand after ``/quiz`` in place of a name; ``quiz_word_`` and it is the key."""


async def quiz_command(parts: Parts, event: Command) -> Reply:
    """Start a quiz on what the words after ``/quiz`` name, or stop the one that goes on."""
    word = _word(parts, event.argument)
    if word == "stop":
        return await _stop(parts, event)
    quiz = await parts.quizzes.going_on(route_of(event))
    if quiz is not None and (said := await _goes_on(parts, event, quiz)):
        return said
    tour = await parts.tours.going_on(route_of(event))
    subject = await _subject(parts, event, tour, word)
    return subject if isinstance(subject, Reply) else await _start(parts, event, tour, subject)


async def _start(parts: Parts, event: Command, tour: Tour | None, subject: Subject) -> Reply:
    seed, say = secrets.randbits(32), parts.say(event)
    questions = await asyncio.to_thread(five_questions, parts.library, say, subject, seed)
    new = NewQuiz(
        route_of(event),
        event.chat.is_group,
        event.language,
        subject.about,
        event.person.id,
        tour.id if tour else None,
    )
    quiz = await parts.quizzes.start(new, questions)
    if quiz is None:
        raise UserError("quiz_goes_on")
    parts.bell.ring()
    return await turn(parts, quiz)


async def _goes_on(parts: Parts, event: Command, quiz: Quiz) -> Reply | None:
    """Return what is said where a quiz goes on; ``None`` where a new one may take its place.

    What never reached the chat is said once more: the command may have come twice.
    """
    asked = quiz.asked
    unseen = quiz.number == 0 and asked is not None and asked.ends is None
    if unseen and quiz.starter == event.person.id:
        return await turn(parts, quiz)
    if event.chat.is_group and asked is not None:
        raise UserError("quiz_goes_on")
    if not event.chat.is_group:
        await parts.quizzes.stop(quiz.id, told=True)
    return None


async def _stop(parts: Parts, event: Event) -> Reply:
    quiz = await parts.quizzes.going_on(route_of(event))
    if quiz is None:
        raise UserError("quiz_none")
    tour = await parts.tours.tour(quiz.tour) if quiz.tour else None
    leads = event.person.id in (quiz.starter, tour.guide if tour else "")
    if not leads and not event.person.runs_chat and event.chat.is_group:
        raise UserError("quiz_not_yours")
    await parts.quizzes.stop(quiz.id)
    return await turn(parts, await parts.quizzes.quiz(quiz.id) or quiz)


async def _subject(
    parts: Parts, event: Command, tour: Tour | None, word: str | None
) -> Subject | Reply:
    """Return what a quiz is to be about; a reply where it is not clear. Raises `UserError`."""
    name, here = event.argument, await museum_of(parts, event, tour)
    if word == "tour":
        tour = tour or await parts.tours.last(route_of(event))
        if tour is None:
            raise UserError("tour_none")
        return await _asked_about(parts, event, await of_tour(parts, tour), "quiz_tour_empty")
    if not name:
        return await whatever_is_near(parts, here)
    museums = named(await in_sight(parts, place_of(event)), name)
    if len(museums) == 1:
        subject = await of_museum(parts, museums[0])
        return await _asked_about(parts, event, subject, "quiz_museum_empty")
    if museums:
        return _which(parts, event, [museum.name for museum in museums])
    movement = parts.library.find_movement(name)
    if movement.sure:
        return await of_movement(parts, movement.ids[0], here)
    return await _painter(parts, event, movement)


async def _painter(parts: Parts, event: Command, movement: Match) -> Subject | Reply:
    """Take a painter's name for their movement's; ask back, or say that nothing is known so."""
    library = parts.library
    artist = library.find_artist(event.argument)
    if artist.sure and (first := library.artists[artist.ids[0]].movements[:1]):
        return await of_movement(parts, first[0], await museum_of(parts, event, None))
    if movement.ids:
        return _which(parts, event, [library.movements[id_].name for id_ in movement.ids])
    return simply(parts.say(event)("quiz_unknown", name=shown(event.argument)))


async def _asked_about(parts: Parts, event: Event, subject: Subject, empty: str) -> Subject:
    """Return a subject, if there is anything to ask about it. Raises `UserError`."""
    say = parts.say(event)
    if not await asyncio.to_thread(has_own, parts.library, say, subject):
        raise UserError(empty)
    return subject


def _which(parts: Parts, event: Event, names: list[str]) -> Reply:
    lines = Bullets(tuple(f"/quiz {name}" for name in names))
    return Reply((Paragraph(parts.say(event)("quiz_which")), lines))


def _word(parts: Parts, said: str) -> str | None:
    """Return which of the `WORDS` something is, in any language."""
    for word in WORDS:
        for language in parts.phrases.languages:
            names = parts.phrases.say(f"quiz_word_{word}", language).split(",")
            if normal(said) in {word, *map(normal, names)}:
                return word
    return None
