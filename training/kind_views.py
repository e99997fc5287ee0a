"""Views of paintings and of what is no painting, as features, for `training.kind`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from training.augment import Picture, as_seen_by_a_phone
from training.dataset import Prepared
from training.everyday.collect import Everyday, read_everyday
from training.everyday.made import make
from training.exported import Network
from training.phone import framed_on_wall
from training.splitting import fraction

SIDE = 224
CHUNK = 128
HARD = frozenset(
    (
        *("minimalism", "suprematism", "abstract-expressionism", "abstract", "photorealism"),
        *("constructivism", "pop-art", "ukiyo-e", "shin-hanga", "tonalism"),
        *("posterartrealism", "new-european-painting"),
    )
)
"""Movements whose works look most like walls, screens, posters or photographs: drawn more often."""
HARD_WEIGHT = 2.5
SOUGHT = {"photo": 4.0, "face": 4.0, "food": 2.0, "animal": 1.5}
"""Groups that visitors send most and packages ship least."""
Features = NDArray[np.float32]
View = Callable[[Picture, np.random.Generator], Picture]


@dataclass(frozen=True)
class Seen:
    """Features of many views, the group of each, and whether it shows a painting."""

    features: Features
    groups: NDArray[np.str_]
    painting: NDArray[np.bool_]


def pooled(network: Network, pictures: NDArray[np.uint8]) -> Features:
    """Return the mean over the feature map's places, shape (n, 1280)."""
    return np.concatenate(
        [
            np.asarray(network.predict(pictures[at : at + CHUNK])["feature_map"]).mean((1, 2))
            for at in range(0, len(pictures), CHUNK)
        ]
    )


def clean(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return the picture as it is."""
    return picture


def phone(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a phone-like view; see `as_seen_by_a_phone`."""
    return as_seen_by_a_phone(picture, SIDE, rng)


def on_wall(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a photo of the picture framed on a wall, of which it takes a quarter to nearly all.

    The cache holds squares; works get proportions again here, not their own.
    """
    shape = np.exp(rng.uniform(-0.35, 0.35) * np.array([0.5, -0.5])) * SIDE
    width, height = (round(float(side)) for side in shape)
    canvas = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return framed_on_wall(canvas, rng)  # type: ignore[arg-type]


VIEWS: dict[str, View] = {"clean": clean, "phone": phone, "on_wall": on_wall}


def held_out(prepared: Prepared, part: str) -> NDArray[np.int64]:
    """Return the pictures of ``validation`` or ``test`` with half of the painters held out whole.

    Works by painters whom the trunk never met are the ones most easily taken for something else.
    """
    strangers = prepared.part("unseen")
    mine = [
        (fraction("strangers", prepared.examples[i].artist) < 0.5) == (part == "validation")
        for i in strangers
    ]
    return np.concatenate([prepared.part(part), strangers[np.array(mine, bool)]])


def painting_views(
    network: Network, prepared: Prepared, indices: NDArray[np.int64], count: int, seed: int
) -> Seen:
    """Return views of ``count`` of some paintings, by turns clean, phone-like and on a wall."""
    rng = np.random.default_rng(seed)
    hard = [any(m in HARD for m in prepared.examples[i].movements) for i in indices]
    weights = np.where(hard, HARD_WEIGHT, 1.0)
    again = count > len(indices)
    chosen = rng.choice(indices, count, replace=again, p=weights / weights.sum())
    names = [list(VIEWS)[i % len(VIEWS)] for i in range(count)]
    views = [
        VIEWS[name](np.asarray(prepared.pictures[i]), rng)
        for i, name in zip(chosen, names, strict=True)
    ]
    return Seen(pooled(network, np.stack(views)), np.array(names), np.ones(count, bool))


def other_views(
    network: Network, folder: Path, part: str, counts: tuple[int, int], seed: int
) -> Seen:
    """Return views of what is no painting: of a part, so many collected pictures and made ones.

    Half of the views are phone-like, the others as they are.
    """
    rng = np.random.default_rng(seed)
    rows = [row for row in read_everyday(folder) if row.part == part]
    chosen = (
        _drawn(rows, counts[0], rng) if rows and part == "train" else rng.permutation(len(rows))
    )
    chosen = chosen[: counts[0]]
    pictures = [_read(folder, rows[i]) for i in chosen]
    drawn, kinds = make(counts[1], seed, SIDE)
    views = [
        phone(picture, rng) if rng.random() < 0.5 else picture for picture in (*pictures, *drawn)
    ]
    groups = [rows[i].group for i in chosen] + [f"made_{kind}" for kind in kinds]
    return Seen(pooled(network, np.stack(views)), np.array(groups), np.zeros(len(views), bool))


def _drawn(rows: list[Everyday], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw pictures to train on; those of small groups, and of `SOUGHT` ones, more than once."""
    sizes = Counter(row.group for row in rows)
    chances = np.array([SOUGHT.get(row.group, 1.0) / sizes[row.group] ** 0.5 for row in rows])
    return rng.choice(len(rows), count, p=chances / chances.sum())


def _read(folder: Path, row: Everyday) -> Picture:
    with Image.open(folder / row.image) as image:
        return np.asarray(image.convert("RGB"))


def joined(*seen: Seen) -> Seen:
    """Return several lots of views as one."""
    return Seen(
        np.concatenate([lot.features for lot in seen]),
        np.concatenate([lot.groups for lot in seen]),
        np.concatenate([lot.painting for lot in seen]),
    )
