"""A painting hung on a museum's wall: moulding, mount, the wall's paint, shadows and a label."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.augment import Picture

Profile = NDArray[np.float32]
"""Colours from the canvas's edge outwards, one row a pixel, shape (n, 3)."""

GOLD = ((178, 140, 76), (150, 112, 54), (200, 168, 108), (128, 98, 60))
WOOD = ((92, 60, 38), (62, 42, 30), (132, 92, 58))
PLAIN = ((30, 28, 28), (226, 222, 214), (150, 148, 142))
WALLS = (
    *((228, 226, 220), (236, 232, 222), (212, 204, 188), (196, 194, 190), (222, 206, 170)),
    *((122, 40, 38), (70, 86, 74), (84, 92, 112), (64, 62, 62), (150, 138, 120)),
)
FRAMES = {"gilded": 0.5, "wooden": 0.17, "plain": 0.13, "mounted": 0.08, "none": 0.12}
"""How often each kind hangs; ``mounted`` is a sheet behind a light mat."""
WIDTHS = {"gilded": (0.06, 0.16), "wooden": (0.03, 0.1), "plain": (0.01, 0.05)}
"""Width of the moulding as a share of the canvas's side (the root of its area)."""
LABELLED = 0.3


@dataclass(frozen=True)
class Scene:
    """A wall seen straight on, and how many pixels lie on every side of the canvas."""

    pixels: Picture
    border: int


def hang(canvas: Picture, rng: np.random.Generator, border: int) -> Scene:
    """Return ``canvas`` in a random frame on a random wall, ``border`` pixels of both a side."""
    height, width = canvas.shape[:2]
    size = (height + 2 * border, width + 2 * border)
    frame = _frame(round(np.sqrt(height * width)), rng)
    around = len(frame.colours)
    paint = np.asarray(WALLS[int(rng.integers(len(WALLS)))]) * rng.uniform(0.88, 1.04)
    table = np.zeros((256, 1, 3), np.uint8)
    table[1 : around + 1, 0] = frame.colours.clip(0, 255)
    table[around + 1 :, 0] = (paint + rng.normal(0, 4, 3)).clip(0, 255)
    away = _distance(size, border).clip(0, around + 1).astype(np.uint8)
    pixels = np.asarray(cv2.LUT(cv2.merge([away, away, away]), table), np.uint8)
    if rng.random() < LABELLED:
        _put_label(pixels, around, border, rng)
    shades = _shades(size, around, border, rng)
    if around:
        np.copyto(shades, _bevels(size, frame, border, rng), where=away <= around)
    lit = np.asarray(cv2.multiply(pixels, cv2.merge([shades] * 3), dtype=cv2.CV_8U), np.uint8)
    lit[border : border + height, border : border + width] = _shadowed(canvas, around, rng)
    return Scene(lit, border)


@dataclass(frozen=True)
class Frame:
    """What surrounds the canvas: perhaps a mat, then a moulding, carved or not."""

    colours: Profile
    mat: int = 0
    """How many of the colours, from the canvas outwards, are a flat mat's."""
    carved: float = 0.0
    """Standard deviation of the carving's light and dark, as a share."""


def _frame(side: int, rng: np.random.Generator) -> Frame:
    """Return a random frame for a canvas of ``side`` pixels; a bare canvas's has no colours."""
    kind = rng.choice(list(FRAMES), p=list(FRAMES.values()))
    if kind == "none":
        return Frame(np.zeros((0, 3), np.float32))
    if kind == "mounted":
        mat = np.full((_pixels(side, (0.05, 0.14), rng), 3), rng.uniform(205, 240), np.float32)
        moulding = _moulding(PLAIN + WOOD, side, WIDTHS["plain"], rng)
        return Frame(np.concatenate([mat, moulding]), mat=len(mat))
    tones = {"gilded": GOLD, "wooden": WOOD, "plain": PLAIN}[kind]
    carved = {"gilded": 0.14, "wooden": 0.05, "plain": 0.0}[kind]
    return Frame(_moulding(tones, side, WIDTHS[kind], rng), carved=rng.uniform(0, carved))


def _pixels(side: int, share: tuple[float, float], rng: np.random.Generator) -> int:
    return min(120, max(2, round(side * rng.uniform(*share))))


def _moulding(
    tones: Sequence[tuple[int, int, int]],
    side: int,
    share: tuple[float, float],
    rng: np.random.Generator,
) -> Profile:
    """Return one tone, lighter and darker over the hollows and beads of a moulding."""
    width = _pixels(side, share, rng)
    tone = np.asarray(tones[int(rng.integers(len(tones)))]) * rng.uniform(0.75, 1.1)
    knots = np.linspace(0, 1, int(rng.integers(4, 8)))
    light = np.interp(np.linspace(0, 1, width), knots, rng.uniform(0.55, 1.3, len(knots)))
    light[0] *= 0.5
    return (light[:, None] * tone).astype(np.float32)


def _distance(size: tuple[int, int], border: int) -> NDArray[np.int64]:
    """Return how far each pixel lies from the canvas, counted squarely as a frame is mitred."""
    rows, columns = (
        np.maximum(border - np.arange(n), np.arange(n) - (n - border - 1)).clip(0) for n in size
    )
    return np.maximum(rows[:, None], columns[None, :])


def _shades(
    size: tuple[int, int], frame: int, border: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return the wall's light with the frame's soft shadow, which falls down and to one side."""
    height, width = size
    wall = border - frame
    small = np.ones((height // 4 + 1, width // 4 + 1), np.float32)
    drop = rng.uniform(0.01, 0.05, 2) * max(size) * [rng.choice([-1, 1]), 1]
    first = ((np.array([wall, wall]) + drop) / 4).round().astype(int).tolist()
    last = ((np.array([width - wall, height - wall]) + drop) / 4).round().astype(int).tolist()
    cv2.rectangle(small, first, last, float(rng.uniform(0.5, 0.85)), cv2.FILLED)
    soft = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(1.0, 4.0)))
    return cv2.resize(soft, (width, height))  # type: ignore[return-value]


def _bevels(
    size: tuple[int, int], frame: Frame, border: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return the light on the frame: its top faces down and is dim, its bottom is bright."""
    height, width = size
    light = np.ones(size, np.float32)
    outer, inner = (
        [(n, n), (width - n, n), (width - n, height - n), (n, height - n)]
        for n in (border - len(frame.colours), border - frame.mat)
    )
    for i, reach in enumerate([(0.6, 0.9), (0.75, 1.05), (0.95, 1.15), (0.75, 1.05)]):
        j = (i + 1) % 4
        bevel = np.array([outer[i], outer[j], inner[j], inner[i]], np.int32)
        cv2.fillConvexPoly(light, bevel, float(rng.uniform(*reach)))
    if not frame.carved:
        return light
    carving = 1 + frame.carved * rng.standard_normal((height // 3 + 1, width // 3 + 1), np.float32)
    return cv2.multiply(light, cv2.resize(carving, (width, height)))  # type: ignore[return-value]


def _shadowed(canvas: Picture, frame: int, rng: np.random.Generator) -> Picture:
    """Return the canvas with the shadow that lamps from above throw from the frame's top."""
    depth = min(canvas.shape[0] // 8, round(frame * rng.uniform(0.1, 0.5)))
    if depth < 1:
        return canvas
    darkened = canvas.copy()
    fade = np.linspace(rng.uniform(0.4, 0.8), 1, depth, dtype=np.float32)
    darkened[:depth] = (darkened[:depth] * fade[:, None, None]).astype(np.uint8)
    return darkened


def _put_label(colours: Picture, frame: int, border: int, rng: np.random.Generator) -> None:
    """Draw the museum's label beside the frame, low down, where there is wall enough."""
    height, width = colours.shape[:2]
    wall = border - frame
    size = round((width - 2 * border) * rng.uniform(0.1, 0.2))
    gap = round(size * rng.uniform(0.3, 0.8))
    if wall < gap + size // 2:
        return
    left = wall - gap - size if rng.random() < 0.5 else width - wall + gap
    top = height - border - round(size * rng.uniform(0.8, 2.0))
    card, ink = rng.uniform(215, 245), rng.uniform(60, 140)
    corner = (left + size, top + round(size * 0.7))
    cv2.rectangle(colours, (left, top), corner, (card,) * 3, cv2.FILLED)
    for line in range(1, 4):
        y = top + round(size * 0.17 * line)
        start, end = (left + size // 8, y), (left + round(size * rng.uniform(0.4, 0.85)), y)
        cv2.line(colours, start, end, (ink,) * 3)
