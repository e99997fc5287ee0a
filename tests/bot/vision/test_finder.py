"""Known works are found in photos: alone, in a row, slanted, turned; other works are not."""

import numpy as np
import pytest
from PIL import Image

from bot.vision.details import Describer, Details, Match
from bot.vision.finder import Finder, FoundWork, confidence, is_sure
from bot.vision.framing import WHOLE, find_canvases
from bot.vision.works import Holdings, Works
from tests.bot.vision.works import DESCRIBER, embed, hung, scene, works

KNOWN = works(*range(30))
FINDER = Finder(embed, DESCRIBER)
LEFT = np.array([[60, 200], [380, 220], [380, 450], [60, 470]], np.float32)
RIGHT = np.array([[520, 180], [900, 160], [905, 480], [515, 455]], np.float32)


def found_in(photo: Image.Image, *among: Works) -> tuple[FoundWork, ...]:
    holdings = [Holdings([works]) for works in among or (KNOWN,)]
    return FINDER.find(photo, find_canvases(photo), holdings)


def sure(photo: Image.Image, *among: Works) -> list[str]:
    return [found.work.id for found in found_in(photo, *among) if found.verified]


def test_a_work_that_fills_the_photo_is_found() -> None:
    assert sure(scene(7)) == ["scene-7"]


def test_a_slanted_work_on_a_wall_is_found_where_it_hangs() -> None:
    (found,) = found_in(hung((3, RIGHT)))
    assert found.work.id == "scene-3"
    assert found.verified
    assert found.confidence > 0.9
    assert found.corners == pytest.approx(RIGHT / np.array([960, 720]), abs=0.02)


def test_works_are_named_from_left_to_right() -> None:
    assert sure(hung((3, RIGHT), (21, LEFT))) == ["scene-21", "scene-3"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_photo_on_its_side_shows_the_work_too(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.vision.finder.POOL", 2)
    assert sure(hung((5, RIGHT)).rotate(turn, expand=True)) == ["scene-5"]


def test_works_that_are_not_known_are_not_claimed() -> None:
    claimed = [sure(hung((seed, RIGHT))) for seed in range(100, 112)]
    assert claimed == [[]] * 12


def test_without_works_nothing_is_found() -> None:
    assert found_in(scene(7), Works([])) == ()
    assert FINDER.find(scene(7), [], []) == ()


def test_the_first_holdings_that_have_it_are_believed() -> None:
    here, elsewhere = works(3, 4), works(3, 7)
    photo = hung((3, LEFT), (7, RIGHT))
    assert sure(photo, here, elsewhere) == ["scene-3"]
    assert sure(photo, elsewhere, here) == ["scene-3", "scene-7"]
    assert sure(hung((7, RIGHT)), here, elsewhere) == ["scene-7"]


def test_a_photo_is_described_once_however_many_holdings_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two, three = works(1), works(2), works(3)
    described: list[int] = []
    real = Describer.describe

    def counting(self: Describer, picture: Image.Image, most: int) -> Details:
        described.append(most)
        return real(self, picture, most)

    monkeypatch.setattr(Describer, "describe", counting)
    found_in(scene(100), one)
    once = len(described)
    found_in(scene(100), one, two, three)
    assert len(described) == 2 * once


def test_only_many_details_over_the_work_make_a_fact() -> None:
    assert is_sure(Match(30, 0.5, WHOLE))
    assert not is_sure(Match(7, 0.5, WHOLE))
    assert not is_sure(Match(30, 0.01, WHOLE))
    assert confidence(Match(30, 0.5, WHOLE)) > confidence(Match(9, 0.5, WHOLE)) > 0.5
