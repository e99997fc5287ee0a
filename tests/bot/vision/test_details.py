"""Two views of one work match, in every turn and light; other works do not."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from bot.vision.details import Describer, Details, match, root_sift
from bot.vision.model import ModelError
from tests.bot.vision.works import DESCRIBER, scene

SIZE = (480, 360)


def slanted(picture: Image.Image) -> Image.Image:
    """Return the picture seen from the left, in poor light."""
    width, height = picture.size
    target = np.array([[30, 20], [width - 60, 60], [width - 50, height - 50], [20, height - 10]])
    start = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    matrix = cv2.getPerspectiveTransform(start.astype(np.float32), target.astype(np.float32))
    seen = cv2.warpPerspective(np.asarray(picture), matrix, picture.size, borderValue=(90, 90, 90))
    return Image.fromarray((seen * 0.7 + 10).astype(np.uint8))


WORK = DESCRIBER.describe(scene(1), 230)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_slanted_and_turned_view_shows_the_work(turn: int) -> None:
    view = slanted(scene(1)).rotate(turn, expand=True)
    found = match(DESCRIBER.describe(view, 500), WORK, 4 / 3)
    assert found is not None
    assert found.agreeing >= 20
    assert found.coverage > 0.4


def test_the_work_s_corners_are_where_it_hangs() -> None:
    found = match(DESCRIBER.describe(slanted(scene(1)), 500), WORK, 4 / 3)
    assert found is not None
    expected = np.array([[30, 20], [420, 60], [430, 310], [20, 350]]) / np.array(SIZE)
    assert found.corners == pytest.approx(expected, abs=0.03)


def test_another_work_hardly_matches() -> None:
    found = [match(DESCRIBER.describe(scene(seed), 500), WORK, 4 / 3) for seed in range(2, 12)]
    assert max(one.agreeing if one else 0 for one in found) < 8


def test_a_mirrored_work_is_another() -> None:
    mirrored = scene(1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    found = match(DESCRIBER.describe(mirrored, 500), WORK, 4 / 3)
    assert found is None or found.agreeing < 8


def test_two_works_in_the_same_frame_are_two() -> None:
    """All that is alike lies at the border, where frames are."""
    framed = [scene(3), scene(3)]
    for seed, frame in enumerate(framed):
        frame.paste(scene(seed).resize((456, 342)), (12, 9))
    one, other = framed
    found = match(DESCRIBER.describe(one, 500), DESCRIBER.describe(other, 230), 4 / 3)
    assert found is None or found.agreeing < 8


def test_a_picture_without_details_matches_nothing() -> None:
    plain = DESCRIBER.describe(Image.new("RGB", SIZE, (90, 90, 90)), 500)
    assert len(plain.points) == len(plain.descriptors) == 0
    assert match(plain, WORK) is None
    assert match(WORK, plain) is None


def test_details_are_spread_and_fit_in_15_kilobytes() -> None:
    assert len(WORK.points) == 230
    cells = {tuple(cell) for cell in (WORK.points[:60] * 4).astype(int).tolist()}
    assert len(cells) == 16
    assert WORK.descriptors.nbytes <= 15_000
    assert WORK.descriptors.dtype == np.int8
    assert (WORK.points >= 0).all()
    assert (WORK.points <= 1).all()


def test_roots_have_unit_length() -> None:
    _, roots = root_sift(scene(4), 50)
    assert np.linalg.norm(roots, axis=1) == pytest.approx(np.ones(50), abs=1e-4)


def test_a_describer_is_read_as_it_was_written(tmp_path: Path) -> None:
    DESCRIBER.write(tmp_path / "details.npz")
    again = Describer.read(tmp_path / "details.npz").describe(scene(1), 230)
    assert isinstance(again, Details)
    assert np.array_equal(again.descriptors, WORK.descriptors)


def test_a_describer_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    DESCRIBER.write(tmp_path / "details.npz")
    whole = (tmp_path / "details.npz").read_bytes()
    (tmp_path / "half.npz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "details.npz").write_bytes(b"nothing")
    for name in ("details.npz", "half.npz", "none.npz"):
        with pytest.raises(ModelError, match=name):
            Describer.read(tmp_path / name)
