"""Known works are found in photos: alone, in a row, slanted, turned; other works are not."""

import numpy as np
import pytest
from PIL import Image

from bot.vision.details import Match
from bot.vision.finder import Finder, confidence, is_sure
from bot.vision.framing import WHOLE
from bot.vision.works import Works
from tests.bot.vision.works import DESCRIBER, embed, hung, scene, works

KNOWN = works(*range(30))
FINDER = Finder(embed, DESCRIBER, KNOWN)
LEFT = np.array([[60, 200], [380, 220], [380, 450], [60, 470]], np.float32)
RIGHT = np.array([[520, 180], [900, 160], [905, 480], [515, 455]], np.float32)


def sure(photo: Image.Image, finder: Finder = FINDER) -> list[str]:
    return [found.work.id for found in finder.find(photo) if found.verified]


def test_a_work_that_fills_the_photo_is_found() -> None:
    assert sure(scene(7)) == ["scene-7"]


def test_a_slanted_work_on_a_wall_is_found_where_it_hangs() -> None:
    (found,) = FINDER.find(hung((3, RIGHT)))
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
    assert Finder(embed, DESCRIBER, Works([])).find(scene(7)) == ()


def test_only_many_details_over_the_work_make_a_fact() -> None:
    assert is_sure(Match(30, 0.5, WHOLE))
    assert not is_sure(Match(7, 0.5, WHOLE))
    assert not is_sure(Match(30, 0.01, WHOLE))
    assert confidence(Match(30, 0.5, WHOLE)) > confidence(Match(9, 0.5, WHOLE)) > 0.5
