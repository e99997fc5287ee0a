"""A data folder is read whole, or refused with a reason."""

from pathlib import Path

import numpy as np
import pytest

from training.dataset import DatasetError, prepare, read_examples
from training.recipe import DataPlan, Recipe


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
