"""What a phone in a museum does to a picture: angle, crop, light, colour, blur and JPEG.

Every picture passes through the same distortions, whatever publisher it came from, so that
sharpness or proportions cannot betray the source.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

FRAMED = 0.2
"""Share of the views that still show (some of) a frame and the wall around it."""
Picture = NDArray[np.uint8]
"""RGB, shape (height, width, 3), 0..255."""


def as_seen_by_a_phone(
    picture: Picture, size: int, rng: np.random.Generator, *, mirrored: float = 0.5
) -> Picture:
    """Return a random phone-like view of ``picture``, shape (size, size, 3), at times mirrored."""
    if rng.random() < FRAMED:
        picture = _framed(picture, rng)
    view = _viewpoint(picture, size, rng, mirrored).astype(np.float32)
    view = _light(view, rng)
    view = _colour(view, rng)
    seen = np.clip(view, 0, 255).astype(np.uint8)
    seen = _blur(seen, rng)
    return _compression(seen, rng)


def as_reproduced(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return the picture as another publisher might have it: coarser, sharper or the same.

    Publishers differ in how sharp their pictures are and how much compressed, and some of them
    publish one movement or painter above all: a network must not learn who is who by that.
    """
    chance = rng.random()
    if chance < 1 / 3:
        return picture
    if chance < 2 / 3:
        soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.25, 0.9))
        return _jpeg(soft, int(rng.integers(30, 80)))  # type: ignore[arg-type]
    soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.4))
    amount = rng.uniform(0.2, 1.2)
    return cv2.addWeighted(picture, 1 + amount, soft, -amount, 0)  # type: ignore[return-value]


def _framed(picture: Picture, rng: np.random.Generator) -> Picture:
    """Put a frame of one to three bands, and a strip of wall, around the canvas."""
    side = picture.shape[0]
    for colour in rng.uniform(10, 235, (int(rng.integers(1, 4)), 3)):
        band = max(1, round(side * rng.uniform(0.01, 0.05)))
        picture = cv2.copyMakeBorder(  # type: ignore[assignment]
            picture, band, band, band, band, cv2.BORDER_CONSTANT, value=colour.tolist()
        )
    return picture


def _viewpoint(picture: Picture, size: int, rng: np.random.Generator, mirrored: float) -> Picture:
    """Crop, turn, tilt and perhaps mirror; what lies beyond the canvas shows a plain wall."""
    height, width = picture.shape[:2]
    share = np.sqrt(rng.uniform(0.35, 1.05))
    stretch = np.exp(rng.uniform(-0.25, 0.25))
    half = np.array([share * stretch * width, share / stretch * height]) / 2
    half = np.minimum(half, [0.54 * width, 0.54 * height])
    room = np.maximum(np.array([width, height]) / 2 - half, 0)
    centre = np.array([width, height]) / 2 + rng.uniform(-1, 1, 2) * room
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    angle = np.deg2rad(rng.normal(0, 3))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    tilt = rng.normal(0, 0.04, (4, 2)) * [width, height]
    source = (corners @ turn.T + centre + tilt).astype(np.float32)
    target = np.array([[0, 0], [size, 0], [size, size], [0, size]], np.float32)
    if rng.random() < mirrored:
        target[:, 0] = size - target[:, 0]
    matrix = cv2.getPerspectiveTransform(source, target)
    wall = rng.uniform(20, 235, 3)
    return cv2.warpPerspective(  # type: ignore[return-value]
        picture, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=wall.tolist()
    )


def _light(view: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Exposure and contrast, at times a shade across the canvas or a lamp's reflection."""
    view = (view - 128) * np.float32(np.exp(rng.normal(0, 0.15))) + 128
    view = view * np.float32(np.exp(rng.normal(0, 0.15)))
    size = view.shape[0]
    ramp = np.linspace(-1, 1, size, dtype=np.float32)
    if rng.random() < 0.3:
        slope = rng.normal(0, 0.25, 2)
        view = view * np.clip(1 + slope[0] * ramp[None, :] + slope[1] * ramp[:, None], 0.3, 1.6)[
            ..., None
        ].astype(np.float32)
    if rng.random() < 0.15:
        x, y = rng.uniform(-1, 1, 2)
        spread = rng.uniform(0.02, 0.15)
        spot = np.exp(-((ramp[None, :] - x) ** 2 + (ramp[:, None] - y) ** 2) / spread)
        view = view + (rng.uniform(60, 200) * spot)[..., None].astype(np.float32)
    return view


def _colour(view: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Apply the lamps' colour cast and the phone's own idea of saturation."""
    cast = np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    grey = view.mean(axis=2, keepdims=True)
    return (grey + (view - grey) * np.float32(np.exp(rng.normal(0, 0.2)))) * cast


def _blur(seen: Picture, rng: np.random.Generator) -> Picture:
    """Out of focus, or taken from afar and scaled up again."""
    chance = rng.random()
    if chance < 0.2:
        return cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.4, 1.4))  # type: ignore[return-value]
    if chance < 0.4:
        size = seen.shape[0]
        small = int(size * rng.uniform(0.45, 0.9))
        far = cv2.resize(seen, (small, small), interpolation=cv2.INTER_AREA)
        return cv2.resize(far, (size, size), interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]
    return seen


def _compression(seen: Picture, rng: np.random.Generator) -> Picture:
    """Messengers compress; half of the views go through JPEG."""
    if rng.random() < 0.5:
        return seen
    return _jpeg(seen, int(rng.integers(30, 95)))


def _jpeg(picture: Picture, quality: int) -> Picture:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("OpenCV could not encode a view as JPEG.")
    return cv2.imdecode(data, cv2.IMREAD_COLOR)  # type: ignore[return-value]
