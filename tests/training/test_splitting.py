"""The split is by painting and by painter, the same on every machine, and leaks nothing."""

from dataclasses import replace

import numpy as np

from training.dataset import prepare
from training.recipe import Recipe
from training.splitting import difference_hash, group_paintings


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
    blank = [replace(e, title="") for e in examples]
    groups = group_paintings(blank, hashes)
    assert groups[0] == groups[1] != groups[2]
