"""Batches for training and for validation, the same ones in every run of a recipe."""

import math
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.augment import Picture, as_reproduced, as_seen_by_a_phone
from training.dataset import Prepared
from training.everyday.bank import Bank
from training.phone import phone_view
from training.recipe import Recipe, StagePlan
from training.visitors import CARELESS

Rows = dict[str, NDArray[np.float32]]


def mixed(
    pictures: NDArray[np.uint8], targets: Rows, weights: Rows, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], Rows, Rows]:
    """Mix every picture of a batch with another: a rectangle of it (CutMix), or all of it (mixup).

    Targets are shared in the same proportion; a picture without a label takes no part in them.
    Sources: Yun et al. 2019, "CutMix"; Zhang et al. 2018, "mixup".
    """
    partner = rng.permutation(len(pictures))
    size = pictures.shape[1]
    if rng.random() < 1 / 3:
        share = float(rng.beta(0.4, 0.4))
        blend = cv2.addWeighted(pictures, share, pictures[partner], 1 - share, 0.0)
        blended = np.asarray(blend, np.uint8)
    else:
        side = np.sqrt(rng.uniform(0.1, 0.6)) * size
        stretch = np.exp(rng.uniform(-0.4, 0.4))
        height, width = (min(size, round(side * s)) for s in (stretch, 1 / stretch))
        top, left = rng.integers(0, size - height + 1), rng.integers(0, size - width + 1)
        window = np.s_[:, top : top + height, left : left + width]
        blended = pictures.copy()
        blended[window] = pictures[partner][window]
        share = 1 - height * width / size**2
    new_targets: Rows = {}
    new_weights: Rows = {}
    for name, target in targets.items():
        mine = share * weights[name]
        other = (1 - share) * weights[name][partner]
        new_weights[name] = mine + other
        part = (mine / np.maximum(mine + other, 1e-6))[:, None]
        new_targets[name] = (part * target + (1 - part) * target[partner]).astype(np.float32)
    return blended, new_targets, new_weights


class Batches(keras.utils.PyDataset):
    """Batches of (pictures, targets, weights) for `keras.Model.fit`.

    Pictures are uint8 of shape (n, size, size, 3): phone-like views when training, clean otherwise.
    When training, ``others``, which are no paintings and have no other label, join every batch.
    """

    def __init__(
        self,
        prepared: Prepared,
        indices: NDArray[np.int64],
        recipe: Recipe,
        *,
        size: int,
        stage: StagePlan | None = None,
        epoch: int = 0,
        others: Bank | None = None,
    ) -> None:
        """Without a ``stage`` nothing is trained: the pictures come clean and in their order."""
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=8)
        self._prepared = prepared
        self._indices = indices
        self._recipe = recipe
        self._size = size
        self._stage = stage
        self._epoch = epoch
        self._others = others if stage else None
        self._artists = prepared.artist_targets(indices)
        self._movements = prepared.movement_targets(indices)
        labelled = self._movements.any(axis=1).astype(np.float32)
        balanced = stage and recipe.balance_origins
        weights = prepared.origin_weights(indices) if balanced else np.ones_like(labelled)
        self._movement_weights = labelled * weights
        self._order = self._shuffled()

    def _shuffled(self) -> NDArray[np.int64]:
        order = np.arange(len(self._indices))
        if self._stage:
            np.random.default_rng((self._recipe.seed, self._epoch)).shuffle(order)
        return order

    def __len__(self) -> int:
        whole = len(self._indices) / self._recipe.batch_size
        return math.floor(whole) if self._stage and whole >= 1 else math.ceil(whole)

    def on_epoch_end(self) -> None:
        """Shuffle anew, the same way for the same epoch in every run."""
        self._epoch += 1
        self._order = self._shuffled()

    def __getitem__(self, number: int) -> tuple[Any, dict[str, Any], dict[str, Any]]:
        start = number * self._recipe.batch_size
        rows = self._order[start : start + self._recipe.batch_size]
        rng = np.random.default_rng((self._recipe.seed, self._epoch, number))
        hung = self._stage.hung if self._stage else 0.0
        pictures = np.stack(
            [self._view(self._prepared.pictures[self._indices[r]], rng, hung) for r in rows]
        )
        targets, weights = self._labels(rows)
        if self._others and self._stage:
            often = self._stage.others_hung
            drawn = self._others.draw(self._recipe.everyday, rng)
            views = np.stack(
                [
                    self._view(self._others.pictures[i], rng, hung if often is None else often)
                    for i in drawn
                ]
            )
            pictures, targets, weights = _joined(pictures, views, targets, weights)
        if self._stage and rng.random() < self._stage.mixing:
            return mixed(pictures, targets, weights, rng)
        return pictures, targets, weights

    def _labels(self, rows: NDArray[np.int64]) -> tuple[Rows, Rows]:
        known = self._artists[rows] >= 0
        artists = np.eye(len(self._prepared.artists), dtype=np.float32)[self._artists[rows]]
        artists[~known] = 0
        counts = known.astype(np.float32)
        ones = np.ones(len(rows), np.float32)
        targets = {
            "artist": artists,
            "movement": self._movements[rows],
            "artist_by_embedding": artists,
            "painting": ones[:, None],
        }
        weights = {
            "artist": counts,
            "movement": self._movement_weights[rows],
            "artist_by_embedding": counts,
            "painting": ones,
        }
        return targets, weights

    def _view(self, picture: Picture, rng: np.random.Generator, hung: float) -> Picture:
        stage, side = self._stage, (self._size, self._size)
        if stage is None:
            if picture.shape[:2] == side:
                return picture
            return cv2.resize(picture, side, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]
        if stage.varied and rng.random() < stage.varied:
            picture = as_reproduced(np.ascontiguousarray(picture), rng)
        chance = rng.random()
        if chance >= hung + stage.plain:
            return as_seen_by_a_phone(picture, self._size, rng)
        mirrored = np.ascontiguousarray(picture[:, ::-1] if rng.random() < 0.5 else picture)
        if chance < hung:
            return phone_view(mirrored, rng, self._size, CARELESS)
        return cv2.resize(mirrored, side, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _joined(
    pictures: NDArray[np.uint8], views: NDArray[np.uint8], targets: Rows, weights: Rows
) -> tuple[NDArray[np.uint8], Rows, Rows]:
    """Add views of what is no painting; nothing else is known of them."""
    more = (0, len(views))
    targets = {name: np.pad(rows, (more, (0, 0))) for name, rows in targets.items()}
    weights = {name: np.pad(row, more) for name, row in weights.items()}
    weights["painting"] = np.ones_like(weights["painting"])
    return np.concatenate([pictures, views]), targets, weights
