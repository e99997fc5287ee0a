"""Several photos are one question: the surest view speaks, and every verified work is named."""

from dataclasses import replace

from bot.vision.recognizer import Guess, Painting, Recognition, Verdict
from bot.vision.views import best_view, together


def seen(verdict: Verdict, confidence: float = 0.5, *works: Painting) -> Recognition:
    guess = (Guess("a-painter", "A Painter", confidence),)
    return Recognition(verdict, guess, guess, 10.0, "m", paintings=works)


def work(id_: str, *, verified: bool = True) -> Painting:
    return Painting(id_, "museum", "", id_, verified=verified, confidence=0.9)


def test_the_surest_verdict_wins_and_among_equals_the_surest_guess() -> None:
    unsure, nothing = seen(Verdict.UNSURE, 0.2), seen(Verdict.NOT_A_PAINTING, 0.9)
    artist, surer = seen(Verdict.ARTIST, 0.7), seen(Verdict.ARTIST, 0.8)
    assert best_view([nothing, unsure, artist, surer]) == 3
    assert best_view([nothing, unsure]) == 1
    assert best_view([artist, artist]) == 0
    assert together([nothing, surer]).verdict is Verdict.ARTIST


def test_every_verified_work_is_named_once_in_the_order_of_the_photos() -> None:
    one = seen(Verdict.PAINTING, 0.5, work("b"), work("a"))
    two = seen(Verdict.PAINTING, 0.5, work("a"), work("c"), work("maybe", verified=False))
    both = together([one, two])
    assert [painting.id for painting in both.paintings] == ["b", "a", "c"]
    assert both.milliseconds == 20.0


def test_what_the_best_view_may_show_is_asked_about() -> None:
    maybe = work("maybe", verified=False)
    told = together([seen(Verdict.UNSURE, 0.3, maybe), seen(Verdict.NOT_A_PAINTING)])
    assert told.paintings == (maybe,)


def test_one_photo_is_itself() -> None:
    one = seen(Verdict.ARTIST, 0.9, work("maybe", verified=False))
    assert together([one]) == replace(one)
