"""Batches can be made again exactly, and count only what is known of a picture."""

from dataclasses import replace

import numpy as np
import pytest

from training.batches import Batches, Rows, mixed
from training.dataset import prepare
from training.everyday.bank import Bank
from training.recipe import Recipe, StagePlan

STAGE = StagePlan("training", 1e-3, ((64, 1),))


def test_painters_who_are_no_class_do_not_count_for_the_painter_head(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    others = np.array([i for i, e in enumerate(prepared.examples) if not e.is_class])
    _, targets, weights = Batches(prepared, others, recipe, size=64)[0]
    assert not weights["artist"].any()
    assert weights["movement"].all()
    assert not targets["artist"].any()


def test_training_batches_are_repeatable_and_change_with_the_epoch(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")
    one = Batches(prepared, train, recipe, size=64, stage=STAGE)
    two = Batches(prepared, train, recipe, size=64, stage=STAGE)
    assert np.array_equal(one[0][0], two[0][0])
    two.on_epoch_end()
    assert not np.array_equal(one[0][0], two[0][0])
    resumed = Batches(prepared, train, recipe, size=64, stage=STAGE, epoch=1)
    assert np.array_equal(resumed[0][0], two[0][0])


def plain(values: np.ndarray, size: int = 32) -> np.ndarray:
    """Return one picture a value, all of that value."""
    return np.broadcast_to(values[:, None, None, None], (len(values), size, size, 3)).astype(
        np.uint8
    )


def mix(seed: int, weights: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mix nine plain pictures, each of a label of its own; return pictures, targets, weights."""
    values = np.arange(9) * 30
    labels: Rows = {"artist": np.eye(9, dtype=np.float32)}
    known = np.ones(9, np.float32) if weights is None else weights.astype(np.float32)
    labels["artist"][known == 0] = 0
    pictures, targets, weighed = mixed(
        plain(values), labels, {"artist": known}, np.random.default_rng(seed)
    )
    return pictures, targets["artist"], weighed["artist"]


def test_targets_are_shared_as_the_pixels_are() -> None:
    """Each label's value, times its share, is the mean of the pixels: for both ways of mixing."""
    ways = set()
    for seed in range(40):
        pictures, targets, weights = mix(seed)
        assert pictures.dtype == np.uint8
        assert np.allclose(targets.sum(axis=1), 1, atol=1e-5)
        assert targets.min() >= 0
        assert np.allclose(weights, 1)
        means = pictures.reshape(9, -1).mean(axis=1)
        assert np.abs(targets @ (np.arange(9) * 30) - means).max() < 0.51
        ways.add("mixup" if all(len(np.unique(p)) == 1 for p in pictures) else "CutMix")
    assert ways == {"mixup", "CutMix"}


def test_a_picture_without_a_label_takes_no_part_in_the_targets() -> None:
    half = np.array([1, 0, 1, 0, 1, 0, 1, 0, 0])
    lent = 0
    for seed in range(40):
        _, targets, weights = mix(seed, half)
        assert np.isfinite(targets).all()
        assert not targets[:, half == 0].any()
        sums = targets.sum(axis=1)
        assert np.allclose(sums[weights > 1e-4], 1, atol=1e-3)
        assert not sums[weights == 0].any()
        assert weights.sum() == pytest.approx(half.sum(), rel=1e-5)
        lent += int(((half == 0) & (weights > 1e-4)).sum())
    assert lent


def test_a_weight_counts_for_the_label_it_belongs_to() -> None:
    """A label's weight over the batch is the same after mixing as before."""
    weights = np.array([0.25, 4, 1, 1, 2, 0.5, 1, 3, 1])
    for seed in range(20):
        _, targets, weighed = mix(seed, weights)
        assert np.allclose((targets * weighed[:, None]).sum(axis=0), weights, rtol=1e-4)


def test_mixed_batches_are_repeatable_and_validation_is_never_mixed(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")

    def batch(stage: StagePlan | None) -> tuple:
        return Batches(prepared, train, recipe, size=64, stage=stage)[0]

    mixing = replace(STAGE, mixing=1.0)
    one, same, apart = batch(mixing), batch(mixing), batch(STAGE)
    assert np.array_equal(one[0], same[0])
    assert np.array_equal(one[1]["artist"], same[1]["artist"])
    assert not np.array_equal(one[0], apart[0])
    assert ((one[1]["artist"] > 0).sum(axis=1) > 1).any()
    assert set(np.unique(apart[1]["artist"])) <= {0.0, 1.0}
    assert set(np.unique(batch(None)[1]["artist"])) <= {0.0, 1.0}


def test_hung_views_show_more_than_the_picture(recipe: Recipe) -> None:
    """A white picture hung on a wall shows something else beside it; closer views may not."""
    prepared = prepare(recipe)
    white = replace(prepared, pictures=np.full_like(prepared.pictures, 255))
    hung = Batches(white, prepared.part("train"), recipe, size=64, stage=replace(STAGE, hung=1.0))
    assert all(picture.std() > 8 for picture in hung[0][0])


def bank(value: int) -> Bank:
    """Return a bank of two pictures of one colour."""
    pictures = np.full((2, 224, 224, 3), value, np.uint8)
    return Bank(pictures, np.array(["photo", "face"]), np.array([0.5, 0.5]))


def test_others_hang_as_often_as_the_stage_says(recipe: Recipe) -> None:
    """White ones that never hang show little but white; paintings all hang."""
    prepared = prepare(recipe)
    told = replace(recipe, everyday=12)
    stage = replace(STAGE, hung=1.0, others_hung=0.0, plain=1.0)
    train = prepared.part("train")
    batches = Batches(prepared, train, told, size=64, stage=stage, others=bank(255))
    assert all((picture == 255).all() for picture in batches[0][0][-12:])
    hung = replace(stage, others_hung=None)
    batches = Batches(prepared, train, told, size=64, stage=hung, others=bank(255))
    assert all(picture.std() > 8 for picture in batches[0][0][-12:])


def test_plain_views_are_the_pictures_mirrored_or_not(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")
    stage = replace(STAGE, plain=1.0)
    shown = Batches(prepared, train, recipe, size=224, stage=stage)[0][0]
    known = {np.asarray(prepared.pictures[i]).tobytes() for i in train}
    assert all(
        view.tobytes() in known or np.ascontiguousarray(view[:, ::-1]).tobytes() in known
        for view in shown
    )


def test_sharpness_varies_as_often_as_the_stage_says(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    train = prepared.part("train")
    stage = replace(STAGE, plain=1.0, varied=1.0)
    batches = Batches(prepared, train, recipe, size=224, stage=stage)
    shown = np.concatenate([batches[n][0] for n in range(len(batches))])
    known = {np.asarray(prepared.pictures[i]).tobytes() for i in train}
    same = sum(
        view.tobytes() in known or np.ascontiguousarray(view[:, ::-1]).tobytes() in known
        for view in shown
    )
    assert 0 < same < 0.7 * len(shown)


@pytest.mark.parametrize("mixing", [0.0, 1.0])
def test_what_is_no_painting_joins_and_counts_for_that_alone(recipe: Recipe, mixing: float) -> None:
    prepared = prepare(recipe)
    told, stage = replace(recipe, everyday=4), replace(STAGE, mixing=mixing)
    batches = Batches(prepared, prepared.part("train"), told, size=64, stage=stage, others=bank(9))
    pictures, targets, weights = batches[0]
    assert len(pictures) == told.batch_size + 4
    assert {len(rows) for rows in (*targets.values(), *weights.values())} == {len(pictures)}
    assert weights["painting"] == pytest.approx(np.ones(len(pictures)))
    assert targets["painting"].sum() == pytest.approx(told.batch_size, rel=1e-4)
    assert weights["artist"].sum() <= told.batch_size + 1e-3
    if not mixing:
        assert targets["painting"][:, 0].tolist() == [1.0] * told.batch_size + [0.0] * 4
        assert not weights["movement"][-4:].any()


def test_validation_is_of_paintings_alone(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    told = replace(recipe, everyday=4)
    validation = prepared.part("validation")
    batches = Batches(prepared, validation, told, size=64, others=bank(9))
    assert sum(len(batches[n][0]) for n in range(len(batches))) == len(validation)


def test_origins_are_balanced_in_training_where_the_recipe_says_so(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.dataset.LEAST_TO_BALANCE", 1)
    prepared = prepare(recipe)
    train = prepared.part("train")

    def weights(balance: bool, stage: StagePlan | None) -> set[float]:
        told = replace(recipe, balance_origins=balance)
        batches = Batches(prepared, train, told, size=64, stage=stage)
        return {float(w) for n in range(len(batches)) for w in batches[n][2]["movement"]}

    assert len(weights(True, STAGE)) > 1
    assert weights(False, STAGE) == weights(True, None) == {1.0}
