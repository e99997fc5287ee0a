"""What a visitor's phone sends: a renderer to measure with, apart from `training.augment`.

Training crops to a third of the area and mirrors, to keep the network from learning by heart. No
visitor does. Here a painting hangs framed on a wall, is seen through a camera from a slant, cropped
as a careful visitor (or Docent's own framing) crops, and lit, blurred and packed as phones do.
Training sees a share of such views too, of `CARELESS` visitors, at other slants and in other light.
"""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.augment import Picture
from training.camera import Matrix, viewpoint
from training.visitors import VISITORS, Range, Ranges
from training.wall import hang


def phone_view(
    picture: Picture, rng: np.random.Generator, size: int = 224, ranges: Ranges = VISITORS
) -> Picture:
    """Return ``picture`` as a visitor's phone sends it, shape (size, size, 3), squeezed.

    ``picture`` is the canvas alone, uint8 RGB of any proportions. The view depends on ``rng``
    alone.
    """
    canvas_to_view = viewpoint(picture, rng, size, ranges)
    seen = _photographed(picture, canvas_to_view, rng, size, ranges)
    seen = _focused(seen, rng, ranges)
    return _packed(_lit(seen, rng, ranges), rng, ranges)


def framed_on_wall(
    picture: Picture, rng: np.random.Generator, share: Range = (0.25, 0.9), size: int = 224
) -> Picture:
    """Return a view from further off: the whole canvas takes ``share`` of it, wall the rest."""
    further = replace(VISITORS, fill=share, cut_chance=0.0, shape=(-0.4, 0.4))
    return phone_view(picture, rng, size, further)


def _photographed(
    picture: Picture,
    canvas_to_view: Matrix,
    rng: np.random.Generator,
    size: int,
    ranges: Ranges,
) -> Picture:
    """Hang the picture and look at the wall through the camera."""
    height, width = picture.shape[:2]
    corners = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    spread = np.ptp(cv2.perspectiveTransform(corners, canvas_to_view)[0], axis=0)
    scale = min(1.0, 1.1 * max(spread[0] / width, spread[1] / height))
    shape = (max(8, round(width * scale)), max(8, round(height * scale)))
    canvas = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    if rng.random() < ranges.glare_chance:
        canvas = _glaring(canvas, rng, ranges)  # type: ignore[arg-type]
    to_picture = np.diag([width / canvas.shape[1], height / canvas.shape[0], 1.0])
    to_view = canvas_to_view @ to_picture
    scene = hang(canvas, rng, _seen_around(to_view, canvas, size))  # type: ignore[arg-type]
    to_canvas = np.array([[1, 0, 0.5 - scene.border], [0, 1, 0.5 - scene.border], [0, 0, 1]])
    matrix = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1]]) @ to_view @ to_canvas
    return cv2.warpPerspective(  # type: ignore[return-value]
        scene.pixels, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )


def _seen_around(to_view: Matrix, canvas: Picture, size: int) -> int:
    """Return how many pixels beyond the canvas the view shows, at most half as many again."""
    corners = np.array([[[0, 0], [size, 0], [size, size], [0, size]]], np.float64)
    seen = cv2.perspectiveTransform(corners, np.linalg.inv(to_view))[0]
    beyond = max(-seen.min(), *(seen.max(axis=0) - canvas.shape[1::-1]))
    return int(np.clip(np.ceil(beyond), 1, max(canvas.shape) // 2 + 1))


def _glaring(canvas: Picture, rng: np.random.Generator, ranges: Ranges) -> Picture:
    """Add a lamp's reflection on the varnish: a soft, long spot, at times a second."""
    height, width = canvas.shape[:2]
    spot = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        spread = rng.uniform(*ranges.glare_size) * np.array([1, rng.uniform(1, 2.5)])
        x, y = rng.uniform(0, 1, 2)
        across = np.exp(-(((np.linspace(0, 1, width) - x) / spread[0]) ** 2) / 2)
        down = np.exp(-(((np.linspace(0, 1, height) - y) / spread[1]) ** 2) / 2)
        spot += np.outer(down, across).astype(np.float32) * rng.uniform(*ranges.glare)
    level = spot.clip(0, 255).astype(np.uint8)
    return cv2.add(canvas, cv2.merge([level, level, level]))  # type: ignore[return-value]


def _focused(seen: Picture, rng: np.random.Generator, ranges: Ranges) -> Picture:
    """Blur as a lens out of focus or a shaken hand does; most views are sharp."""
    unit = seen.shape[0] / 224
    if rng.random() >= ranges.blur_chance:
        return seen
    if rng.random() < 2 / 3:
        return cv2.GaussianBlur(seen, (0, 0), rng.uniform(*ranges.defocus) * unit)  # type: ignore[return-value]
    half = rng.uniform(*ranges.motion) * unit / 2
    angle = rng.uniform(0, np.pi)
    reach = int(np.ceil(half))
    grid = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along = grid[1] * np.cos(angle) + grid[0] * np.sin(angle)
    across = -grid[1] * np.sin(angle) + grid[0] * np.cos(angle)
    kernel = (half + 0.5 - np.abs(along)).clip(0, 1) * (1 - np.abs(across)).clip(0)
    return cv2.filter2D(seen, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def _lit(seen: Picture, rng: np.random.Generator, ranges: Ranges) -> Picture:
    """Apply exposure, lamps' colour, the phone's tones, uneven light and the sensor's noise."""
    size = seen.shape[0]
    saturation, contrast = rng.uniform(*ranges.saturation), rng.uniform(*ranges.contrast)
    warmth, tint = rng.uniform(*ranges.warmth), rng.uniform(*ranges.tint)
    gain = np.exp([warmth, tint, -warmth]) * 2 ** (rng.uniform(*ranges.exposure) / 2.2) * contrast
    mix = saturation * np.eye(3) + (1 - saturation) / 3
    lift = 128 * (1 - contrast) + rng.uniform(*ranges.veil)
    tone = np.column_stack([gain[:, None] * mix, [lift] * 3])
    view = cv2.transform(seen.astype(np.float32), tone)
    view = cv2.multiply(view, cv2.merge([_falloff(size, rng, ranges)] * 3))
    sigma = np.float32(rng.uniform(*ranges.noise))
    grain = rng.standard_normal((size, size), np.float32) * sigma
    coarse = (size // 4 + 1, size // 4 + 1, 3)
    blotches = cv2.resize(rng.standard_normal(coarse, np.float32) * (sigma / 2), (size, size))
    view = cv2.add(view, blotches)
    return cv2.add(view, cv2.merge([grain] * 3), dtype=cv2.CV_8U)  # type: ignore[return-value]


def _falloff(size: int, rng: np.random.Generator, ranges: Ranges) -> NDArray[np.float32]:
    """Return the light over the view: a slope in any direction, and darker corners."""
    ramp = np.linspace(-1, 1, size, dtype=np.float32)
    angle, slope = rng.uniform(0, 2 * np.pi), rng.uniform(*ranges.shade)
    bowl = rng.uniform(*ranges.vignette) / 2 * ramp**2
    across = 1 + slope * np.cos(angle) * ramp - bowl
    down = slope * np.sin(angle) * ramp - bowl
    return (across[None, :] + down[:, None]).astype(np.float32)


def _packed(seen: Picture, rng: np.random.Generator, ranges: Ranges) -> Picture:
    """Shrink and compress as messengers do."""
    size = seen.shape[0]
    small = round(size * rng.uniform(*ranges.downscale))
    seen = cv2.resize(seen, (small, small), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    quality = int(rng.integers(ranges.jpeg[0], ranges.jpeg[1], endpoint=True))
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(seen, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    if not done:
        raise RuntimeError("OpenCV could not encode a view as JPEG.")
    sent = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[..., ::-1]
    return cv2.resize(sent, (size, size), interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]
