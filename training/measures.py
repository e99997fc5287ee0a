"""Measures of a classifier: how often right, how honest about its doubt, and where to stop."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

NAMED_RIGHT = 0.80
"""A painter (or a movement) is named only where that is right at least this often."""
BINS = 15
Scores = NDArray[np.float32]
Targets = NDArray[np.float32]
"""Rows of labels: positive where a label is right, all zero for a picture without one."""


def one_hot(numbers: NDArray[np.int64], classes: int) -> Targets:
    """Return class numbers as rows of one 1; a row of zeros for -1."""
    rows = np.zeros((len(numbers), classes), np.float32)
    known = numbers >= 0
    rows[np.flatnonzero(known), numbers[known]] = 1
    return rows


def labelled(logits: Scores, targets: Targets) -> tuple[Scores, Targets]:
    """Return the rows that have a label."""
    rows = targets.any(axis=1)
    return logits[rows], targets[rows]


def fit_temperature(logits: Scores, targets: Targets) -> float:
    """Return the temperature that makes the logits' probabilities likeliest.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """
    logits, targets = labelled(logits, targets)

    def loss(temperature: float) -> float:
        return float(-(targets * log_softmax(logits / temperature, axis=1)).sum())

    return minimize_temperature(loss)


def minimize_temperature(loss: Callable[[float], float]) -> float:
    """Return the temperature, within a factor of 7, at which ``loss`` is least."""
    found = minimize_scalar(lambda log: loss(np.exp(log)), bounds=(-2.0, 2.0), method="bounded")
    return float(np.exp(found.x))


def sureness(
    logits: Scores, targets: Targets, temperature: float
) -> tuple[Scores, NDArray[np.bool_]]:
    """Return each best guess's probability, and whether it is right (among several: any).

    For a picture without a right label, no guess is right.
    """
    probabilities = softmax(logits / temperature, axis=1)
    best = probabilities.argmax(axis=1)
    rows = np.arange(len(best))
    return probabilities[rows, best], targets[rows, best] > 0


def threshold(confidence: Scores, right: NDArray[np.bool_]) -> float:
    """Return the least confidence above which guesses are right `NAMED_RIGHT` of the time."""
    order = np.argsort(-confidence)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= NAMED_RIGHT)
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else 1.0


def top(logits: Scores, targets: Targets, k: int) -> float:
    """Return how often a right label is among the best ``k``, of the pictures that have one."""
    logits, targets = labelled(logits, targets)
    best = np.argsort(-logits, axis=1)[:, :k]
    return float((np.take_along_axis(targets, best, axis=1) > 0).any(axis=1).mean())


def calibration_error(confidence: Scores, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over `BINS` equal bins of confidence."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean()
        for b in range(BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))
