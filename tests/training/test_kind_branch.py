"""The branch that tells paintings from anything else learns, and leaves the network as it was."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from training.dataset import prepare
from training.everyday.bank import Bank
from training.kind_branch import SHARED, KindBatches, build_branch, on_network, train_branch
from training.network import build_network
from training.recipe import KindPlan, NetworkPlan, Recipe, StagePlan

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")


def stripes(count: int) -> Bank:
    """Return pictures of black and white stripes, which no painting of the data shows."""
    row = np.where(np.arange(224) // 4 % 2, 255, 0).astype(np.uint8)
    pictures = np.broadcast_to(row[None, None, :, None], (count, 224, 224, 3)).copy()
    return Bank(pictures, np.array(["photo"] * count), np.full(count, 1 / count))


def test_batches_are_half_paintings_and_say_that_alone(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    half = replace(recipe, batch_size=4, everyday=4)
    stage = StagePlan("kind", 1e-3, ((64, 1),))
    pictures, targets = KindBatches(
        prepared, prepared.part("train"), half, size=64, stage=stage, others=stripes(2)
    )[0]
    assert pictures.shape == (8, 64, 64, 3)
    assert targets[:, 0].tolist() == [1, 1, 1, 1, 0, 0, 0, 0]


def test_it_learns_and_the_network_stays_as_it_was(recipe: Recipe) -> None:
    keras.utils.set_random_seed(1)
    prepared, others = prepare(recipe), stripes(3)
    short = replace(recipe, batch_size=16, kind=KindPlan(side=64, epochs=2, hung=0.0))
    network = build_network(NetworkPlan(), 3, 3)
    before = network.get_layer(SHARED.replace("add", "project_conv")).get_weights()[0].copy()
    branch = train_branch(short, network, prepared, others)
    after = network.get_layer(SHARED.replace("add", "project_conv")).get_weights()[0]
    assert np.array_equal(before, after)
    asked = on_network(network, branch)
    paintings = asked.predict(prepared.pictures[prepared.part("test")], verbose=0)
    striped = asked.predict(others.pictures, verbose=0)
    assert np.median(paintings) > np.median(striped) + 1


def test_the_branch_is_small() -> None:
    assert build_branch("lite0").count_params() < 800_000
