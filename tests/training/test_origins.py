"""A head that cannot tell the publisher still tells the movement."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from training import origins
from training.dataset import prepare
from training.origins import blind_to_origin, blinded, compared, within
from training.recipe import Recipe

GROUPS = np.arange(600) % 6
SECOND = np.random.default_rng(2).random(600) < 0.3


def features(seed: int) -> np.ndarray:
    """Six groups far apart, and along one direction the publishers, who differ as much."""
    rng = np.random.default_rng(seed)
    spread = rng.normal(0, 1, (600, 12))
    spread[np.arange(600), GROUPS] += 4
    return (spread + 4 * SECOND[:, None] * np.linspace(-1, 1, 12)).astype(np.float32)


def test_the_publishers_scores_come_together_and_the_groups_stay_apart() -> None:
    rng = np.random.default_rng(0)
    kernel = rng.normal(0, 1, (12, 6)).astype(np.float32)
    kernel[:6] += 3 * np.eye(6, dtype=np.float32)
    bias = rng.normal(0, 1, 6).astype(np.float32)
    learnt, unseen = features(1), features(3)
    new = blinded(kernel, bias, learnt, SECOND, GROUPS, learnt)

    def gap(weights: tuple[np.ndarray, np.ndarray], shown: np.ndarray) -> float:
        scores = within((shown @ weights[0] + weights[1]).astype(np.float64), GROUPS)
        side = within(SECOND[:, None].astype(np.float64), GROUPS)
        return float(np.abs(scores.T @ side / (side**2).sum()).max())

    assert gap(new, learnt) < 1e-4
    assert gap(new, unseen) < gap((kernel, bias), unseen) / 5
    assert ((unseen @ new[0] + new[1]).argmax(axis=1) == GROUPS).mean() > (
        (unseen @ kernel + bias).argmax(axis=1) == GROUPS
    ).mean()


def test_publishers_alike_change_nothing() -> None:
    kernel = np.random.default_rng(0).normal(0, 1, (12, 6)).astype(np.float32)
    bias = np.zeros(6, np.float32)
    same = np.tile(features(1)[:1], (600, 1))
    new = blinded(kernel, bias, same, SECOND, GROUPS, features(1))
    assert new[0] == pytest.approx(kernel, abs=1e-4)
    assert new[1] == pytest.approx(bias, abs=1e-4)


def test_works_are_compared_where_both_publishers_have_some_of_a_painter(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    indices, second, groups = compared(prepared)
    assert len(indices) == len(second) == len(groups)
    assert all(prepared.examples[i].part == "train" for i in indices)
    for group in np.unique(groups):
        works = [prepared.examples[i] for i in indices[groups == group]]
        assert len({(work.artist, work.movements) for work in works}) == 1
        assert {work.origin for work in works} == {"a", "b"}
    one = [replace(example, origin="a") for example in prepared.examples]
    assert len(compared(replace(prepared, examples=one))[0]) == 0


def small_network() -> keras.Model:
    """Return a network with the layers that heads are told by."""
    inputs = keras.Input((224, 224, 3))
    seen = keras.layers.Conv2D(8, 3, 32, activation="relu")(keras.layers.Rescaling(1 / 255)(inputs))
    seen = keras.layers.ReLU(name="head_relu")(seen)
    pooled = keras.layers.GlobalAveragePooling2D()(seen)
    return keras.Model(inputs, keras.layers.Dense(3, name="movement")(pooled))


def test_a_network_is_made_blind_where_enough_works_can_be_compared(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = prepare(recipe)
    network = small_network()
    before = network.get_layer("movement").get_weights()
    blind_to_origin(network, prepared)
    assert all(map(np.array_equal, before, network.get_layer("movement").get_weights()))
    monkeypatch.setattr(origins, "FEWEST_COMPARED", 10)
    blind_to_origin(network, prepared)
    assert not np.array_equal(before[0], network.get_layer("movement").get_weights()[0])
