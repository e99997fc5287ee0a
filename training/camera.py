"""The camera before a painting: where a visitor stands, and what of the scene the view keeps."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.augment import Picture
from training.visitors import VISITORS, Ranges

Matrix = NDArray[np.float64]
"""A homography, shape (3, 3)."""


def viewpoint(
    picture: Picture, rng: np.random.Generator, size: int, ranges: Ranges = VISITORS
) -> Matrix:
    """Return the homography from the picture's to the view's coordinates, both in pixels.

    Coordinates are of pixels' corners: the picture spans 0..width, the view 0..size.
    """
    height, width = picture.shape[:2]
    longer = max(height, width)
    to_plane = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, longer]]) / longer
    to_image = _camera(rng, ranges) @ to_plane
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    quad = cv2.perspectiveTransform(corners, to_image)[0]
    left, top, wide, high = _crop(quad, rng, ranges)
    crop = np.diag([size / wide, size / high, 1.0])
    crop[:2, 2] = [-left * size / wide, -top * size / high]
    return crop @ to_image


def _camera(rng: np.random.Generator, ranges: Ranges) -> Matrix:
    """Return a pinhole camera's homography from the canvas's plane to the image."""
    slant, roll = np.deg2rad([rng.uniform(*ranges.slant), rng.uniform(*ranges.roll)])
    towards = rng.uniform(0, 2 * np.pi)
    axis = np.array([np.cos(towards), np.sin(towards), 0]) * slant
    turn = cv2.Rodrigues(np.array([0, 0, roll]))[0] @ cv2.Rodrigues(axis)[0]
    return np.column_stack([turn[:, 0], turn[:, 1], [0, 0, rng.uniform(*ranges.distance)]])


def _crop(quad: Matrix, rng: np.random.Generator, ranges: Ranges) -> tuple[float, ...]:
    """Return left, top, width and height of the view around (or within) the canvas's corners."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    box = high - low
    if rng.random() < ranges.cut_chance:
        kept = 1 - rng.uniform(*ranges.cut)
        share = rng.uniform()
        sides = box * [kept**share, kept ** (1 - share)]
    else:
        area = cv2.contourArea(quad.astype(np.float32)) / rng.uniform(*ranges.fill)
        wide = np.sqrt(area * box[0] / box[1] * np.exp(rng.uniform(*ranges.shape)))
        sides = np.maximum(box, [wide, area / wide])
    left, top = low + (box - sides) * rng.uniform(0.2, 0.8, 2)
    return left, top, *sides
