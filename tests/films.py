"""Short videos for tests, made here."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

CODECS = {"mp4": "mp4v", "mov": "mp4v", "avi": "MJPG"}


def _tiles() -> NDArray[np.uint8]:
    """A picture of large coloured tiles: sharp at its edges, and easily compressed."""
    colours = np.random.default_rng(5).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    return np.kron(colours, np.ones((20, 20, 1), dtype=np.uint8))


SHARP = _tiles()
BLURRED = cv2.GaussianBlur(SHARP, (0, 0), 9).astype(np.uint8)
BLACK = np.zeros_like(SHARP)


def film(
    folder: Path, frames: Sequence[NDArray[np.uint8]], kind: str = "mp4", rate: float = 10
) -> bytes:
    """Return a video of these frames (BGR, all of one size), so many a second."""
    path = folder / f"film.{kind}"
    height, width = frames[0].shape[:2]
    code = cv2.VideoWriter.fourcc(*CODECS[kind])
    writer = cv2.VideoWriter(str(path), code, rate, (width, height))
    assert writer.isOpened()
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path.read_bytes()
