"""Pictures of our own for the scenes, painted by code stroke by stroke, and a visitor's photo."""

from collections.abc import Callable
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Canvas = NDArray[np.uint8]
WIDTH, HEIGHT = 900, 700
GILT = ((92, 66, 26), (176, 141, 87), (214, 184, 120), (128, 96, 44))
WALL = (168, 150, 138)
STROKES = ((26, 2500), (13, 9000), (7, 16000))
"""Length of a stroke in pixels, and how many; coarse ones first."""


def meadow() -> Canvas:
    """Return poplars at a river in the evening."""
    canvas = _blended((236, 196, 150), (120, 150, 196))
    _fill(
        canvas,
        [(0, 300), (200, 250), (460, 310), (700, 240), (900, 300), (900, 420), (0, 420)],
        (112, 128, 160),
    )
    _fill(canvas, [(0, 380), (900, 360), (900, 700), (0, 700)], (128, 146, 72))
    _fill(canvas, [(420, 372), (560, 370), (880, 700), (180, 700)], (150, 170, 196))
    cv2.circle(canvas, (640, 200), 44, (252, 226, 160), -1)
    for number, left in enumerate(range(70, 420, 76)):
        top = 90 + 34 * number
        cv2.ellipse(canvas, (left, top + 150), (24, 160), 4, 0, 360, (64, 84, 44), -1)
    for left, top in ((700, 430), (770, 480), (120, 560), (90, 470)):
        cv2.ellipse(canvas, (left, top), (70, 34), 0, 0, 360, (196, 164, 70), -1)
    return _brushed(canvas, 3, (34, 28, 20))


def harbour() -> Canvas:
    """Return a harbour under a turning night sky."""
    canvas = _blended((24, 36, 92), (60, 92, 160))
    _fill(canvas, [(0, 420), (900, 420), (900, 700), (0, 700)], (26, 52, 110))
    _fill(
        canvas,
        [(0, 420), (0, 330), (180, 300), (330, 370), (620, 330), (900, 380), (900, 420)],
        (20, 30, 56),
    )
    for left, top, size in ((130, 120, 42), (320, 200, 30), (520, 90, 36), (760, 150, 60)):
        for ring, colour in ((size, (120, 150, 170)), (size // 2, (244, 216, 110))):
            cv2.circle(canvas, (left, top), ring, colour, -1)
        cv2.ellipse(canvas, (left, 540), (14, 110), 0, 0, 360, (214, 170, 70), -1)
    _fill(canvas, [(380, 560), (640, 560), (600, 610), (410, 610)], (70, 40, 30))
    cv2.line(canvas, (510, 560), (510, 400), (60, 36, 30), 10)
    return _brushed(canvas, 5, (24, 24, 34), turning=True)


def table() -> Canvas:
    """Return fruit and a jug on a dark table."""
    canvas = _blended((46, 38, 30), (30, 24, 20))
    _fill(canvas, [(0, 480), (900, 450), (900, 700), (0, 700)], (92, 60, 36))
    _fill(canvas, [(120, 500), (520, 470), (640, 700), (60, 700)], (206, 196, 178))
    cv2.ellipse(canvas, (650, 390), (104, 150), 0, 0, 360, (112, 128, 140), -1)
    cv2.rectangle(canvas, (610, 180), (692, 280), (104, 120, 132), -1)
    cv2.ellipse(canvas, (618, 340), (24, 70), 12, 0, 360, (190, 204, 210), -1)
    fruit = (
        (230, 500, 66, (196, 130, 40)),
        (340, 520, 74, (180, 52, 36)),
        (280, 430, 60, (206, 160, 60)),
        (450, 540, 62, (214, 120, 40)),
        (180, 580, 50, (130, 140, 60)),
    )
    for left, top, size, colour in fruit:
        cv2.circle(canvas, (left + 8, top + 14), size, (40, 26, 20), -1)
        cv2.circle(canvas, (left, top), size, colour, -1)
        light = tuple(min(c + 46, 255) for c in colour)
        cv2.circle(canvas, (left - size // 3, top - size // 3), size // 3, light, -1)
    return _brushed(canvas, 7, (14, 12, 10))


def hung(painting: Canvas, lean: int = 0) -> bytes:
    """Return a visitor's photo of a painting in its frame on a wall, as a JPEG."""
    framed = painting
    for colour in GILT:
        framed = cv2.copyMakeBorder(framed, 14, 14, 14, 14, cv2.BORDER_CONSTANT, value=colour)
    high, wide = framed.shape[:2]
    photo = np.full((1020, 1280, 3), WALL, np.float32)
    photo *= np.linspace(1.06, 0.82, 1280)[None, :, None]
    corners = np.float32([(150, 110 + lean), (1130, 110), (1130, 902), (150, 902 - lean)])
    flat = np.float32([(0, 0), (wide, 0), (wide, high), (0, high)])
    matrix = cv2.getPerspectiveTransform(flat, corners)
    mask = cv2.warpPerspective(np.ones((high, wide), np.float32), matrix, (1280, 1020))[..., None]
    shade = cv2.GaussianBlur(np.roll(mask, (16, 10), (0, 1)), (0, 0), 14)[..., None]
    photo *= 1 - 0.35 * shade
    seen = cv2.warpPerspective(framed, matrix, (1280, 1020), flags=cv2.INTER_AREA)
    photo = photo * (1 - mask) + seen * mask + np.random.default_rng(1).normal(0, 2, photo.shape)
    return jpeg(np.clip(photo, 0, 255).astype(np.uint8))


def jpeg(picture: Canvas) -> bytes:
    """Return a picture as the bytes of a JPEG."""
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def _blended(top: tuple[int, int, int], bottom: tuple[int, int, int]) -> Canvas:
    share = np.linspace(0, 1, HEIGHT)[:, None, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return np.ascontiguousarray(np.broadcast_to(rows, (HEIGHT, WIDTH, 3)).astype(np.uint8))


def _fill(canvas: Canvas, corners: list[tuple[int, int]], colour: tuple[int, int, int]) -> None:
    cv2.fillPoly(canvas, [np.array(corners, np.int32)], colour)


def _brushed(
    plan: Canvas, seed: int, spread: tuple[int, int, int], turning: bool = False
) -> Canvas:
    """Return a plan painted in strokes that follow its shapes, each a little off its colour."""
    rng = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(plan, (0, 0), 6)
    angles = _angles(soft, turning)
    canvas = soft.copy()
    for length, count in STROKES:
        for x, y in zip(rng.integers(0, WIDTH, count), rng.integers(0, HEIGHT, count), strict=True):
            colour = np.clip(soft[y, x] + rng.normal(0, spread), 0, 255)
            angle = angles[y, x] + rng.normal(0, 0.25)
            across, down = np.cos(angle) * length / 2, np.sin(angle) * length / 2
            start, end = (int(x - across), int(y - down)), (int(x + across), int(y + down))
            cv2.line(canvas, start, end, colour.tolist(), max(length // 4, 2), cv2.LINE_AA)
    return canvas


def _angles(soft: Canvas, turning: bool) -> NDArray[np.float32]:
    """Return the way of the brush at each pixel: along edges, or around the middle of the sky."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    if turning:
        return np.arctan2(y - 240 + 60 * np.sin(x / 90), x - 460) + np.float32(np.pi / 2)
    grey = cv2.GaussianBlur(cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY), (0, 0), 10).astype(np.float32)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=5)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=5)
    return np.arctan2(down, across) + np.float32(np.pi / 2) + 0.3 * np.sin(x / 40)


PAINTED: dict[str, Callable[[], Canvas]] = {
    "meadow": meadow,
    "harbour": harbour,
    "table": table,
}
