"""Phone-like views keep the painting recognisable and the recipe repeatable."""

import numpy as np

from tests.pictures import RED, painting
from training.augment import as_seen_by_a_phone

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
