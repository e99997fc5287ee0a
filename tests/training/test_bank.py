"""What is drawn from the pictures of what is no painting: both sorts, and rare groups often."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.everyday.bank import fill, published


def collected(folder: Path, groups: list[str], part: str = "train") -> Path:
    """Write a table of one-coloured pictures, as `collect` does."""
    with (folder / "pictures.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("image", "group", "package", "part"))
        for number, group in enumerate(groups):
            Image.new("RGB", (224, 224), (number, 0, 0)).save(folder / f"{number}.png")
            table.writerow((f"{number}.png", group, "a package", part))
    return folder


def test_collected_and_made_pictures_are_as_likely(tmp_path: Path) -> None:
    bank = fill(collected(tmp_path, ["photo", "diagram", "diagram"]), "train", 5, seed=1)
    made = np.char.startswith(bank.groups, "made_")
    assert made.tolist() == [False] * 3 + [True] * 5
    assert bank.chances[made].sum() == pytest.approx(0.5)
    assert bank.chances[0] > 2 * bank.chances[1]
    drawn = bank.draw(400, np.random.default_rng(0))
    assert 120 < made[drawn].sum() < 280
    assert bank.pictures.shape == (8, 224, 224, 3)


def test_made_pictures_stand_alone_where_none_of_the_part_was_collected(tmp_path: Path) -> None:
    for folder in (tmp_path, collected(tmp_path, ["photo"], part="test")):
        bank = fill(folder, "train", 4, seed=1)
        assert len(bank.pictures) == 4
        assert bank.chances.tolist() == [0.25] * 4


def test_pictures_to_learn_from_are_no_sharper_than_the_paintings(tmp_path: Path) -> None:
    """Those of the test part stay as a visitor's phone would send them."""
    rng = np.random.default_rng(0)
    sharp = rng.integers(0, 255, (224, 224, 3), dtype=np.uint8)
    coarse = published(sharp, rng)
    assert coarse.shape == sharp.shape
    assert np.abs(np.diff(coarse.astype(int), axis=1)).mean() < 0.7 * (
        np.abs(np.diff(sharp.astype(int), axis=1)).mean()
    )
    folder = collected(tmp_path, ["photo"], part="test")
    Image.fromarray(sharp).save(folder / "0.png")
    assert np.array_equal(fill(folder, "test", 1, seed=1).pictures[0], sharp)
