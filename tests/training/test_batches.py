"""Batches can be made again exactly, and count only what is known of a picture."""

import numpy as np

from training.batches import Batches
from training.dataset import prepare
from training.recipe import Recipe


def test_painters_who_are_no_class_do_not_count_for_the_painter_head(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    others = np.array([i for i, e in enumerate(prepared.examples) if not e.is_class])
    _, targets, weights = Batches(prepared, others, recipe, size=64, training=False)[0]
    assert not weights["artist"].any()
    assert weights["movement"].all()
    assert not targets["artist"].any()


def test_training_batches_are_repeatable_and_change_with_the_epoch(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")
    one = Batches(prepared, train, recipe, size=64, training=True)
    two = Batches(prepared, train, recipe, size=64, training=True)
    assert np.array_equal(one[0][0], two[0][0])
    two.on_epoch_end()
    assert not np.array_equal(one[0][0], two[0][0])
    resumed = Batches(prepared, train, recipe, size=64, training=True, epoch=1)
    assert np.array_equal(resumed[0][0], two[0][0])
