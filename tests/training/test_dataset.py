"""The split is by painting and by painter, the same on every machine, and leaks nothing."""

from pathlib import Path

import numpy as np
import pytest

from training.dataset import (
    Batches,
    DatasetError,
    difference_hash,
    group_paintings,
    prepare,
    read_examples,
)
from training.recipe import DataPlan, Recipe, StagePlan


@pytest.fixture
def recipe(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    monkeypatch.chdir(tmp_path)
    stage = StagePlan("heads", 1e-3, ((64, 1),))
    plan = DataPlan(data_folder, test_share=0.3, validation_share=0.2)
    return Recipe("x", "1", plan, (stage,), batch_size=8)


def test_pictures_come_from_archives_and_plain_files(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    assert prepared.pictures.shape == (102, 224, 224, 3)
    red = prepared.pictures[:30].reshape(30, -1, 3).mean(axis=1)
    assert (red[:, 0] > red[:, 1]).all()


def test_a_painting_in_two_files_is_on_one_side(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    for artist in ("ann-red", "bob-green", "cem-blue"):
        twins = [e.part for e in prepared.examples if e.artist == artist and e.title == "twice"]
        assert len(twins) == 2
        assert len(set(twins)) == 1


def test_painters_who_are_no_class_are_held_out_whole(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    for artist in ("dan-pink", "eve-cyan"):
        parts = {e.part for e in prepared.examples if e.artist == artist}
        assert len(parts) == 1
        assert parts <= {"train", "unseen"}


def test_every_part_of_the_split_has_pictures_and_a_second_run_splits_alike(
    recipe: Recipe,
) -> None:
    first = prepare(recipe)
    assert all(len(first.part(part)) for part in ("train", "validation", "test"))
    assert [e.part for e in prepare(recipe).examples] == [e.part for e in first.examples]


def test_near_copies_are_one_painting_and_others_are_not(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    copy = np.roll(prepared.pictures[3], 1, axis=0)
    hashes = [difference_hash(p) for p in (prepared.pictures[3], copy, prepared.pictures[5])]
    examples = [prepared.examples[i] for i in (3, 3, 5)]
    blank = [type(e)(**{**e.__dict__, "title": ""}) for e in examples]
    groups = group_paintings(blank, hashes)
    assert groups[0] == groups[1] != groups[2]


def test_movement_targets_share_one_among_several(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    both = [i for i, e in enumerate(prepared.examples) if e.artist == "eve-cyan"]
    assert prepared.movement_targets(np.array(both[:1])).tolist() == [[0.0, 0.5, 0.5]]


def test_public_domain_alone_can_be_asked_for(data_folder: Path) -> None:
    examples = read_examples(DataPlan(data_folder, public_domain_only=True))
    assert {e.artist for e in examples} == {"ann-red", "bob-green", "dan-pink", "eve-cyan"}


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


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no labels\.csv"):
        read_examples(DataPlan(tmp_path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("archive,image\n,x.jpg\n")
    with pytest.raises(DatasetError, match="artist"):
        read_examples(DataPlan(tmp_path))
