"""Batches for training and for validation, the same ones in every run of a recipe."""

import math
from typing import Any

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.augment import as_seen_by_a_phone
from training.dataset import Prepared
from training.recipe import Recipe


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
            "movement": self._movements[rows].any(axis=1).astype(np.float32),
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
