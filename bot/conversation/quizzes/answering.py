"""An answer to a quiz: a tapped button, or a vote in a platform's own poll."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.events import Tap
from bot.conversation.quizzes.clock import turn
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts, number_in
from bot.errors import UserError
from bot.memory.quiz import Quiz
from bot.memory.quizzes import UNSEEN
from bot.memory.store import SeenPhoto


async def answer_tap(parts: Parts, event: Tap, subject: str, _: SeenPhoto | None) -> Reply:
    """Keep what somebody answers; in private, what comes next is said at once.

    Whoever answers goes along on the tour.
    """
    quiz, number, option = await _tapped(parts, event, subject)
    tour = await parts.tours.tour(quiz.tour) if quiz.tour else None
    if tour is not None and tour.ended is None:
        await parts.tours.join(tour.id, event.person.id, event.person.name)
    kept = await parts.quizzes.answer(
        quiz.id, number, event.person.id, event.person.name, option, event.at
    )
    parts.bell.ring()
    toast = _toast(parts, event, quiz, number, option, kept)
    if event.chat.is_group:
        return Reply((), toast=toast)
    return await _next(parts, quiz.id, number, toast)


def _toast(parts: Parts, event: Tap, quiz: Quiz, number: int, option: int, kept: int | None) -> str:
    say, options = parts.say(event), quiz.questions[number].question.options
    if kept is None:
        return say("quiz_late")
    return say("quiz_noted" if kept == option else "quiz_first_counts", answer=options[kept])


async def _next(parts: Parts, id_: int, number: int, toast: str) -> Reply:
    """Go on after a private answer; nothing is said again that was shown already."""
    await parts.quizzes.onward(id_, number, datetime.now(UTC) + UNSEEN)
    quiz = await parts.quizzes.quiz(id_)
    if quiz is None or quiz.told or quiz.number != number + 1:
        return Reply((), toast=toast)
    if quiz.asked is not None and quiz.asked.ends is not None:
        return Reply((), toast=toast)
    following = await turn(parts, quiz)
    return replace(following, toast=toast)


async def _tapped(parts: Parts, event: Tap, subject: str) -> tuple[Quiz, int, int]:
    """Return quiz, question and option of a button of this chat. Raises `UserError`."""
    numbers = [number_in(part) for part in subject.split(".")]
    if len(numbers) != 3:
        raise UserError("old_button")
    id_, number, option = numbers
    quiz = await parts.quizzes.quiz(id_)
    if quiz is None or (quiz.route.platform, quiz.route.chat) != (
        event.chat.platform,
        event.chat.id,
    ):
        raise UserError("old_button")
    if number >= len(quiz.questions) or option >= len(quiz.questions[number].question.options):
        raise UserError("old_button")
    return quiz, number, option
