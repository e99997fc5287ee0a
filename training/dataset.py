"""Labelled pictures: reading a folder, splitting it honestly, and serving batches.

A folder holds a ``labels.csv`` with the columns archive, image, artist, artist_name, movements
(ids, ``|`` between several), title, public_domain and artist_class; ``archive`` names a zip beside
it (or is empty where the image is a plain file).
"""

import csv
import hashlib
import io
import json
import math
import zipfile
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from training.augment import as_seen_by_a_phone
from training.recipe import DataPlan, Recipe

CACHE_SIZE = 224
SAME_PAINTING_BITS = 6
"""Two pictures by one painter whose 64-bit difference hashes differ by no more are one painting."""


class DatasetError(Exception):
    """A data folder cannot be used; the message says what is missing."""


@dataclass(frozen=True)
class Example:
    """One picture of the folder and which part of the split it belongs to."""

    archive: str
    image: str
    artist: str
    artist_name: str
    movements: tuple[str, ...]
    title: str
    origin: str
    is_class: bool
    part: str = ""
    """train | validation | test | unseen (a painter held out whole, for movements)."""


@dataclass(frozen=True)
class Prepared:
    """A prepared data set: the examples, their pictures and the label lists."""

    examples: list[Example]
    pictures: NDArray[np.uint8]
    """Shape (n, 224, 224, 3), each picture squeezed to a square; a read-only memory map."""
    artists: list[str]
    artist_names: dict[str, str]
    movements: list[str]

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
                movements=tuple(row["movements"].split("|")),
                title=row["title"],
                origin=row["origin"],
                is_class=row["artist_class"] == "yes",
            )
            for row in rows
            if not plan.public_domain_only or row["public_domain"] == "yes"
        ]
    except KeyError as error:
        raise DatasetError(f"{labels} has no column {error}.") from error


def _fraction(*words: object) -> float:
    """Return a number in 0..1 that depends on the words alone, on every machine."""
    digest = hashlib.sha256("\0".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def difference_hash(picture: NDArray[np.uint8]) -> int:
    """Return the 64-bit difference hash of a picture (each bit: is the right neighbour lighter)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def group_paintings(examples: list[Example], hashes: list[int]) -> list[int]:
    """Return a group number an example; one painting in two files gets one number.

    Two files are one painting where painter and (non-empty) title agree or the pictures' difference
    hashes nearly do.
    """
    parent = list(range(len(examples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    by_artist: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        by_artist[example.artist].append(i)
    for members in by_artist.values():
        for position, i in enumerate(members):
            for j in members[:position]:
                same_title = examples[i].title and examples[i].title == examples[j].title
                if same_title or (hashes[i] ^ hashes[j]).bit_count() <= SAME_PAINTING_BITS:
                    parent[root(i)] = root(j)
    return [root(i) for i in range(len(examples))]


def split(examples: list[Example], groups: list[int], plan: DataPlan, seed: int) -> list[Example]:
    """Assign every example to a part: classes by painting, the other painters whole."""
    done = []
    for example, group in zip(examples, groups, strict=True):
        if example.is_class:
            leader = examples[group]
            chance = _fraction(seed, leader.archive, leader.image)
            held_out = plan.test_share + plan.validation_share
            part = "test" if chance < plan.test_share else "validation" if chance < held_out else ""
        else:
            unseen = _fraction(seed, example.artist) < plan.unseen_painter_share
            part = "unseen" if unseen else ""
        done.append(Example(**{**asdict(example), "part": part or "train"}))
    return done


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
        return _prepared(examples, np.load(store, mmap_mode="r"))
    pictures = np.lib.format.open_memmap(
        store, "w+", np.uint8, (len(examples), CACHE_SIZE, CACHE_SIZE, 3)
    )
    for i, picture in enumerate(_decoded(recipe.data.folder, examples)):
        pictures[i] = picture
    pictures.flush()
    groups = group_paintings(examples, [difference_hash(picture) for picture in pictures])
    examples = split(examples, groups, recipe.data, recipe.seed)
    table.write_text(json.dumps({"key": key, "examples": [asdict(e) for e in examples]}))
    return _prepared(examples, np.load(store, mmap_mode="r"))


def _prepared(examples: list[Example], pictures: NDArray[np.uint8]) -> Prepared:
    names = {e.artist: e.artist_name for e in examples if e.is_class}
    movements = sorted({movement for e in examples for movement in e.movements})
    return Prepared(examples, pictures, sorted(names), names, movements)


def _decoded(folder: Path, examples: list[Example]) -> Any:
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


class Batches(keras.utils.PyDataset):
    """Batches of (pictures, targets, weights) for `keras.Model.fit`.

    Pictures are uint8 of shape (n, size, size, 3): phone-like views when training, clean otherwise.
    """

    def __init__(
        self,
        prepared: Prepared,
        indices: NDArray[np.int64],
        recipe: Recipe,
        *,
        size: int,
        training: bool,
        epoch: int = 0,
    ) -> None:
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=8)
        self._prepared = prepared
        self._indices = indices
        self._recipe = recipe
        self._size = size
        self._training = training
        self._epoch = epoch
        self._artists = prepared.artist_targets(indices)
        self._movements = prepared.movement_targets(indices)
        self._order = self._shuffled()

    def _shuffled(self) -> NDArray[np.int64]:
        order = np.arange(len(self._indices))
        if self._training:
            np.random.default_rng((self._recipe.seed, self._epoch)).shuffle(order)
        return order

    def __len__(self) -> int:
        whole = len(self._indices) / self._recipe.batch_size
        return math.floor(whole) if self._training and whole >= 1 else math.ceil(whole)

    def on_epoch_end(self) -> None:
        """Shuffle anew, the same way for the same epoch in every run."""
        self._epoch += 1
        self._order = self._shuffled()

    def __getitem__(self, number: int) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        start = number * self._recipe.batch_size
        rows = self._order[start : start + self._recipe.batch_size]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, number))
        pictures = np.stack([self._view(self._indices[row], rng) for row in rows])
        known = self._artists[rows] >= 0
        artists = np.eye(len(self._prepared.artists), dtype=np.float32)[self._artists[rows]]
        artists[~known] = 0
        targets = {
            "artist": artists,
            "movement": self._movements[rows],
            "artist_by_embedding": artists,
        }
        weights = {
            "artist": known.astype(np.float32),
            "movement": np.ones(len(rows), np.float32),
            "artist_by_embedding": known.astype(np.float32),
        }
        return pictures, targets, weights

    def _view(self, index: np.int64, rng: np.random.Generator) -> NDArray[np.uint8]:
        picture = self._prepared.pictures[index]
        if self._training:
            return as_seen_by_a_phone(picture, self._size, rng)
        if self._size == picture.shape[0]:
            return picture
        side = (self._size, self._size)
        return cv2.resize(picture, side, interpolation=cv2.INTER_AREA)
