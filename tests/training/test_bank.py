"""What is drawn from the pictures of what is no painting: both sorts, and rare groups often."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.everyday.bank import MADE_SHARE, fill, published, sent


def collected(folder: Path, groups: list[str], part: str = "train") -> Path:
    """Write a table of one-coloured pictures, as `collect` does."""
    with (folder / "pictures.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("image", "group", "package", "part"))
        for number, group in enumerate(groups):
            Image.new("RGB", (224, 224), (number, 0, 0)).save(folder / f"{number}.png")
            table.writerow((f"{number}.png", group, "a package", part))
    return folder


def test_made_pictures_come_up_as_often_as_said_and_small_groups_more_often(tmp_path: Path) -> None:
    bank = fill(collected(tmp_path, ["photo", "screenshot", "screenshot"]), "train", 5, seed=1)
    made = np.char.startswith(bank.groups, "made_")
    assert made.tolist() == [False] * 3 + [True] * 5
    assert bank.chances.sum() == pytest.approx(1)
    assert bank.chances[made].sum() == pytest.approx(MADE_SHARE)
    assert bank.chances[0] > 2 * bank.chances[1]
    drawn = bank.draw(400, np.random.default_rng(0))
    assert 60 < made[drawn].sum() < 140
    assert bank.pictures.shape == (8, 224, 224, 3)


def test_made_pictures_stand_alone_where_none_of_the_part_was_collected(tmp_path: Path) -> None:
    for folder in (tmp_path, collected(tmp_path, ["photo"], part="test")):
        bank = fill(folder, "train", 4, seed=1)
        assert len(bank.pictures) == 4
        assert bank.chances.tolist() == [0.25] * 4


def sharpness(picture: np.ndarray) -> float:
    """Return how much neighbouring pixels differ."""
    return float(np.abs(np.diff(picture.astype(int), axis=1)).mean())


def test_published_pictures_are_no_sharper_than_the_paintings() -> None:
    rng = np.random.default_rng(0)
    sharp = rng.integers(0, 255, (224, 224, 3), dtype=np.uint8)
    coarse = published(sharp, rng)
    assert coarse.shape == sharp.shape
    assert sharpness(coarse) < 0.7 * sharpness(sharp)


def test_pictures_to_learn_from_are_published_or_sharp(tmp_path: Path) -> None:
    """Those of the test part are as the bot makes them; folders hold coarse ones already."""
    folder = collected(tmp_path, ["photo"] * 20)
    sharp = np.random.default_rng(0).integers(0, 255, (224, 224, 3), dtype=np.uint8)
    for number in range(20):
        Image.fromarray(sharp).save(folder / f"{number}.png")

    def untouched(part: str) -> float:
        pictures = fill(folder, part, 1, seed=1).pictures[:20]
        return float(np.mean([np.array_equal(picture, sharp) for picture in pictures]))

    assert 0 < untouched("train") < 1
    table = folder / "pictures.csv"
    table.write_text(table.read_text().replace("a package", "folder-pictures"))
    assert untouched("train") == 1
    table.write_text(table.read_text().replace("folder-pictures,train", "a package,test"))
    assert np.array_equal(fill(folder, "test", 1, seed=1).pictures[0], sent(sharp))
    assert sharpness(sent(sharp)) < 0.9 * sharpness(sharp)
