"""A data folder is read whole, or refused with a reason."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.dataset import DatasetError, Prepared, prepare, read_examples
from training.recipe import DataPlan, Recipe
from training.splitting import Example


def test_pictures_come_from_archives_and_plain_files(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    assert prepared.pictures.shape == (102, 224, 224, 3)
    red = prepared.pictures[:30].reshape(30, -1, 3).mean(axis=1)
    assert (red[:, 0] > red[:, 1]).all()


def test_movement_targets_share_one_among_several(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    both = [i for i, e in enumerate(prepared.examples) if e.artist == "eve-cyan"]
    assert prepared.movement_targets(np.array(both[:1])).tolist() == [[0.0, 0.5, 0.5]]


def test_public_domain_alone_can_be_asked_for(data_folder: Path) -> None:
    examples = read_examples(DataPlan(data_folder, public_domain_only=True))
    assert {e.artist for e in examples} == {"ann-red", "bob-green", "dan-pink", "eve-cyan"}


def test_a_folder_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"no labels\.csv"):
        read_examples(DataPlan(tmp_path))


def test_the_publisher_may_be_left_out_and_a_picture_may_have_no_movement(tmp_path: Path) -> None:
    header = "archive,image,artist,artist_name,movements,title,public_domain,artist_class"
    (tmp_path / "labels.csv").write_text(f"{header}\n,x.jpg,ann,Ann,,Work,yes,yes\n")
    (example,) = read_examples(DataPlan(tmp_path))
    assert (example.movements, example.origin) == ((), "")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("archive,image\n,x.jpg\n")
    with pytest.raises(DatasetError, match="artist"):
        read_examples(DataPlan(tmp_path))


def labels(folder: Path, *rows: str) -> Path:
    """Write a table of (artist, name, movements, artist_class) without any pictures."""
    folder.mkdir()
    header = "archive,image,artist,artist_name,movements,title,public_domain,artist_class"
    lines = [
        f",{n}.jpg,{','.join(row.split(',')[:3])},,yes,{row.split(',')[3]}"
        for n, row in enumerate(rows)
    ]
    (folder / "labels.csv").write_text("\n".join([header, *lines]) + "\n")
    return folder


def test_a_painter_who_is_a_class_in_one_folder_is_one_in_all(tmp_path: Path) -> None:
    first = labels(tmp_path / "1", "ann,Ann,baroque,yes", "bob,Bob,baroque,no")
    second = labels(tmp_path / "2", "bob,Bob,baroque,yes", "ann,Ann,x,no", "cem,Cem,x,no")
    examples = read_examples(DataPlan(first, also=(second,)))
    assert {(e.artist, e.folder, e.is_class) for e in examples} == {
        ("ann", 0, True),
        ("bob", 0, True),
        ("bob", 1, True),
        ("ann", 1, True),
        ("cem", 1, False),
    }


def test_pictures_of_a_further_folder_come_from_there(recipe: Recipe, wider: Recipe) -> None:
    """Both folders have an ``images.zip`` with an ``ann-red-0.jpg``: they are not the same."""
    alone, prepared = prepare(recipe), prepare(wider)
    assert len(prepared.examples) == 102 + 55
    assert np.array_equal(prepared.pictures[:102], alone.pictures)
    twin = next(i for i, e in enumerate(prepared.examples) if e.folder == 1)
    assert prepared.examples[twin].image == prepared.examples[0].image
    assert not np.array_equal(prepared.pictures[twin], prepared.pictures[0])
    gold = [i for i, e in enumerate(prepared.examples) if e.artist == "abe-gold"]
    red, _, blue = prepared.pictures[gold].reshape(-1, 3).mean(axis=0)
    assert red > blue + 80


def test_a_further_folder_brings_its_painters_and_movements(wider: Recipe) -> None:
    prepared = prepare(wider)
    assert prepared.artists == ["abe-gold", "ann-red", "bob-green", "cem-blue"]
    assert prepared.movements == ["art-nouveau", "baroque", "impressionism", "ukiyo-e"]


def test_a_painter_goes_by_the_name_of_the_first_folder(
    recipe: Recipe, further_folder: Path, tmp_path: Path
) -> None:
    table = (further_folder / "labels.csv").read_text()
    renamed = tmp_path / "renamed"
    renamed.mkdir()
    for file in further_folder.iterdir():
        (renamed / file.name).write_bytes(file.read_bytes())
    (renamed / "labels.csv").write_text(table.replace("Ann Red", "Anne Rouge"))
    data = replace(recipe.data, also=(renamed,))
    assert prepare(replace(recipe, data=data)).artist_names["ann-red"] == "Ann Red"


def of_origins(*counts: tuple[str, str, int]) -> Prepared:
    """Return a data set of training examples: so many of an origin and a movement."""
    one = Example("", "", "ann", "Ann", (), "", "", is_class=True, part="train")
    examples = [
        replace(one, origin=origin, movements=tuple(filter(None, movements.split("|"))))
        for origin, movements, count in counts
        for _ in range(count)
    ]
    return Prepared(examples, np.zeros((0, 224, 224, 3), np.uint8), ["ann"], {}, [], "")


def weighted_share(prepared: Prepared, origin: str, movement: str) -> float:
    """Return how frequent a movement is in an origin once each picture counts by its weight."""
    weights = prepared.origin_weights(np.arange(len(prepared.examples)))
    inside = np.array([e.origin == origin for e in prepared.examples])
    chosen = np.array([movement in e.movements for e in prepared.examples])
    return float(weights[inside & chosen].sum() / inside.sum())


def test_weights_make_a_movement_as_frequent_in_every_origin() -> None:
    prepared = of_origins(
        ("a", "baroque", 400), ("a", "cubism", 600), ("b", "baroque", 900), ("b", "cubism", 600)
    )
    for movement, common in (("baroque", 1300 / 2500), ("cubism", 1200 / 2500)):
        for origin in "ab":
            assert weighted_share(prepared, origin, movement) == pytest.approx(common, rel=1e-4)


def test_weights_stay_within_a_factor_of_four() -> None:
    prepared = of_origins(("a", "baroque", 200), ("a", "cubism", 9800), ("b", "baroque", 9000))
    weights = prepared.origin_weights(np.arange(len(prepared.examples)))
    assert weights[0] == 4.0
    assert weights.min() >= 0.25


def test_what_only_one_origin_has_enough_of_is_left_alone() -> None:
    """199 pictures are too few to balance, and a picture without a movement weighs one."""
    prepared = of_origins(("a", "baroque", 199), ("a", "", 5), ("b", "baroque", 900))
    assert set(prepared.origin_weights(np.arange(len(prepared.examples))).tolist()) == {1.0}


def test_two_movements_of_one_painting_weigh_their_mean() -> None:
    prepared = of_origins(
        ("a", "baroque", 300),
        ("b", "baroque", 600),
        ("b", "cubism", 300),
        ("b", "baroque|fauve", 1),
    )
    baroque, both = prepared.origin_weights(np.array([301, 1200]))
    assert baroque != 1.0
    assert both == pytest.approx((baroque + 1) / 2)


def test_weights_are_taken_over_the_training_part_alone() -> None:
    prepared = of_origins(("a", "baroque", 300), ("a", "", 300), ("b", "baroque", 300))
    held_out = [replace(e, part="test") if e.origin == "b" else e for e in prepared.examples]
    weights = replace(prepared, examples=held_out).origin_weights(np.arange(900))
    assert prepared.origin_weights(np.array([0]))[0] != 1.0
    assert set(weights.tolist()) == {1.0}
