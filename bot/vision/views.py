"""Several photos that are one question: what they show together."""

from collections.abc import Sequence
from dataclasses import replace

from bot.vision.recognizer import GUESSES, Painting, Recognition, Verdict

SUREST_FIRST = tuple(Verdict)


def best_view(views: Sequence[Recognition]) -> int:
    """Return the number of the photo that says most, and says it surest; the first of equals."""

    def rank(number: int) -> tuple[int, float]:
        view = views[number]
        first = view.movements if view.verdict is Verdict.MOVEMENT else view.artists
        return SUREST_FIRST.index(view.verdict), -max(guess.confidence for guess in first)

    return min(range(len(views)), key=rank)


def together(views: Sequence[Recognition]) -> Recognition:
    """Return what photos show together: every verified work once, and the best view's guesses.

    Works come in the order of the photos, and in each from left to right.
    """
    best = views[best_view(views)]
    verified: dict[tuple[str, str], Painting] = {}
    for view in views:
        for work in view.paintings:
            if work.verified:
                verified.setdefault((work.collection, work.id), work)
    likely = [work for work in best.paintings if not work.verified]
    return replace(
        best,
        paintings=tuple([*verified.values(), *likely][:GUESSES]),
        milliseconds=round(sum(view.milliseconds for view in views), 1),
    )
