"""Pictures that give reasons: where the network looked, and what else came into question.

Slow work (tens of milliseconds): run it on the recognizer's pool, never on the event loop.
"""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from bot.vision.chart import Bar, chart

__all__ = ["Bar", "chart", "places", "where_i_looked"]

SIDE = 1024
"""Pixels of the longer side of a drawn photo at most."""
QUALITY = 88
GREY = 0.6
"""How much of its colour the photo loses where the network did not look."""
DARKER = [round(0.62 * value) for value in range(256)]
"""What is left of its light there."""
COVERED, SEEN_FROM, FULL_FROM = 0.86, 0.12, 0.7
"""How much the heat covers of the photo at most; from which attention on it shows, and so much."""
LIGHTS = [min(255, round(100 + 190 * (value / 255) ** 0.75)) for value in range(256)]
"""Light and shade of the photo as they show through the heat; the dark is lifted."""
STEPS = (0.2, 0.5, 0.75, 0.9, 1.0)
SCALE = (
    (0x78, 0x1C, 0x6D),
    (0xBC, 0x37, 0x54),
    (0xED, 0x69, 0x25),
    (0xFB, 0xB6, 0x1A),
    (0xFC, 0xFF, 0xA4),
)
"""The upper part of the scale "inferno", whose brightness alone tells how much: it reads without
colour vision.
Source: Smith & van der Walt 2015, matplotlib's colour maps (CC0)."""
SMOOTH = 112
BLUR = 5

PLACES = (
    ("upper_left", "upper", "upper_right"),
    ("left", "centre", "right"),
    ("lower_left", "lower", "lower_right"),
)
EVERYWHERE = "everywhere"
CLEARLY_MORE = 1.8
"""A place is named where it glows this much more than the average place."""
NEARLY_AS_MUCH = 0.75
"""A second place is named where it glows at least this share as much as the first."""


def where_i_looked(photo: Image.Image, attention: Sequence[Sequence[int]]) -> bytes:
    """Return the photo with what counted glowing and the rest dimmed, as a JPEG.

    ``attention``: rows of 0..100 over the whole photo, as in `Recognition.attention`. The picture
    has the photo's shape, at most `SIDE` pixels a side, and no metadata. Raises `ValueError` where
    there is no attention.
    """
    copy = photo.convert("RGB")
    copy.info = {}  # Pillow would write a comment of the photo's into the new file
    copy.thumbnail((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    heat = _smooth(_grid(attention))
    grey = copy.convert("L")
    rest = Image.blend(copy, grey.convert("RGB"), GREY).point(DARKER * 3)
    glow = np.stack([np.interp(heat, STEPS, ramp) for ramp in zip(*SCALE, strict=True)], axis=-1)
    tint = ImageChops.multiply(_enlarged(glow, copy.size), grey.point(LIGHTS).convert("RGB"))
    cover = 255 * COVERED * ((heat - SEEN_FROM) / (FULL_FROM - SEEN_FROM)).clip(0, 1)
    drawn = Image.composite(tint, rest, _enlarged(cover, copy.size))
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def places(attention: Sequence[Sequence[int]]) -> tuple[str, ...]:
    """Return where the attention peaks: one or two ids of `PLACES`, the strongest first.

    Where no place stands out clearly, that is ``("everywhere",)``. Raises `ValueError` where there
    is no attention. Squares count, as what is seen is where the heat is brightest.
    """
    thirds = _resized(_grid(attention) ** 2, (3, 3), Image.Resampling.BOX)
    order = np.argsort(-thirds, axis=None, kind="stable")[:2]
    first, second = thirds.ravel()[order]
    if first <= thirds.mean() * CLEARLY_MORE:
        return (EVERYWHERE,)
    both = second >= first * NEARLY_AS_MUCH
    return tuple(PLACES[number // 3][number % 3] for number in order[: 1 + both])


def _grid(attention: Sequence[Sequence[int]]) -> NDArray[np.floating]:
    grid = np.array(attention, np.float32)
    if grid.ndim != 2 or not grid.size:
        raise ValueError("There is no attention to draw.")
    return grid.clip(0, 100) / np.float32(100)


def _smooth(grid: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the attention without edges of cells, in 0..1, shape (`SMOOTH`, `SMOOTH`)."""
    fine = _resized(grid, (SMOOTH, SMOOTH), Image.Resampling.BICUBIC).clip(0, 1)
    soft = Image.fromarray(np.rint(fine * 255).astype(np.uint8))
    blurred = np.asarray(soft.filter(ImageFilter.GaussianBlur(BLUR)), np.float32)
    return blurred * np.float32(grid.max() / max(1, blurred.max()))


def _enlarged(values: NDArray[np.floating], size: tuple[int, int]) -> Image.Image:
    """Return values in 0..255 as a picture of the photo's size."""
    return Image.fromarray(np.rint(values).astype(np.uint8)).resize(size)


def _resized(
    grid: NDArray[np.floating], size: tuple[int, int], by: Image.Resampling
) -> NDArray[np.floating]:
    return np.asarray(Image.fromarray(grid).resize(size, by), np.float32)
