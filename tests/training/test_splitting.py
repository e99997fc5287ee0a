"""The split is by painting and by painter, the same on every machine, and leaks nothing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.dataset import prepare
from training.recipe import DataPlan, Recipe
from training.splitting import Example, difference_hash, group_paintings, keep_trained, split


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


def example(artist: str = "ann", folder: int = 0, number: int = 0, **others: object) -> Example:
    known = {"movements": (), "title": "", "origin": "", "is_class": True, **others}
    return Example("", f"{folder}-{number}.jpg", artist, artist, folder=folder, **known)  # type: ignore[arg-type]


def test_a_further_folder_leaves_the_split_of_the_first_as_it_was(
    recipe: Recipe, wider: Recipe
) -> None:
    alone = [e.part for e in prepare(recipe).examples]
    assert set(alone) >= {"train", "validation", "test"}
    assert [e.part for e in prepare(wider).examples][: len(alone)] == alone


def test_one_painting_in_two_folders_is_on_one_side(wider: Recipe) -> None:
    parts: dict[str, set[str]] = {}
    for e in prepare(wider).examples:
        if e.artist == "ann-red":
            parts.setdefault(e.title, set()).add(e.part)
    twins = [parts[f"work {number}"] for number in range(20, 30)]
    assert all(len(sides) == 1 for sides in twins)
    assert set.union(*twins) > {"train"}


def test_a_picture_like_two_earlier_paintings_does_not_join_them() -> None:
    """Joined, one of the two would change its side as the further folder is added."""
    examples = [example(number=0), example(number=1), example(folder=1)]
    for hashes in ([0, 0b11111111, 0b1111], [0b11111111, 0, 0b1111]):
        groups = group_paintings(examples, hashes)
        assert groups[:2] == group_paintings(examples[:2], hashes[:2]) == [0, 1]
        assert groups[2] in (0, 1)


def test_the_earliest_picture_stands_for_its_painting() -> None:
    """The third is like both others, which are not alike: all are one painting, the first's."""
    examples = [example(number=number) for number in range(3)]
    assert group_paintings(examples, [0, 0b11111111, 0b1111]) == [0, 0, 0]


@pytest.mark.parametrize("is_class", [True, False])
def test_a_painter_of_a_further_folder_alone_is_split_by_painting(is_class: bool) -> None:
    first = [example("ann", number=n) for n in range(5)]
    new = [example("new", 1, n, is_class=is_class) for n in range(200)]
    plan = DataPlan(Path(), also_unseen_painter_share=0.0)
    done = split(first + new, list(range(205)), plan, 1)
    shares = {part: sum(e.part == part for e in done[5:]) / 200 for part in ("test", "validation")}
    assert shares["test"] == pytest.approx(plan.test_share, abs=0.06)
    assert shares["validation"] == pytest.approx(plan.validation_share, abs=0.06)


def test_some_painters_of_a_further_folder_are_held_out_whole_but_no_class_is() -> None:
    examples = [example(f"p{n // 4}", 1, n, is_class=n < 80) for n in range(400)]
    done = split(examples, list(range(400)), DataPlan(Path(), also_unseen_painter_share=0.5), 1)
    unseen = {e.artist for e in done if e.part == "unseen"}
    others = {e.artist for e in done if e.part != "unseen"}
    assert not unseen & others
    assert not any(e.is_class for e in done if e.part == "unseen")
    assert len(unseen) == pytest.approx(40, abs=14)


def test_a_painter_of_both_folders_is_no_class_and_stays_on_one_side() -> None:
    """The share for further folders does not concern a painter whom the first folder has."""
    plan = DataPlan(Path(), unseen_painter_share=1.0, also_unseen_painter_share=0.0)
    examples = [example("ann", folder, n, is_class=False) for folder in (0, 1) for n in range(20)]
    assert {e.part for e in split(examples, list(range(40)), plan, 1)} == {"unseen"}


def test_paintings_an_earlier_network_met_are_trained_on_whole() -> None:
    examples = [
        example("ann", number=0, part="test"),
        example("ann", folder=1, part="test"),
        example("ann", number=1, part="test"),
        example("bob", number=2, part="unseen", is_class=False),
        example("bob", number=3, part="unseen", is_class=False),
        example("cem", number=4, part="unseen", is_class=False),
    ]
    done = keep_trained(examples, [0, 0, 2, 3, 4, 5], [True, False, False, True, False, False])
    assert [e.part for e in done] == ["train", "train", "test", "train", "train", "unseen"]
