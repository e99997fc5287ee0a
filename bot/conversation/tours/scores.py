"""Who is ahead in a tour's game: always counted anew from the taps, so that nothing can drift."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from bot.conversation.recap.data import Standing
from bot.memory.quiz import Score
from bot.memory.rounds import Round
from bot.memory.tour import Decided

T = TypeVar("T", bound=Hashable)


NO_QUIZZES: Mapping[str, Score] = {}


def standings(
    members: Mapping[str, str],
    rounds: Sequence[Round],
    quizzes: Mapping[str, Score] = NO_QUIZZES,
) -> tuple[Standing, ...]:
    """Return who guessed how often right, the most first; who has as many has the same rank.

    ``members``: person → name; ``quizzes``: person → what quizzes on the tour brought, a point a
    right answer. Only rounds with an answer count; nobody is listed who never tapped. Ties are not
    broken; names decide only who is written first.
    """
    counted = [each for each in rounds if each.closed and each.answer is not None]
    played = {p for each in counted for p in each.taps} | set(quizzes)
    quizzed = {p: quizzes.get(p, Score(0, 0)) for p in played}
    points = {p: sum(p in e.right for e in counted) + quizzed[p].right for p in played}
    order = sorted(played, key=lambda p: (-points[p], members.get(p, "").casefold(), p))
    return tuple(
        Standing(
            rank=1 + sum(other > points[person] for other in points.values()),
            name=members.get(person, ""),
            points=points[person],
            answered=sum(person in each.taps for each in counted) + quizzed[person].answered,
            best_streak=max(streaks(person, counted), default=0),
        )
        for person in order
    )


def streaks(person: str, rounds: Sequence[Round]) -> list[int]:
    """Return how many right guesses a person had in a row after each guess.

    A round in which they did not tap breaks nothing.
    """
    lengths: list[int] = []
    for each in rounds:
        if person in each.taps and each.answer is not None:
            before = lengths[-1] if lengths else 0
            lengths.append(before + 1 if person in each.right else 0)
    return lengths


def winner(taps: Mapping[str, T], guide: str) -> tuple[T | None, Decided]:
    """Return what those who tapped decide for, and whether ``guide`` or ``majority`` did.

    ``(None, "")`` where as many say one thing as another; one person alone is no majority.
    """
    if guide in taps:
        return taps[guide], "guide"
    ranked = Counter(taps.values()).most_common(2)
    votes = [count for _, count in ranked]
    if not votes or votes[0] < 2 or votes[0] in votes[1:]:
        return None, ""
    return ranked[0][0], "majority"
