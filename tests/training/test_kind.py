"""The small head that tells paintings from anything else, on a network that sees colours alone."""

import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from training import kind
from training.dataset import Prepared, prepare
from training.kind import KindHead, fit_kind, fit_layers, measure_kind, settle_kind
from training.kind_views import Seen, on_wall, other_views, painting_views, seen
from training.recipe import Recipe


class Colours:
    """A network that sees means and spreads of the picture's tiles."""

    def predict(
        self, pictures: NDArray[np.uint8], batch_size: int = 32
    ) -> Mapping[str, NDArray[np.float32]]:
        tiles = pictures.reshape(-1, 7, 32, 7, 32, 3).astype(np.float32) / 255
        parts = [tiles.mean((2, 4)), tiles.std((2, 4)), np.abs(np.diff(tiles, axis=4)).mean((2, 4))]
        return {"depths": np.concatenate(parts, axis=-1).reshape(len(pictures), -1)}


@pytest.fixture
def prepared(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> Prepared:
    monkeypatch.setattr(kind, "MUSEUM_PHOTOS", {})
    monkeypatch.setattr(kind, "MEASURED", 40)
    return prepare(recipe)


def two_clouds(seed: int, apart: float = 4.0) -> Seen:
    """Paintings and other pictures that lie ``apart`` standard deviations from each other."""
    rng = np.random.default_rng(seed)
    painting = np.arange(400) % 2 == 0
    features = rng.normal(0, 1, (400, 8)).astype(np.float32)
    features[:, 0] += apart * painting
    groups = np.where(painting, "clean", np.where(np.arange(400) % 4 == 1, "photo", "wall"))
    return Seen(features * 30 + 100, groups, painting)


def test_both_heads_tell_two_clouds_apart_with_features_as_they_come() -> None:
    unseen = two_clouds(2)
    for linear in (True, False):
        head = settle_kind(*fit_layers(two_clouds(1), 0, linear=linear), two_clouds(3))
        assert head.apply(unseen.features).shape == (400, 1)
        assert ((head.sureness(unseen.features) > 0.5) == unseen.painting).mean() > 0.95


def test_the_threshold_refuses_few_paintings_even_where_the_sides_overlap() -> None:
    head = settle_kind(*fit_layers(two_clouds(1, 1.5), 0, linear=True), two_clouds(3, 1.5))
    unseen = two_clouds(4, 1.5)
    refused = head.sureness(unseen.features[unseen.painting]) < head.threshold
    assert refused.mean() < 0.05


def test_sureness_is_calibrated_where_the_sides_overlap() -> None:
    head = settle_kind(*fit_layers(two_clouds(1, 1.5), 0, linear=True), two_clouds(3, 1.5))
    unseen = two_clouds(5, 1.5)
    sure = head.sureness(unseen.features)
    middle = (sure > 0.3) & (sure < 0.7)
    assert abs(unseen.painting[middle].mean() - 0.5) < 0.2


def test_a_head_says_what_its_weights_say() -> None:
    one = np.ones((1, 1), np.float32)
    head = KindHead(one, -one[0], 2 * one, one[0], temperature=3.0, threshold=0.5)
    assert head.apply(np.array([[0.0], [4.0]], np.float32)).tolist() == [[1.0], [7.0]]
    assert head.sureness(np.array([[4.0]], np.float32))[0] == pytest.approx(
        1 / (1 + np.exp(-7 / 3))
    )


def test_many_pictures_are_seen_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = np.random.default_rng(0).integers(0, 255, (5, 224, 224, 3), dtype=np.uint8)
    at_once = seen(Colours(), pictures)
    monkeypatch.setattr("training.kind_views.CHUNK", 2)
    assert np.array_equal(seen(Colours(), pictures), at_once)


def test_a_painting_on_a_wall_keeps_the_size_and_repeats() -> None:
    picture = np.full((224, 224, 3), 200, np.uint8)
    one, same = (on_wall(picture, np.random.default_rng(3)) for _ in range(2))
    assert one.shape == (224, 224, 3)
    assert np.array_equal(one, same)


def test_views_of_both_sides_carry_their_group(prepared: Prepared, tmp_path: Path) -> None:
    paintings = painting_views(Colours(), prepared, prepared.part("train"), 9, 0)
    assert sorted(set(paintings.groups)) == ["clean", "on_wall", "phone"]
    assert paintings.painting.all()
    others = other_views(Colours(), tmp_path, "train", (50, 12), 0)
    assert all(group.startswith("made_") for group in others.groups)
    assert len(others.features) == 12


def test_fitted_and_measured_without_any_package(
    prepared: Prepared, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Made pictures alone stand for what is no painting; figures are shares."""
    caplog.set_level(logging.INFO)
    head = fit_kind(Colours(), prepared, tmp_path, seed=1)
    figures = measure_kind(Colours(), prepared, tmp_path, head)
    assert 0 < head.threshold < 1
    assert all(0 <= share <= 1 for share in figures.values())
    assert {"recognised", "refused_clean", "refused_phone", "refused_on_wall"} <= figures.keys()
    assert "recognised_collected" not in figures
    assert "refused_on_wall" in caplog.text
