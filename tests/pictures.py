"""Pictures made for tests: plain colours and structure, in any format."""

import io
from typing import Any

import numpy as np
from PIL import Image

RED, GREEN, BLUE = (220, 40, 40), (40, 220, 40), (40, 40, 220)


def painting(
    colour: tuple[int, int, int] = RED, size: tuple[int, int] = (640, 480), seed: int = 0
) -> Image.Image:
    """Return a picture of one main colour with some brushwork."""
    rng = np.random.default_rng(seed)
    noise = rng.integers(-30, 30, (size[1] // 8, size[0] // 8, 3))
    base = np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(base).resize(size, Image.Resampling.NEAREST)


def encoded(image: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    """Return the bytes of a picture file."""
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def jpeg(colour: tuple[int, int, int] = RED, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG of one main colour."""
    return encoded(painting(colour, size), quality=90)
