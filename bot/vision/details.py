"""Local features of a picture: small details, and whether two pictures show them in one order.

Details are SIFT's, as square roots (RootSIFT), projected on the directions in which those of
paintings differ most, and kept as 8-bit numbers. Two pictures show one work where enough of their
details match and lie as one plane seen from two sides lays them.
Sources: Lowe 2004, "Distinctive Image Features from Scale-Invariant Keypoints"; Arandjelović &
Zisserman 2012, "Three things everyone should know to improve object retrieval"; Barath et al. 2020,
"MAGSAC++".
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.vision.gallery import FAULTS
from bot.vision.model import ModelError

FILE = "details.npz"
LONGEST = 480
"""Pixels of the longer side of a picture that is described."""
CELLS = 8
"""Details are spread over so many cells a side: the best of every cell come first."""
CONTRAST, EDGE = 0.015, 12.0
"""SIFT's thresholds; paintings are darker and softer than the photographs it was made for."""
SCALE = 400.0
"""A descriptor's entries times this are stored as whole numbers from -127 to 127."""
RATIO = 0.8
"""The nearest detail's distance, at most, over that of the second nearest."""
FEWEST = 6
"""Matches that a homography is sought for."""
REPROJECTION = 5.0
"""Pixels a match may be off, in a picture of `LONGEST`."""
MARGIN = 0.03
"""Details so near to a work's border may be its frame's, and do not count."""


@dataclass(frozen=True)
class Details:
    """Details of one picture, best first: places and descriptors."""

    points: NDArray[np.float32]
    """x and y as shares of width and height, shape (n, 2)."""
    descriptors: NDArray[np.int8]
    """Shape (n, d)."""


@dataclass(frozen=True)
class Match:
    """How a photo shows a work."""

    agreeing: int
    """Details of the work that lie in the photo where the others say."""
    coverage: float
    """Share of the work that the agreeing details span, 0..1."""
    corners: NDArray[np.float32]
    """Where the work's corners are in the photo, as shares of width and height, shape (4, 2)."""


class Describer:
    """Finds the details of pictures; safe from threads."""

    def __init__(self, mean: NDArray[np.float32], basis: NDArray[np.float32]) -> None:
        """Project on ``basis``, shape (128, d), after subtracting ``mean``, shape (128,)."""
        self._mean = mean
        self._basis = basis
        self.version = hashlib.sha256(mean.tobytes() + basis.tobytes()).hexdigest()[:12]
        """Tells descriptions apart that cannot be compared."""

    @classmethod
    def read(cls, path: Path) -> "Describer":
        """Read what `write` wrote. Raises `ModelError`."""
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(file["mean"], file["basis"])
        except FAULTS as error:
            raise ModelError(f"The description of details {path} cannot be read.") from error

    def write(self, path: Path) -> None:
        """Write mean and basis."""
        np.savez(path, mean=self._mean, basis=self._basis)

    def describe(self, picture: Image.Image, most: int) -> Details:
        """Return at most ``most`` details of a flat picture, spread over it, best first."""
        points, roots = root_sift(picture, most)
        projected = (roots - self._mean) @ self._basis
        rows = np.rint(projected * SCALE).clip(-127, 127).astype(np.int8)
        return Details(points, rows)


def root_sift(picture: Image.Image, most: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return places as shares of width and height, (n, 2), and RootSIFT descriptors, (n, 128)."""
    scale = min(1.0, LONGEST / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    gray = np.asarray(picture.convert("L").resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0))
    sift = cv2.SIFT.create(3 * most, contrastThreshold=CONTRAST, edgeThreshold=EDGE)
    found = sift.detect(gray)
    best = [found[i] for i in _spread(found, size)[:most]]
    chosen, descriptors = sift.compute(gray, best)
    if descriptors is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32)
    places = np.array([point.pt for point in chosen], np.float32)
    total = descriptors.sum(axis=1, keepdims=True)
    roots = np.sqrt(descriptors / np.maximum(total, 1e-9)).astype(np.float32)
    return (places / np.array(size)).astype(np.float32), roots


def _spread(found: Sequence[cv2.KeyPoint], size: tuple[int, int]) -> NDArray[np.int64]:
    """Return an order of keypoints in which the strongest of every cell come first, and so on."""
    if not found:
        return np.zeros(0, np.int64)
    places = np.array([point.pt for point in found]) / np.array(size)
    strength = np.array([point.response for point in found])
    cells = (places * CELLS).astype(np.int64).clip(0, CELLS - 1) @ np.array([1, CELLS])
    by_cell = np.lexsort((-strength, cells))
    first = np.r_[True, np.diff(cells[by_cell]) != 0]
    starts = np.maximum.accumulate(np.where(first, np.arange(len(by_cell)), 0))
    rank = np.empty(len(by_cell), np.int64)
    rank[by_cell] = np.arange(len(by_cell)) - starts
    return np.lexsort((-strength, rank))


def match(photo: Details, work: Details, proportion: float = 1.0) -> Match | None:
    """Return how a photo's details show a work's; ``None`` where they do not lie as a plane.

    ``proportion``: the work's width over its height.
    """
    if min(len(photo.points), len(work.points)) < FEWEST:
        return None
    nearest, similar = _alike(photo.descriptors, work.descriptors)
    if similar.sum() < FEWEST:
        return None
    theirs, mine = work.points[nearest[similar]], photo.points[similar]
    plane = np.array([proportion, 1.0]) * LONGEST / max(proportion, 1.0)
    homography, agrees = cv2.findHomography(
        (theirs * plane).astype(np.float32),
        (mine * LONGEST).astype(np.float32),
        cv2.USAC_MAGSAC,
        REPROJECTION,
        maxIters=1000,
        confidence=0.995,
    )
    if homography is None:
        return None
    return _judged(homography, theirs[agrees[:, 0] > 0], plane)


def _alike(
    photo: NDArray[np.int8], work: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each of the photo's details the nearest of the work's, and whether it is clear."""
    mine, theirs = photo.astype(np.float32), work.astype(np.float32)
    distances = (mine**2).sum(axis=1)[:, None] + (theirs**2).sum(axis=1) - 2 * mine @ theirs.T
    two = np.argpartition(distances, 1, axis=1)[:, :2]
    nearest = np.take_along_axis(distances, two, axis=1)
    first = nearest.argmin(axis=1)
    clear = nearest.min(axis=1) < RATIO**2 * nearest.max(axis=1)
    return two[np.arange(len(two)), first], clear


def _judged(
    homography: NDArray[Any],
    agreeing: NDArray[np.float32],
    plane: NDArray[np.float64],
) -> Match | None:
    """Return the match where the homography is one that a camera can see a wall by."""
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
    corners = cv2.perspectiveTransform((square * plane)[None], homography)[0] / LONGEST
    depth = np.column_stack([square * plane, np.ones(4)]) @ homography[2]
    sides = np.roll(corners, -1, axis=0) - corners
    after = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    if (depth * depth[0] <= 0).any() or (turns <= 0).any():
        return None
    inner = agreeing[((agreeing > MARGIN) & (agreeing < 1 - MARGIN)).all(axis=1)]
    unique = np.unique(inner.round(3), axis=0)
    if len(unique) < 3:
        return None
    coverage = cv2.contourArea(cv2.convexHull(unique.astype(np.float32)))
    return Match(len(unique), float(coverage), corners.astype(np.float32))
