"""Labelled pictures: reading a folder and keeping it ready for training.

A folder holds a ``labels.csv`` with the columns archive, image, artist, artist_name, movements
(ids, ``|`` between several), title, public_domain and artist_class, and perhaps origin (whose
reproduction it is) and year; ``archive`` names a zip beside it, or is empty where the image is a
plain file.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from training.recipe import DataPlan, Recipe, TrainingError, run_folder
from training.splitting import Example, difference_hash, group_paintings, keep_trained, split

CACHE_SIZE = 224
LEAST_TO_BALANCE = 200
LARGEST_BALANCE = 4.0


class DatasetError(TrainingError):
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

    def origin_weights(self, indices: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a weight an example that makes its movement as frequent in every origin.

        Weights are taken over the training part, for pairs of origin and movement with at least
        `LEAST_TO_BALANCE` pictures, and stay within a factor of `LARGEST_BALANCE`.
        """
        train = [self.examples[i] for i in self.part("train")]
        pairs = Counter((e.origin, m) for e in train for m in e.movements)
        origins = Counter(e.origin for e in train)
        weights = {}
        for (origin, movement), count in pairs.items():
            sharing = [o for o in origins if pairs[o, movement] >= LEAST_TO_BALANCE]
            if origin in sharing:
                common = sum(pairs[o, movement] for o in sharing) / sum(origins[o] for o in sharing)
                weight = common / (count / origins[origin])
                weights[origin, movement] = np.clip(weight, 1 / LARGEST_BALANCE, LARGEST_BALANCE)
        found = []
        for i in indices:
            e = self.examples[i]
            found.append(np.mean([weights.get((e.origin, m), 1.0) for m in e.movements] or [1.0]))
        return np.array(found, np.float32)


@dataclass(frozen=True)
class Lineage:
    """What a trained network knows of its data: its labels in order, and what it has seen."""

    artists: list[str]
    movements: list[str]
    trained_on: frozenset[str]
    """`picture_id` of every picture trained on, here and in the network it started from."""


def picture_id(example: Example) -> str:
    """Return a short digest of where a picture lies, the same on every machine."""
    place = "\0".join((str(example.folder), example.archive, example.image))
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def read_lineage(name: str) -> Lineage | None:
    """Return the lineage of the recipe ``name``'s network; nothing where it was not trained here.

    A network can be measured without its forebear; to train from one, it has to be there.
    """
    path = run_folder(name) / "lineage.json"
    if not name or not path.is_file():
        return None
    note = json.loads(path.read_text())
    return Lineage(note["artists"], note["movements"], frozenset(note["trained_on"]))


def write_lineage(recipe: Recipe, prepared: Prepared) -> None:
    """Note in the recipe's run folder what its network is about to learn from."""
    earlier = read_lineage(recipe.network.start_from)
    seen = {picture_id(prepared.examples[i]) for i in prepared.part("train")}
    note = {
        "artists": prepared.artists,
        "movements": prepared.movements,
        "trained_on": sorted(seen | (earlier.trained_on if earlier else frozenset())),
    }
    (recipe.run_folder / "lineage.json").write_text(json.dumps(note))


def read_examples(plan: DataPlan) -> list[Example]:
    """Read ``labels.csv`` of every folder; a painter who is a class in one is one in all.

    Raises `DatasetError` where a folder or a column is missing.
    """
    examples = [e for number in range(len(plan.folders)) for e in _read(plan, number)]
    classes = {e.artist for e in examples if e.is_class}
    return [replace(e, is_class=e.artist in classes) for e in examples]


def _read(plan: DataPlan, number: int) -> list[Example]:
    labels = plan.folders[number] / "labels.csv"
    if not labels.is_file():
        raise DatasetError(f"There is no labels.csv in {labels.parent}.")
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
                folder=number,
                year=row.get("year") or "",
            )
            for row in rows
            if not plan.public_domain_only or row["public_domain"] == "yes"
        ]
    except KeyError as error:
        raise DatasetError(f"{labels} has no column {error}.") from error


def prepare(recipe: Recipe) -> Prepared:
    """Decode every picture once into the recipe's run folder and split the examples.

    A finished cache of the same labels is used again; an unfinished one is made anew. Years do not
    count as labels and are always those of the folder.
    """
    examples = read_examples(recipe.data)
    cache = recipe.run_folder / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    earlier = read_lineage(recipe.network.start_from)
    trained_on = earlier.trained_on if earlier else frozenset()
    what = (examples, recipe.data, recipe.seed, sorted(trained_on))
    key = hashlib.sha256(repr(what).encode()).hexdigest()
    table = cache / "examples.json"
    store = cache / "pictures.npy"
    if table.is_file() and json.loads(table.read_text())["key"] == key:
        rows = json.loads(table.read_text())["examples"]
        examples = [replace(e, part=row["part"]) for e, row in zip(examples, rows, strict=True)]
        return _prepared(examples, np.load(store, mmap_mode="r"), key)
    table.unlink(missing_ok=True)
    pictures = np.lib.format.open_memmap(
        store, "w+", np.uint8, (len(examples), CACHE_SIZE, CACHE_SIZE, 3)
    )
    for i, picture in enumerate(_decoded(recipe.data, examples)):
        pictures[i] = picture
    pictures.flush()
    groups = group_paintings(examples, [difference_hash(picture) for picture in pictures])
    trained = [picture_id(e) in trained_on for e in examples]
    examples = keep_trained(split(examples, groups, recipe.data, recipe.seed), groups, trained)
    table.write_text(json.dumps({"key": key, "examples": [asdict(e) for e in examples]}))
    return _prepared(examples, np.load(store, mmap_mode="r"), key)


def _prepared(examples: list[Example], pictures: NDArray[np.uint8], key: str) -> Prepared:
    """Gather the labels; a painter goes by the name that the earliest folder gives."""
    names = {e.artist: e.artist_name for e in reversed(examples) if e.is_class}
    movements = sorted({movement for e in examples for movement in e.movements})
    return Prepared(examples, pictures, sorted(names), names, movements, key)


def _decoded(plan: DataPlan, examples: list[Example]) -> Iterator[NDArray[np.uint8]]:
    """Yield every example's picture as a 224×224 RGB array."""
    archives: dict[Path, zipfile.ZipFile] = {}
    for example in tqdm(examples, desc="Decoding", unit="picture"):
        folder = plan.folders[example.folder]
        if example.archive:
            path = folder / example.archive
            if path not in archives:
                archives[path] = zipfile.ZipFile(path)
            source: Any = io.BytesIO(archives[path].read(example.image))
        else:
            source = folder / example.image
        with Image.open(source) as image:
            square = image.convert("RGB").resize((CACHE_SIZE, CACHE_SIZE), Image.Resampling.BICUBIC)
        yield np.asarray(square)
    for archive in archives.values():
        archive.close()
