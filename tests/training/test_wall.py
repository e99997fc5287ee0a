"""A painting hangs in the middle of its frame and wall, and is not painted over."""

import numpy as np
import pytest

from training import wall
from training.wall import hang

CANVAS = np.random.default_rng(0).integers(0, 256, (120, 90, 3), np.uint8)


def test_the_canvas_lies_whole_in_the_middle() -> None:
    """But for the shadow of the frame's top, on an eighth of it at most."""
    for seed in range(40):
        before = CANVAS.copy()
        scene = hang(CANVAS, np.random.default_rng(seed), 30)
        assert np.array_equal(CANVAS, before)
        assert scene.border == 30
        assert scene.pixels.shape == (180, 150, 3)
        seen = scene.pixels[30:150, 30:120]
        assert np.array_equal(seen[15:], CANVAS[15:])
        assert (seen[:15] <= CANVAS[:15]).all()


def test_the_same_seed_hangs_it_the_same_way() -> None:
    one, same, other = (hang(CANVAS, np.random.default_rng(s), 30).pixels for s in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("border", [1, 4, 200])
def test_any_border_will_do(border: int) -> None:
    """A view that shows less than the frame shows frame alone."""
    for seed in range(20):
        assert hang(CANVAS, np.random.default_rng(seed), border).border == border


def only(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(wall, "FRAMES", {name: float(name == kind) for name in wall.FRAMES})
    monkeypatch.setattr(wall, "LABELLED", 0.0)


def test_a_bare_canvas_has_the_wall_right_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "none")
    monkeypatch.setattr(wall, "WALLS", ((120, 40, 38),))
    pixels = hang(CANVAS, np.random.default_rng(0), 40).pixels
    for beside in (pixels[90, 38], pixels[20, 60], pixels[100, 3]):
        assert beside[0] > 1.8 * beside[1:].max()


@pytest.mark.parametrize("kind", ["gilded", "wooden"])
def test_a_moulding_is_lit_from_above(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Its top member faces the floor and is darker than its bottom one, in its own tone."""
    only(monkeypatch, kind)
    for seed in range(10):
        pixels = hang(CANVAS, np.random.default_rng(seed), 30).pixels.astype(int)
        assert pixels[27:30, 40:110].mean() < pixels[150:153, 40:110].mean()
        red, _, blue = pixels[150:153, 40:110].reshape(-1, 3).mean(axis=0)
        assert red > blue


def test_a_mat_is_light_and_flat_around_a_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "mounted")
    pixels = hang(CANVAS, np.random.default_rng(0), 40).pixels.astype(int)
    mat = [pixels[38, 60], pixels[161, 60], pixels[90, 38], pixels[90, 131]]
    assert np.min(mat) > 190
    assert np.ptp(mat, axis=0).max() <= 1


def test_a_label_hangs_on_the_wall_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "none")
    monkeypatch.setattr(wall, "WALLS", ((64, 62, 62),))
    monkeypatch.setattr(wall, "LABELLED", 1.0)
    far = hang(CANVAS, np.random.default_rng(0), 60)
    assert (far.pixels[:, :58].max() > 200) != (far.pixels[:, -58:].max() > 200)
    near = hang(CANVAS, np.random.default_rng(0), 4)
    assert near.pixels[:, :3].max() < 120
