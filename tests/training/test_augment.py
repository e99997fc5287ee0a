"""Phone-like views keep the painting recognisable and the recipe repeatable."""

import cv2
import numpy as np
import pytest

from tests.pictures import RED, painting
from training import augment
from training.augment import as_reproduced, as_seen_by_a_phone

PICTURE = np.asarray(painting(RED, (224, 224)))


def test_a_view_has_the_size_asked_for_and_stays_eight_bit() -> None:
    for seed in range(50):
        view = as_seen_by_a_phone(PICTURE, 96, np.random.default_rng(seed))
        assert view.shape == (96, 96, 3)
        assert view.dtype == np.uint8


def test_the_same_seed_gives_the_same_view_and_another_seed_another() -> None:
    one, same, other = (
        as_seen_by_a_phone(PICTURE, 96, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_red_stays_mostly_red() -> None:
    views = [as_seen_by_a_phone(PICTURE, 64, np.random.default_rng(s)) for s in range(100)]
    means = np.array([view.reshape(-1, 3).mean(axis=0) for view in views])
    assert (means[:, 0] > means[:, 1:].max(axis=1)).mean() > 0.95


def test_reproductions_are_coarser_sharper_or_the_same() -> None:
    """As many of each, and all of the picture's own size and mean colour."""
    rng = np.random.default_rng(3)
    grain = cv2.GaussianBlur(rng.integers(0, 255, (96, 96, 3), dtype=np.uint8), (0, 0), 1.5)

    def sharpness(picture: np.ndarray) -> float:
        return float(np.abs(np.diff(picture.astype(float), axis=1)).mean())

    views = [as_reproduced(grain, np.random.default_rng(seed)) for seed in range(90)]
    assert {view.shape for view in views} == {grain.shape}
    assert all(abs(view.mean() - grain.mean()) < 3 for view in views)
    ratios = np.array([sharpness(view) / sharpness(grain) for view in views])
    same = np.array([np.array_equal(view, grain) for view in views])
    assert 0.2 < same.mean() < 0.5
    assert (ratios > 1.05).mean() > 0.2
    assert (ratios < 0.98).mean() > 0.2


def test_a_frame_is_put_around_the_whole_canvas() -> None:
    for seed in range(20):
        framed = augment._framed(PICTURE, np.random.default_rng(seed))
        band = (framed.shape[0] - 224) // 2
        assert framed.shape == (224 + 2 * band, 224 + 2 * band, 3)
        assert 2 <= band <= 40
        assert np.array_equal(framed[band:-band, band:-band], PICTURE)
        assert len(np.unique(framed[:band, 0], axis=0)) <= 3


def test_about_every_fifth_view_shows_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    framed = []
    put = augment._framed
    monkeypatch.setattr(augment, "_framed", lambda *given: framed.append(1) or put(*given))
    for seed in range(300):
        as_seen_by_a_phone(PICTURE, 32, np.random.default_rng(seed))
    assert len(framed) / 300 == pytest.approx(augment.FRAMED, abs=0.07)
