"""Pictures made here of what is no painting, by kind; the same seed makes the same pictures."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from training.everyday.brush import Picture, Rng
from training.everyday.papers import document
from training.everyday.screens import screenshot
from training.everyday.walls import darkness, defocus, finger, ground, moire, noise, plain, wall

KINDS: dict[str, tuple[Callable[[Rng, int], Picture], int]] = {
    "wall": (wall, 6),
    "document": (document, 6),
    "screenshot": (screenshot, 6),
    "plain": (plain, 1),
    "dark": (darkness, 1),
    "defocus": (defocus, 1),
    "finger": (finger, 1),
    "noise": (noise, 1),
    "moire": (moire, 1),
    "ground": (ground, 1),
}
"""Group → (how it is made, how often)."""


def make(count: int, seed: int, size: int = 224) -> tuple[NDArray[np.uint8], list[str]]:
    """Return ``count`` made pictures, shape (count, size, size, 3), and the group of each."""
    names = list(KINDS)
    often = np.array([KINDS[name][1] for name in names], float)
    rng = np.random.default_rng(seed)
    groups = [names[int(i)] for i in rng.choice(len(names), count, p=often / often.sum())]
    pictures = [
        KINDS[group][0](np.random.default_rng((seed, i)), size) for i, group in enumerate(groups)
    ]
    return np.stack(pictures), groups
