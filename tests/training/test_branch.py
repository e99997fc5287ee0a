"""The branch tells paintings from other pictures and one work from another; the network stays."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from training.branch import (
    SHARED,
    BranchBatches,
    Remembered,
    build_branch,
    forget_branch,
    on_network,
    train_branch,
)
from training.dataset import prepare
from training.everyday.bank import Bank
from training.network import build_network
from training.recipe import BranchPlan, NetworkPlan, Recipe

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")


def stripes(count: int) -> Bank:
    """Return pictures of black and white stripes, which no painting of the data shows."""
    row = np.where(np.arange(224) // 4 % 2, 255, 0).astype(np.uint8)
    pictures = np.broadcast_to(row[None, None, :, None], (count, 224, 224, 3)).copy()
    return Bank(pictures, np.array(["photo"] * count), np.full(count, 1 / count))


def short(recipe: Recipe) -> Recipe:
    """Return the recipe with batches of 8 works, seen twice, and 8 other pictures."""
    plan = BranchPlan(side=64, head_epochs=2, epochs=1, works_share=2 / 3, hung=0.0)
    return replace(recipe, batch_size=24, branch=plan)


def test_a_batch_shows_every_work_twice_and_other_pictures(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    batches = BranchBatches(prepared, prepared.part("train"), stripes(2), short(recipe))
    inputs, targets, weights = batches[0]
    assert inputs["picture"].shape == (24, 64, 64, 3)
    assert targets["painting"][:, 0].tolist() == [1] * 16 + [0] * 8
    assert inputs["work"][:8].tolist() == inputs["work"][8:16].tolist()
    assert len(set(inputs["work"][:8])) == 8
    assert inputs["catalogue"].tolist() == [1] * 8 + [0] * 16
    assert weights["which"].tolist() == [0] * 8 + [1] * 8 + [0] * 8
    assert targets["which"][8:16].tolist() == inputs["work"][8:16].tolist()


def test_the_same_batch_comes_again_and_another_epoch_brings_others(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")
    one, same = (BranchBatches(prepared, train, stripes(2), short(recipe)) for _ in range(2))
    assert np.array_equal(one[1][0]["picture"], same[1][0]["picture"])
    same.on_epoch_end()
    assert one[1][0]["work"].tolist() != same[1][0]["work"].tolist()


def test_only_catalogue_pictures_are_remembered() -> None:
    memory = Remembered(3)
    unit = np.eye(2, dtype=np.float32)
    arguments = (unit, np.array([0, 2]), np.array([1.0, 0.0], np.float32))
    before = memory(arguments)
    memory.set_weights([np.array([[0, 1], [0, 0], [1, 0]], np.float32)])
    scores = keras.ops.convert_to_numpy(memory(arguments, training=True))
    assert before.shape == (2, 3)
    assert scores.tolist() == [[0, 0, 16], [16, 0, 0]]
    assert memory.get_weights()[0].tolist() == [[1, 0], [0, 0], [1, 0]]


def test_it_learns_and_the_network_stays_as_it_was(recipe: Recipe) -> None:
    keras.utils.set_random_seed(1)
    prepared, others = prepare(recipe), stripes(3)
    network = build_network(NetworkPlan(), 3, 3)
    before = network.get_layer(SHARED.replace("add", "project_conv")).get_weights()[0].copy()
    branch = train_branch(short(recipe), network, prepared, others)
    after = network.get_layer(SHARED.replace("add", "project_conv")).get_weights()[0]
    assert np.array_equal(before, after)
    asked = keras.Model(network.input, on_network(network, branch))
    test = prepared.pictures[prepared.part("test")]
    paintings, striped = asked.predict(test, verbose=0), asked.predict(others.pictures, verbose=0)
    assert np.median(paintings["painting"]) > np.median(striped["painting"]) + 1
    mirrored = asked.predict(test[:, :, ::-1] // 2, verbose=0)
    assert np.linalg.norm(mirrored["work"], axis=1) == pytest.approx(1, abs=1e-4)
    darker = asked.predict(test // 4 * 3, verbose=0)["work"]
    nearest = (darker @ paintings["work"].T).argmax(axis=1)
    assert (nearest == np.arange(len(test))).mean() > 0.9


class StoppedError(Exception):
    """Somebody stops the training."""


def test_a_stopped_training_goes_on_and_one_of_another_network_is_forgotten(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = replace(short(recipe).branch, head_epochs=1, epochs=2)
    recipe = replace(short(recipe), branch=plan)
    prepared, others, network = prepare(recipe), stripes(3), build_network(NetworkPlan(), 3, 3)
    finished: list[int] = []

    class Stopping(keras.callbacks.BackupAndRestore):
        last = 2

        def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
            super().on_epoch_end(epoch, logs)
            finished.append(epoch)
            if len(finished) == self.last:
                raise StoppedError

    monkeypatch.setattr(keras.callbacks, "BackupAndRestore", Stopping)
    with pytest.raises(StoppedError):
        train_branch(recipe, network, prepared, others)
    Stopping.last = 0
    train_branch(recipe, network, prepared, others)
    assert finished == [0, 1, 2], "none is repeated"
    forget_branch(recipe)
    train_branch(recipe, network, prepared, others)
    assert finished == [0, 1, 2, 0, 1, 2], "all is learnt anew"


def test_the_branch_is_small() -> None:
    assert build_branch("lite0").count_params() < 3_000_000
