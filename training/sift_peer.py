"""The peer of `bot.vision.finder`: SIFT, done carefully, of a whole photo against every work.

It keeps whole descriptors, looks for no canvas, and asks every work in turn. A match counts by
its unique points inside a convex outline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

OF_A_WORK, OF_A_PHOTO = 500, 1500
WORK_SIDE, PHOTO_SIDE = 480, 1024
RATIO, REPROJECTION, FEWEST = 0.8, 4.0, 10


@dataclass(frozen=True)
class Learnt:
    """A work as the peer keeps it."""

    id: str
    points: NDArray[np.float32]
    descriptors: NDArray[np.float32]
    size: tuple[int, int]


def learn(id_: str, picture: Image.Image) -> Learnt:
    """Describe a work."""
    points, descriptors, size = _described(picture, OF_A_WORK, WORK_SIDE)
    return Learnt(id_, points, descriptors, size)


def find(photo: Image.Image, works: Sequence[Learnt]) -> list[str]:
    """Return the ids of the works that a photo shows, the surest first."""
    points, descriptors, _ = _described(photo, OF_A_PHOTO, PHOTO_SIDE)
    found = {work.id: _agreeing(points, descriptors, work) for work in works}
    return sorted((id_ for id_ in found if found[id_] >= FEWEST), key=lambda id_: -found[id_])


def _described(
    picture: Image.Image, most: int, side: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], tuple[int, int]]:
    scale = min(1.0, side / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    gray = np.asarray(picture.convert("L").resize(size, Image.Resampling.LANCZOS))
    sift = cv2.SIFT.create(most, contrastThreshold=0.02)
    points, descriptors = sift.detectAndCompute(gray, None)
    if descriptors is None:
        return np.zeros((0, 2), np.float32), np.zeros((0, 128), np.float32), size
    return np.array([p.pt for p in points], np.float32), np.asarray(descriptors, np.float32), size


def _agreeing(points: NDArray[np.float32], descriptors: NDArray[np.float32], work: Learnt) -> int:
    """Return how many unique points of a work lie in the photo where a homography says."""
    if min(len(points), len(work.points)) < FEWEST:
        return 0
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(descriptors, work.descriptors, k=2)
    clear = [two[0] for two in pairs if two[0].distance < RATIO * two[1].distance]
    if len(clear) < FEWEST:
        return 0
    theirs = work.points[[one.trainIdx for one in clear]]
    mine = points[[one.queryIdx for one in clear]]
    homography, agrees = cv2.findHomography(
        theirs, mine, cv2.USAC_MAGSAC, REPROJECTION, maxIters=2000, confidence=0.999
    )
    if homography is None:
        return 0
    width, height = work.size
    outline = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float32)
    if not cv2.isContourConvex(cv2.perspectiveTransform(outline, homography)[0]):
        return 0
    return len(np.unique(theirs[agrees[:, 0] > 0].round(), axis=0))
