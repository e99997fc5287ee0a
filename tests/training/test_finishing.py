"""What is settled after training: the movements, the painter's say, and the last layers."""

import keras
import numpy as np
import pytest
from scipy.special import softmax

from training import network as networks
from training.branch import SHARED
from training.dataset import prepare
from training.finishing import (
    Finish,
    finished,
    kept_movements,
    lifted,
    settle,
    styles_of_painters,
)
from training.kind import Kind
from training.recipe import NetworkPlan, Recipe

RNG = np.random.default_rng(0)


def mean_branch() -> keras.Model:
    """Return a branch whose answers are the means of what it sees."""
    seen = keras.Input((None, None, 40))
    mean = keras.layers.GlobalAveragePooling2D()(seen)
    return keras.Model(seen, {"painting": mean, "work": mean})


KIND = Kind(mean_branch(), 1.0, 0.5)


def test_styles_of_painters_are_counted_on_training_pictures(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    styles = styles_of_painters(prepared, [0, 1, 2])
    assert prepared.movements == ["baroque", "impressionism", "ukiyo-e"]
    assert styles.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert styles_of_painters(prepared, [0, 1])[2].tolist() == [0, 0]


def test_a_head_that_sees_nothing_leaves_the_word_to_the_painter(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    asked = prepared.part("validation")
    painters = 8 * np.eye(3, dtype=np.float32)[prepared.artist_targets(asked)]
    blind = np.zeros((len(asked), 3), np.float32)
    assert settle(painters, blind, prepared, KIND, {}).trust > 0.5
    assert settle(blind, painters, prepared, KIND, {}).trust == 0


def test_a_new_movement_is_named_only_where_it_is_told_apart(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(recipe)
    asked = prepared.part("validation")
    targets = prepared.movement_targets(asked)
    monkeypatch.setattr("training.finishing.FEWEST_PICTURES", 20)
    assert kept_movements(prepared, targets) == ("baroque", "impressionism", "ukiyo-e")
    for example in prepared.examples:
        if "ukiyo-e" in example.movements:
            object.__setattr__(example, "folder", 1)
    assert "ukiyo-e" in kept_movements(prepared, targets)
    never = targets * np.array([1, 1, -1])
    assert "ukiyo-e" not in kept_movements(prepared, never)
    for name in ("FEWEST_PICTURES", "FEWEST_SHOWN"):
        with monkeypatch.context() as patch:
            patch.setattr(f"training.finishing.{name}", 1000)
            assert "ukiyo-e" not in kept_movements(prepared, targets)


def test_rare_movements_are_helped_up_as_far_as_the_common_ones_bear(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    rare = prepared.movements.index("ukiyo-e")
    for example in prepared.examples:
        if example.part == "train" and "ukiyo-e" in example.movements:
            object.__setattr__(example, "movements", ("baroque",))
    asked = prepared.part("validation")
    sure = 9 * prepared.movement_targets(asked)
    helped = settle(np.zeros((len(asked), 3), np.float32), sure, prepared, KIND, {}).lift
    assert helped.argmax() == rare
    assert helped[rare] > 0.3
    shares = lifted(np.full((2, 3), 1 / 3, np.float32), helped)
    assert shares.sum(axis=1) == pytest.approx([1, 1])
    assert shares[0].argmax() == rare
    doubtful = np.where(prepared.movement_targets(asked) > 0, 0.01, 0).astype(np.float32)
    blind = np.zeros((len(asked), 3), np.float32)
    assert not settle(blind, doubtful, prepared, KIND, {}).lift.any()


def test_the_maps_mean_the_heads_and_the_painter_has_a_say(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "load_imagenet", lambda trunk, variant: None)
    keras.utils.set_random_seed(1)
    prepared = prepare(recipe)
    network = networks.build_network(NetworkPlan(), artists=3, movements=3)
    styles = np.array([[1, 0], [0, 1], [0, 0]], np.float32)
    lift = np.array([-0.2, 0.2], np.float32)
    finish = Finish(("baroque", "ukiyo-e"), styles, 0.4, lift, 2.0, 0.5, KIND, {})
    pictures = RNG.integers(0, 256, (2, 64, 64, 3)).astype(np.uint8)
    before = network.predict(pictures, verbose=0)
    after = finished(network, prepared, finish).predict(pictures, verbose=0)
    assert after["artist"] == pytest.approx(before["artist"], abs=1e-4)
    assert after["artist_map"].mean((1, 2)) == pytest.approx(before["artist"], abs=1e-4)
    own = before["movement"][:, [0, 2]]
    assert after["movement_map"].mean((1, 2)) == pytest.approx(own, abs=1e-4)
    expected = 0.6 * softmax(own / 0.5, axis=1)
    expected += 0.4 * softmax(before["artist"] / 2.0, axis=1) @ styles
    assert np.exp(after["movement"]) == pytest.approx(lifted(expected, lift), abs=1e-4)
    shared = keras.Model(network.input, network.get_layer(SHARED).output)
    mean = shared.predict(pictures, verbose=0).mean((1, 2))
    for name in ("painting", "work"):
        assert after[name] == pytest.approx(mean, abs=1e-4)
