"""Labelled pictures: reading a folder and keeping it ready for training.

A folder holds a ``labels.csv`` with the columns archive, image, artist, artist_name, movements
(ids, ``|`` between several), title, public_domain and artist_class, and perhaps origin (whose
reproduction it is); ``archive`` names a zip beside it, or is empty where the image is a plain file.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from training.recipe import DataPlan, Recipe
from training.splitting import Example, difference_hash, group_paintings, split

CACHE_SIZE = 224


class DatasetError(Exception):
    """A data folder cannot be used; the message says what is missing."""


@dataclass(frozen=True)
class Prepared:
    """A prepared data set: the examples, their pictures and the label lists."""

    examples: list[Example]
    pictures: NDArray[np.uint8]
    """Shape (n, 224, 224, 3), each picture squeezed to a square; a read-only memory map."""
    artists: list[str]
    artist_names: dict[str, str]
    movements: list[str]
    key: str
    """A digest of labels and split; two data sets with one key are the same."""

    def part(self, name: str) -> NDArray[np.int64]:
        """Return the indices of one part of the split."""
        return np.array([i for i, e in enumerate(self.examples) if e.part == name], np.int64)

    def artist_targets(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return class numbers, -1 for a painter who is no class."""
        number = {artist: i for i, artist in enumerate(self.artists)}
        return np.array([number.get(self.examples[i].artist, -1) for i in indices], np.int64)

    def movement_targets(self, indices: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return rows that sum to 1, shared evenly where a painting has several movements."""
        number = {movement: i for i, movement in enumerate(self.movements)}
        targets = np.zeros((len(indices), len(self.movements)), np.float32)
        for row, i in enumerate(indices):
            for movement in self.examples[i].movements:
                targets[row, number[movement]] = 1 / len(self.examples[i].movements)
        return targets


def read_examples(plan: DataPlan) -> list[Example]:
    """Read ``labels.csv``. Raises `DatasetError` where the folder or a column is missing."""
    labels = plan.folder / "labels.csv"
    if not labels.is_file():
        raise DatasetError(f"There is no labels.csv in {plan.folder}.")
    with labels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [
            Example(
                archive=row["archive"],
                image=row["image"],
                artist=row["artist"],
                artist_name=row["artist_name"],
                movements=tuple(filter(None, row["movements"].split("|"))),
                title=row["title"],
                origin=row.get("origin", ""),
                is_class=row["artist_class"] == "yes",
            )
            for row in rows
            if not plan.public_domain_only or row["public_domain"] == "yes"
        ]
    except KeyError as error:
        raise DatasetError(f"{labels} has no column {error}.") from error


def prepare(recipe: Recipe) -> Prepared:
    """Decode every picture once into the recipe's run folder and split the examples.

    A finished cache of the same labels is used again; an unfinished one is made anew.
    """
    examples = read_examples(recipe.data)
    cache = recipe.run_folder / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    key = hashlib.sha256(repr((examples, recipe.data, recipe.seed)).encode()).hexdigest()
    table = cache / "examples.json"
    store = cache / "pictures.npy"
    if table.is_file() and json.loads(table.read_text())["key"] == key:
        rows = json.loads(table.read_text())["examples"]
        examples = [Example(**{**row, "movements": tuple(row["movements"])}) for row in rows]
        return _prepared(examples, np.load(store, mmap_mode="r"), key)
    table.unlink(missing_ok=True)
    pictures = np.lib.format.open_memmap(
        store, "w+", np.uint8, (len(examples), CACHE_SIZE, CACHE_SIZE, 3)
    )
    for i, picture in enumerate(_decoded(recipe.data.folder, examples)):
        pictures[i] = picture
    pictures.flush()
    groups = group_paintings(examples, [difference_hash(picture) for picture in pictures])
    examples = split(examples, groups, recipe.data, recipe.seed)
    table.write_text(json.dumps({"key": key, "examples": [asdict(e) for e in examples]}))
    return _prepared(examples, np.load(store, mmap_mode="r"), key)


def _prepared(examples: list[Example], pictures: NDArray[np.uint8], key: str) -> Prepared:
    names = {e.artist: e.artist_name for e in examples if e.is_class}
    movements = sorted({movement for e in examples for movement in e.movements})
    return Prepared(examples, pictures, sorted(names), names, movements, key)


def _decoded(folder: Path, examples: list[Example]) -> Iterator[NDArray[np.uint8]]:
    """Yield every example's picture as a 224×224 RGB array."""
    archives: dict[str, zipfile.ZipFile] = {}
    for example in tqdm(examples, desc="Decoding", unit="picture"):
        if example.archive:
            if example.archive not in archives:
                archives[example.archive] = zipfile.ZipFile(folder / example.archive)
            source: Any = io.BytesIO(archives[example.archive].read(example.image))
        else:
            source = folder / example.image
        with Image.open(source) as image:
            square = image.convert("RGB").resize((CACHE_SIZE, CACHE_SIZE), Image.Resampling.BICUBIC)
        yield np.asarray(square)
    for archive in archives.values():
        archive.close()
