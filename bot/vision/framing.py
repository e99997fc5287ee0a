"""Where the canvases are in a photo, and each of them made flat.

A canvas on a wall is bounded by edges, or by a wall that is smooth and reaches the photo's border.
Both are looked for at a small size; what is nearly a quadrilateral is kept, and the larger, the
better bounded and the nearer to the middle, the earlier it comes. A frame's outer and inner edge
may both be found: they are two candidates for one canvas.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Corners = NDArray[np.float32]
"""Four corners, shape (4, 2), clockwise from the upper left, as shares of width and height. They
may lie beyond the photo."""
Pixels = NDArray[np.uint8]

MOST_CANVASES = 5
SIDE = 480
"""Canvases are looked for in a photo of at most so many pixels a side."""
BORDER = 12
"""Pixels put around it, so that outlines that leave the photo can close."""
SMALLEST, LARGEST = 0.02, 0.98
"""Share of the photo that a canvas takes."""
FULLNESS = (0.8, 1.25)
"""An outline's area over that of its four corners."""
MOST_OBLIQUE = 0.75
"""The cosine of the sharpest corner, and of its supplement."""
MOST_OBLONG = 5.0
NARROWEST = 0.08
"""The shortest side, as a share of the photo's shorter one."""
SAME = 0.75
"""Two outlines that share so much of what either covers are one."""
CANNY = ((20, 60), (40, 110), (80, 200))
SMOOTH, STEEP = 30, 60
"""Gradients below are a wall's; above, an edge's."""
RIM = 15
"""Pixels around a canvas that may be its frame's."""
LEAST_AROUND = 0.005
"""Share of the photo that must lie around a canvas to be judged."""
MOSTLY_SMOOTH = 0.65
"""Share of what is around it that is smooth where it hangs on a wall."""
WELL_ABOVE = 1.5
"""A canvas of so many times the pixels a side that are wanted is made smaller first."""
FOCAL_LENGTH = 0.75
"""Of a phone's main camera, in lengths of the photo's longer side."""
WHOLE: Corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)


@dataclass(frozen=True)
class Outline:
    """Four corners in pixels of the small photo, and how well they are filled, 0..1."""

    corners: Corners
    fullness: float


def find_canvases(photo: Image.Image) -> tuple[Corners, ...]:
    """Return where canvases may be in an RGB photo, the main subject first.

    At most `MOST_CANVASES` are returned; none where the painting fills the photo, or stands before
    what is no plain wall.
    """
    lab = _softened(photo)
    shape = lab.shape[1], lab.shape[0]
    slope = _slope(lab)
    edges = cv2.dilate((slope > STEEP).astype(np.float32), np.ones((3, 3)))
    size = np.array(shape, np.float32)
    found: list[tuple[float, Corners]] = []
    for outline in (*_edged(lab), *_off_the_wall(slope)):
        corners = _clockwise(outline.corners)
        area = cv2.contourArea(corners) / float(np.prod((size - 1).clip(1)))
        if area > LARGEST or not _plausible(corners, size):
            continue
        off_centre = float(np.hypot(*(corners.mean(axis=0) / size - 0.5)))
        bounded = _bounded(corners, edges)  # type: ignore[arg-type]
        weight = outline.fullness * bounded * area**0.5 * (1 - off_centre / 2)
        found.append((weight, corners))
    found.sort(key=lambda candidate: -candidate[0])
    kept: list[Corners] = []
    for _, corners in found:
        if all(overlap(corners, other) < SAME for other in kept):
            kept.append(corners)
    return tuple(corners / size for corners in kept[:MOST_CANVASES])


def hangs_on_a_wall(photo: Image.Image, canvas: Corners) -> bool:
    """Say whether what is around a canvas in an RGB photo is mostly smooth, as a wall is.

    In a photo that a painting fills, what looks like a canvas is a part of that painting.
    """
    lab = _softened(photo)
    size = np.array(lab.shape[1::-1])
    inside = np.zeros(lab.shape[:2], np.uint8)
    cv2.fillPoly(inside, [(canvas * size).astype(np.int32)], 1)
    around = cv2.dilate(inside, np.ones((RIM, RIM))) == 0
    if around.mean() < LEAST_AROUND:
        return False
    return bool((_slope(lab)[around] < SMOOTH).mean() >= MOSTLY_SMOOTH)


def flatten(photo: Image.Image, corners: Corners, longest: int) -> Image.Image:
    """Return what the corners bound in an RGB photo, seen straight on, in its true proportions.

    The longer side has ``longest`` pixels. What lies beyond the photo repeats its border.
    """
    size = np.array(photo.size, np.float32)
    source = (corners * size).astype(np.float32)
    ratio = proportion(source, size)
    width, height = (longest, longest / ratio) if ratio >= 1 else (longest * ratio, longest)
    flat = (max(1, round(width)), max(1, round(height)))
    target = WHOLE * np.array(flat, np.float32)
    shrink = float(np.sqrt(cv2.contourArea(source) / (flat[0] * flat[1])))
    if shrink > WELL_ABOVE:
        smaller = (max(1, round(size[0] / shrink)), max(1, round(size[1] / shrink)))
        photo = photo.resize(smaller, Image.Resampling.BOX, reducing_gap=1.0)
        source = (corners * np.array(smaller)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    straight = cv2.warpPerspective(
        np.asarray(photo), matrix, flat, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return Image.fromarray(straight)


def proportion(corners: Corners, size: NDArray[np.float32]) -> float:
    """Return width over height of the rectangle that a phone sees at these corners, in pixels.

    The camera's axis goes through the middle of a photo of ``size``.
    Source: Zhang & He 2007, "Whiteboard scanning and image enhancement", with `FOCAL_LENGTH` for
    the focal length, which a canvas that is hardly slanted does not tell.
    """
    focal_length = FOCAL_LENGTH * float(np.max(size))
    rays = np.column_stack([(corners - size / 2) / focal_length, np.ones(4)])
    upper_left, upper_right, lower_right, lower_left = rays.astype(np.float64)
    diagonal = np.cross(upper_left, lower_right)
    far_right = (diagonal @ lower_left) / (np.cross(upper_right, lower_right) @ lower_left)
    far_down = (diagonal @ upper_right) / (np.cross(lower_left, lower_right) @ upper_right)
    width = float(np.linalg.norm(far_right * upper_right - upper_left))
    height = float(np.linalg.norm(far_down * lower_left - upper_left))
    return width / max(height, 1e-9)


def overlap(one: Corners, other: Corners) -> float:
    """Return what two convex outlines share of what either covers, 0..1."""
    shared, _ = cv2.intersectConvexConvex(one, other)
    return float(shared / max(cv2.contourArea(one) + cv2.contourArea(other) - shared, 1e-9))


def _softened(photo: Image.Image) -> Pixels:
    """Return an RGB photo small, in CIELAB, its grain smoothed away and its edges kept."""
    scale = min(1.0, SIDE / max(photo.size))
    size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    small = np.asarray(photo.resize(size, Image.Resampling.BOX, reducing_gap=1.0))
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.bilateralFilter(lab, 5, 20, 5), np.uint8)


def _slope(lab: Pixels) -> NDArray[np.float32]:
    """Return the steepest gradient of the three channels at each pixel."""
    slopes = [
        cv2.magnitude(cv2.Scharr(channel, cv2.CV_32F, 1, 0), cv2.Scharr(channel, cv2.CV_32F, 0, 1))
        for channel in cv2.split(lab)
    ]
    return np.asarray(np.maximum.reduce(slopes), np.float32)


def _edged(lab: Pixels) -> Iterator[Outline]:
    """Yield the outlines of what lies between edges; the photo's border closes what it cuts."""
    height, width = lab.shape[:2]
    padded = cv2.copyMakeBorder(lab, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_REPLICATE)
    channels = cv2.split(padded)
    for low, high in CANNY:
        edges = np.bitwise_or.reduce([cv2.Canny(channel, low, high) for channel in channels])
        for thickness in (3, 7):
            closed = cv2.dilate(edges, np.ones((thickness, thickness), np.uint8))
            inside = np.zeros_like(closed)
            inside[BORDER:-BORDER, BORDER:-BORDER] = closed[BORDER:-BORDER, BORDER:-BORDER]
            frame = (BORDER - 1, BORDER - 1), (width + BORDER, height + BORDER)
            cv2.rectangle(inside, *frame, 255, 1)
            yield from _outlines(255 - inside, width * height)


def _off_the_wall(slope: NDArray[np.float32]) -> Iterator[Outline]:
    """Yield the outlines of what is not wall: smooth, wide, and reaching the photo's border."""
    height, width = slope.shape
    smooth = (cv2.GaussianBlur(slope, (0, 0), 2) < SMOOTH).astype(np.uint8)
    count, labels, regions, _ = cv2.connectedComponentsWithStats(smooth)
    wall = np.zeros((height, width), bool)
    for number in range(1, count):
        left, top, wide, high, area = regions[number]
        reaches = left == 0 or top == 0 or left + wide == width or top + high == height
        if reaches and area > SMALLEST * width * height:
            wall |= labels == number
    for opened in (3, 11):
        things = cv2.morphologyEx(
            (~wall).astype(np.uint8) * 255, cv2.MORPH_OPEN, np.ones((opened, opened), np.uint8)
        )
        padded = cv2.copyMakeBorder(things, BORDER, BORDER, BORDER, BORDER, cv2.BORDER_CONSTANT)
        yield from _outlines(padded, width * height)


def _outlines(mask: NDArray[Any], whole: int) -> Iterator[Outline]:
    """Yield what is nearly a quadrilateral among a mask's contours, with `BORDER` taken off."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        area = cv2.contourArea(hull)
        if area < SMALLEST * whole:
            continue
        corners = _four_corners(hull)
        fullness = area / max(cv2.contourArea(corners), 1.0)
        if FULLNESS[0] <= fullness <= FULLNESS[1]:
            yield Outline(corners - BORDER, min(fullness, 1 / fullness))


def _four_corners(hull: NDArray[Any]) -> Corners:
    """Return the quadrilateral that a convex outline nearly is, else the least box around it."""
    around = cv2.arcLength(hull, True)
    for tolerance in (0.02, 0.04, 0.06, 0.08):
        polygon = cv2.approxPolyDP(hull, tolerance * around, True)
        if len(polygon) == 4:
            return polygon[:, 0].astype(np.float32)
        if len(polygon) < 4:
            break
    return cv2.boxPoints(cv2.minAreaRect(hull)).astype(np.float32)


def _clockwise(corners: Corners) -> Corners:
    """Return the corners clockwise, from the one nearest to the upper left."""
    from_middle = corners - corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(from_middle[:, 1], from_middle[:, 0]))]
    return np.roll(around, -int(around.sum(axis=1).argmin()), axis=0)


def _plausible(corners: Corners, size: NDArray[np.float32]) -> bool:
    """Say whether a rectangle on a wall may look like this."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    if lengths.min() < NARROWEST * size.min():
        return False
    directions = sides / lengths[:, None]
    oblique = np.abs((directions * np.roll(directions, -1, axis=0)).sum(axis=1)).max()
    wide, high = lengths[::2].sum(), lengths[1::2].sum()
    return bool(oblique <= MOST_OBLIQUE and max(wide, high) < MOST_OBLONG * min(wide, high))


def _bounded(corners: Corners, edges: NDArray[np.float32]) -> float:
    """Return how much of the outline lies on edges, 0..1; half for a side beyond the photo."""
    height, width = edges.shape
    shares = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        x, y = np.linspace(start, end, 40).round().astype(int).T
        seen = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        shares.append(float(edges[y[seen], x[seen]].mean()) if seen.sum() >= 10 else 0.5)
    return (min(shares) + sum(shares) / 4) / 2
