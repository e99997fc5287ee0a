"""Canvases are found on walls, straight or slanted, and made flat in their true proportions."""

import numpy as np
import pytest
from PIL import Image

from bot.vision.framing import (
    FOCAL_LENGTH,
    MOST_CANVASES,
    WHOLE,
    Corners,
    find_canvases,
    flatten,
    hangs_on_a_wall,
    overlap,
    proportion,
)
from tests.bot.vision.works import GREY, scene, wall
from tests.pictures import BLUE, GREEN, RED, painting

SIZE = (960, 720)


def coloured(*hung: tuple[tuple[int, int, int], Corners]) -> Image.Image:
    """Return a photo of a wall with paintings of these colours at these corners, in pixels."""
    pictures = (painting(colour, (320, 240), seed=n) for n, (colour, _) in enumerate(hung))
    return wall(*zip(pictures, (corners for _, corners in hung), strict=True), size=SIZE)


def box(left: int, top: int, right: int, bottom: int) -> Corners:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def shared(found: Corners, corners: Corners) -> float:
    """Return the overlap of corners found, which are shares, and corners in pixels."""
    return overlap((found * np.array(SIZE)).astype(np.float32), corners)


SLANTED = np.array([[250, 150], [700, 80], [720, 600], [230, 520]], np.float32)
CUT = np.array([[-200, 100], [500, 100], [500, 650], [-200, 650]], np.float32)


@pytest.mark.parametrize("corners", [box(300, 180, 700, 520), SLANTED])
def test_a_canvas_on_a_wall_is_the_first_candidate(corners: Corners) -> None:
    assert shared(find_canvases(coloured((RED, corners)))[0], corners) > 0.85


def test_what_is_seen_of_a_canvas_that_the_photo_cuts_is_found() -> None:
    found = find_canvases(coloured((GREEN, CUT)))
    assert max(shared(corners, box(0, 100, 500, 650)) for corners in found) > 0.8


def test_every_canvas_of_a_row_is_found() -> None:
    row = [box(60, 200, 300, 480), box(380, 200, 600, 480), box(680, 200, 900, 480)]
    found = find_canvases(coloured(*zip((RED, GREEN, BLUE), row, strict=True)))
    assert len(found) <= MOST_CANVASES
    for corners in row:
        assert max(shared(candidate, corners) for candidate in found) > 0.8


def test_the_larger_canvas_comes_first() -> None:
    large, small = box(80, 100, 520, 620), box(700, 300, 820, 420)
    found = find_canvases(coloured((RED, small), (GREEN, large)))
    assert shared(found[0], large) > 0.8


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_photos_of_any_size_are_looked_at(size: tuple[int, int]) -> None:
    assert find_canvases(Image.new("RGB", size, GREY)) == ()


def test_a_painting_that_fills_the_photo_has_no_outline() -> None:
    assert all(overlap(c, WHOLE) < 0.98 for c in find_canvases(painting(RED, SIZE)))


@pytest.mark.parametrize("angle", [0, 20, 40])
@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (1, 1)])
def test_proportions_are_true_however_slanted(shape: tuple[int, int], angle: int) -> None:
    width, height = shape
    plane = (WHOLE - 0.5) * np.array(shape)
    turn = np.deg2rad(angle)
    depth = 6 + plane[:, 0] * np.sin(turn)
    seen = np.column_stack([plane[:, 0] * np.cos(turn), plane[:, 1]]) / depth[:, None]
    corners = (seen * FOCAL_LENGTH * SIZE[0] + np.array(SIZE) / 2).astype(np.float32)
    found = proportion(corners, np.array(SIZE, np.float32))
    assert found == pytest.approx(width / height, rel=0.01)


def test_a_flattened_canvas_is_straight_and_nothing_else() -> None:
    photo = coloured((RED, SLANTED))
    flat = flatten(photo, SLANTED / np.array(SIZE, np.float32), 200)
    assert max(flat.size) == 200
    pixels = np.asarray(flat)[4:-4, 4:-4].astype(int)
    assert (np.abs(pixels - GREY).sum(axis=2) > 60).mean() > 0.99


def test_a_flattened_canvas_looks_like_the_painting() -> None:
    canvas = painting(BLUE, (320, 240), seed=0)
    flat = flatten(coloured((BLUE, SLANTED)), SLANTED / np.array(SIZE, np.float32), 320)
    again = np.asarray(flat.resize(canvas.size), float)
    assert np.corrcoef(again.ravel(), np.asarray(canvas, float).ravel())[0, 1] > 0.9


def test_a_canvas_hangs_on_a_wall_or_is_part_of_a_painting() -> None:
    on_wall = wall((scene(1), SLANTED), size=SIZE)
    assert hangs_on_a_wall(on_wall, (SLANTED / np.array(SIZE)).astype(np.float32))
    part = box(200, 150, 600, 500) / np.array(SIZE, np.float32)
    assert not hangs_on_a_wall(painting(size=SIZE), part)


def test_with_nothing_around_it_a_canvas_hangs_nowhere() -> None:
    assert not hangs_on_a_wall(wall(size=SIZE), WHOLE)
