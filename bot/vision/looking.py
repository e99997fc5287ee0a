"""What the network says of a photo: of the whole, and of a canvas that hangs on a wall in it."""

import io
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.vision.details import LONGEST
from bot.vision.framing import Corners, flatten, hangs_on_a_wall
from bot.vision.model import Answer, Model

COARSE_FROM = 1.5
"""A photo of so many times the input's side is made as coarse as what the network learnt from."""


def look(model: Model, image: Image.Image, canvases: Sequence[Corners] = ()) -> Answer:
    """Return the network's answer to an RGB photo.

    Where the first of its canvases hangs on a wall, painters, movements and embedding are the mean
    of what it says of the whole and of that canvas alone: from far off, the wall tells it nothing.
    Whether the photo shows a painting, and where that was seen, is told of the whole.
    """
    whole = model.answer(prepared(image, model.card.input_size))
    if not canvases or not hangs_on_a_wall(image, canvases[0]):
        return whole
    flat = flatten(image, canvases[0], LONGEST)
    alone = model.answer(prepared(flat, model.card.input_size))
    embedding = whole.embedding + alone.embedding
    return replace(
        whole,
        artists=np.float32(0.5) * (whole.artists + alone.artists),
        movements=np.float32(0.5) * (whole.movements + alone.movements),
        embedding=embedding / max(float(np.linalg.norm(embedding)), 1e-9),
    )


def coarse(image: Image.Image, size: int) -> Image.Image:
    """Return a picture of at most ``size`` pixels a side, compressed like the ones learnt from."""
    scale = size / max(image.size)
    sides = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(sides, Image.Resampling.BICUBIC, reducing_gap=1.0)
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=70)
    return Image.open(packed)


def prepared(image: Image.Image, size: int) -> NDArray[np.uint8]:
    """Squeeze a picture to a square, as in training; RGB uint8 of shape (size, size, 3).

    The network learnt from small, much compressed pictures. A photo of many pixels is sharper when
    scaled down; it is made as coarse first, without which famous paintings are found a tenth
    less often.
    """
    if max(image.size) >= COARSE_FROM * size:
        image = coarse(image, size)
    square = image.resize((size, size), Image.Resampling.BICUBIC, reducing_gap=1.0)
    return np.asarray(square, dtype=np.uint8)
