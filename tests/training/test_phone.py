"""The measuring renderer shows what visitors send: the painting, on a wall, from a slant."""

from dataclasses import fields, replace

import cv2
import numpy as np
import pytest

from tests.pictures import RED, painting
from training.camera import viewpoint
from training.phone import framed_on_wall, phone_view
from training.visitors import VISITORS, Ranges

SMOOTH = cv2.resize(
    np.random.default_rng(3).integers(0, 256, (6, 5, 3), np.uint8),
    (250, 300),
    interpolation=cv2.INTER_CUBIC,
)
"""A picture, 250 wide and 300 high, of large soft patches that no turn or mirror repeats."""

STILL = replace(
    Ranges(
        **{
            f.name: (0.0, 0.0)
            for f in fields(Ranges)
            if isinstance(getattr(VISITORS, f.name), tuple)
        }
    ),
    distance=(2.0, 2.0),
    fill=(1.0, 1.0),
    saturation=(1.0, 1.0),
    contrast=(1.0, 1.0),
    downscale=(1.0, 1.0),
    jpeg=(100, 100),
    cut_chance=1.0,
    glare_chance=0.0,
    blur_chance=0.0,
)
"""A perfect visitor with a perfect phone."""


def quads(ranges: Ranges, views: int = 60) -> np.ndarray:
    """Return the canvas's corners in many views of 224 px, shape (views, 4, 2)."""
    corners = np.array([[[0, 0], [250, 0], [250, 300], [0, 300]]], np.float64)
    rngs = (np.random.default_rng(seed) for seed in range(views))
    matrices = [viewpoint(SMOOTH, rng, 224, ranges) for rng in rngs]
    return np.array([cv2.perspectiveTransform(corners, matrix)[0] for matrix in matrices])


def inside(quad: np.ndarray) -> float:
    """Return the share of the view that the canvas takes."""
    view = np.array([[0, 0], [224, 0], [224, 224], [0, 224]], np.float32)
    return cv2.intersectConvexConvex(quad.astype(np.float32), view)[0] / 224**2


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.parametrize("shape", [(300, 250), (224, 224), (900, 200), (40, 60)])
def test_a_view_has_the_size_asked_for_whatever_the_canvas(shape: tuple[int, int]) -> None:
    picture = np.asarray(painting(RED, (shape[1], shape[0])))
    before = picture.copy()
    for seed in range(8):
        for render in (phone_view, framed_on_wall):
            view = render(picture, np.random.default_rng(seed), size=160)
            assert view.shape == (160, 160, 3)
            assert view.dtype == np.uint8
    assert np.array_equal(picture, before)


def test_a_view_depends_on_the_generator_alone() -> None:
    one, same, other = (phone_view(SMOOTH, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_perfect_visitor_sends_the_canvas_itself() -> None:
    """Nothing is mirrored, turned, shifted by a pixel or swapped in colour on the way."""
    expected = cv2.resize(SMOOTH, (224, 224), interpolation=cv2.INTER_AREA)
    view = phone_view(SMOOTH, np.random.default_rng(0), ranges=STILL)
    middle = np.s_[40:, 4:-4]  # below the shadow of the frame
    assert np.abs(view[middle].astype(int) - expected[middle]).mean() < 2.5


def test_no_view_is_mirrored_or_turned_over() -> None:
    straight = cv2.resize(SMOOTH, (224, 224), interpolation=cv2.INTER_AREA)
    for seed in range(40):
        view = phone_view(SMOOTH, np.random.default_rng(seed))
        others = [straight[:, ::-1], straight[::-1], straight[::-1, ::-1]]
        assert alike(view, straight) > max(0.3, *(alike(view, other) + 0.15 for other in others))


def test_the_canvas_fills_most_of_the_view_and_lies_whole_in_it() -> None:
    for quad in quads(replace(VISITORS, cut_chance=0.0)):
        assert quad.min() > -0.5
        assert quad.max() < 224.5
        assert 0.65 <= inside(quad) <= 1.0001


def test_a_view_that_cuts_loses_at_most_a_twelfth_of_the_canvas() -> None:
    found = quads(replace(VISITORS, cut_chance=1.0))
    areas = [cv2.contourArea(quad.astype(np.float32)) / 224**2 for quad in found]
    lost = [1 - inside(quad) / area for quad, area in zip(found, areas, strict=True)]
    assert max(lost) <= 0.09
    assert max(lost) > 0.03


def test_a_slant_narrows_the_side_that_is_further_away() -> None:
    def narrowed(slant: float) -> np.ndarray:
        """Return the shorter over the longer of opposite sides, the more unequal pair's."""
        found = quads(replace(STILL, slant=(slant, slant)))
        sides = np.linalg.norm(found - np.roll(found, -1, axis=1), axis=2)
        pairs = np.minimum(sides[:, :2], sides[:, 2:]) / np.maximum(sides[:, :2], sides[:, 2:])
        return pairs.min(axis=1)

    assert narrowed(0) == pytest.approx(1)
    assert 0.75 < narrowed(20).min() < narrowed(20).max() < 0.95


def test_on_a_wall_the_canvas_takes_the_share_asked_for() -> None:
    for share in (0.25, 0.6):
        further = replace(VISITORS, fill=(share, share), cut_chance=0.0)
        assert [inside(quad) for quad in quads(further)] == pytest.approx([share] * 60, rel=0.02)


def test_on_a_wall_most_of_a_small_share_is_wall() -> None:
    """The canvas is plain red, no wall is: from afar little of the view is red."""
    red = np.full((200, 200, 3), (230, 0, 0), np.uint8)

    def reddish(share: tuple[float, float]) -> float:
        views = [framed_on_wall(red, np.random.default_rng(s), share=share) for s in range(20)]
        return float(np.mean([(v[..., 0] > 2.5 * v[..., 1].astype(int)).mean() for v in views]))

    assert 0.15 < reddish((0.25, 0.25)) < 0.45
    assert reddish((0.9, 0.9)) > 0.65


def test_each_range_does_what_it_is_named_for() -> None:
    def mean(**strays: tuple[float, float]) -> np.ndarray:
        view = phone_view(SMOOTH, np.random.default_rng(0), ranges=replace(STILL, **strays))
        return view.reshape(-1, 3).mean(axis=0)

    still = mean()
    assert (mean(exposure=(-0.6, -0.6)) < still - 8).all()
    assert (mean(veil=(14, 14)) > still + 8).all()
    warm = mean(warmth=(0.14, 0.14))
    assert warm[0] > still[0] + 8
    assert warm[2] < still[2] - 8
    assert (mean(vignette=(0.15, 0.15)) < still - 2).all()


def test_blur_noise_and_packing_change_detail_and_not_the_whole() -> None:
    rough = np.asarray(painting(RED, (224, 224)))
    clear = phone_view(rough, np.random.default_rng(0), ranges=STILL)
    edges = cv2.Laplacian(clear, cv2.CV_32F).std()
    for strays in (
        {"blur_chance": 1.0, "defocus": (1.0, 1.0), "motion": (5.0, 5.0)},
        {"downscale": (0.65, 0.65)},
    ):
        view = phone_view(rough, np.random.default_rng(0), ranges=replace(STILL, **strays))
        assert cv2.Laplacian(view, cv2.CV_32F).std() < 0.9 * edges
        assert abs(view.mean() - clear.mean()) < 6
    noisy = phone_view(SMOOTH, np.random.default_rng(0), ranges=replace(STILL, noise=(3, 3)))
    calm = phone_view(SMOOTH, np.random.default_rng(0), ranges=STILL)
    assert 2 < (noisy.astype(float) - calm).std() < 6


def test_glare_only_adds_light() -> None:
    grey = np.full((224, 224, 3), 90, np.uint8)
    glaring = replace(STILL, glare_chance=1.0, glare=(150, 150), glare_size=(0.1, 0.1))
    view = phone_view(grey, np.random.default_rng(0), ranges=glaring)
    assert view[40:].max() > 200
    assert np.median(view) < 130
