"""What a report is made from: the answers of both heads to the test part."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from training.splitting import Example


@dataclass(frozen=True)
class Head:
    """One head's calibrated answers to n pictures, and what would have been right."""

    title: str
    """``Painters`` or ``Movements``."""
    ids: tuple[str, ...]
    names: tuple[str, ...]
    works: NDArray[np.int64]
    """Pictures of each label that the network learnt from, shape (classes,)."""
    order: NDArray[np.int64]
    """The labels in the order in which a matrix shows them, shape (classes,)."""
    probabilities: NDArray[np.float32]
    """Shape (n, classes), rows sum to 1."""
    targets: NDArray[np.float32]
    """Shape (n, classes), positive where a label is right; a row of zeros has no label."""
    temperature: float
    threshold: float
    """Confidence from which the best guess is named."""

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Which pictures have a label, shape (n,)."""
        return np.any(self.targets, axis=1)

    @property
    def guess(self) -> NDArray[np.int64]:
        """The label number of each best guess, shape (n,)."""
        return self.probabilities.argmax(axis=1)

    @property
    def confidence(self) -> NDArray[np.float32]:
        """The probability of each best guess, shape (n,)."""
        return self.probabilities.max(axis=1)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each best guess is a right label (among several: any), shape (n,)."""
        return np.take_along_axis(self.targets, self.guess[:, None], axis=1)[:, 0] > 0

    @property
    def truth(self) -> NDArray[np.int64]:
        """One right label a picture: the guess where it is right, else the first; -1 for none."""
        first = np.where(self.asked, self.targets.argmax(axis=1), -1)
        return np.where(self.right, self.guess, first)

    def among(self, rows: NDArray[np.bool_]) -> "Head":
        """Return the same head on some of the pictures."""
        return replace(self, probabilities=self.probabilities[rows], targets=self.targets[rows])


@dataclass(frozen=True)
class Evaluated:
    """Both heads' answers to the same n pictures, row by row, and the pictures themselves."""

    network: str
    """``name@version`` of the recipe."""
    painters: Head
    movements: Head
    movement_of_painter: tuple[str, ...]
    """The name of each painter's most frequent movement, in the order of the painters' labels."""
    examples: list[Example]
    pictures: NDArray[np.uint8]
    """Shape (all pictures, side, side, 3), a memory map; ``indices`` says which are the n."""
    indices: NDArray[np.int64]
