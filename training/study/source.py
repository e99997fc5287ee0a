"""What the rows of one task share, each part of it made once.

Those are the views of every epoch, and what the untouched (frozen) part of a trunk says of them.
"""

from concurrent.futures import ThreadPoolExecutor

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.augment import as_seen_by_a_phone
from training.study.subset import Pictures, Subset

THREADS = 2
AT_ONCE = 64
View = tuple[int, int]
"""A seed and an epoch, which decide what is done to the pictures."""
CLEAN: View = (-1, 0)
"""The training pictures unchanged, the same for every seed and epoch."""
TEST: View = (-1, 1)
"""The test pictures, unchanged."""


class Source:
    """A task's pictures at the study's size, and the frozen features of them."""

    def __init__(self, subset: Subset, side: int) -> None:
        self.subset = subset
        self.targets = _one_hot(subset.training.classes, len(subset.classes))
        self.test_targets = _one_hot(subset.test.classes, len(subset.classes))
        self._side = side
        self._views: dict[View, Pictures] = {}
        self._features: dict[tuple[str, str, View], NDArray[np.float32]] = {}

    def views(self, view: View) -> Pictures:
        """Return the pictures of a view, uint8 (n, side, side, 3)."""
        if view not in self._views:
            part = self.subset.test if view == TEST else self.subset.training
            with ThreadPoolExecutor(THREADS) as pool:
                numbers = range(len(part.pictures))
                views = pool.map(lambda i: self._seen(part.pictures[i], view, i), numbers)
                self._views[view] = np.stack(list(views))
        return self._views[view]

    def _seen(self, picture: Pictures, view: View, number: int) -> Pictures:
        if view in (CLEAN, TEST):
            side = (self._side, self._side)
            return cv2.resize(picture, side, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]
        return as_seen_by_a_phone(picture, self._side, np.random.default_rng((*view, number)))

    def features(self, backbone: str, frozen: keras.Model, view: View) -> NDArray[np.generic]:
        """Return what the frozen part of an ImageNet trunk says of a view."""
        if len(frozen.layers) == 1:  # nothing is frozen
            return self.views(view)
        key = (backbone, frozen.layers[-1].name, view)
        if key not in self._features:
            self._features[key] = frozen.predict(self.views(view), batch_size=AT_ONCE, verbose=0)
        return self._features[key]


def _one_hot(classes: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    return np.eye(count, dtype=np.float32)[classes]
