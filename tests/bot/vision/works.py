"""Made works with distinct shapes, a wall to hang them on, and how they are embedded."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from bot.vision.details import Describer
from bot.vision.enrolled import Enrolled, KnownWork
from bot.vision.finder import enrol
from bot.vision.framing import WHOLE, Corners
from bot.vision.works import Works

DESCRIBER = Describer(np.zeros(128, np.float32), np.eye(128, 64, dtype=np.float32))
GREY = (190, 186, 180)


def scene(seed: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """Return a picture with many distinct shapes."""
    rng = np.random.default_rng(seed)
    canvas = np.full((size[1], size[0], 3), rng.integers(30, 226, 3), np.uint8)
    for _ in range(160):
        centre = rng.integers(0, size, 2).tolist()
        axes = rng.integers(5, 45, 2).tolist()
        colour = rng.integers(0, 256, 3).tolist()
        cv2.ellipse(canvas, centre, axes, float(rng.uniform(0, 180)), 0, 270, colour, -1)
    return Image.fromarray(canvas).filter(ImageFilter.GaussianBlur(0.7))


def wall(*hung: tuple[Image.Image, Corners], size: tuple[int, int] = (960, 720)) -> Image.Image:
    """Return a photo of a grey wall with pictures at these corners, in pixels."""
    photo = np.full((size[1], size[0], 3), GREY, np.uint8)
    for picture, corners in hung:
        matrix = cv2.getPerspectiveTransform(WHOLE * np.array(picture.size, np.float32), corners)
        seen = cv2.warpPerspective(np.asarray(picture), matrix, size)
        whole = np.full((picture.height, picture.width), 255, np.uint8)
        inside = cv2.warpPerspective(whole, matrix, size)
        photo[inside > 127] = seen[inside > 127]
    return Image.fromarray(photo)


def hung(*works: tuple[int, Corners]) -> Image.Image:
    """Return a photo of a wall with scenes of these seeds at these corners, in pixels."""
    return wall(*((scene(seed), corners) for seed, corners in works))


def embed(picture: Image.Image) -> NDArray[np.float32]:
    """Return the picture at 8 × 8 pixels, of unit length."""
    small = np.asarray(picture.resize((8, 8), Image.Resampling.BOX), np.float32).ravel()
    small -= small.mean()
    return small / max(float(np.linalg.norm(small)), 1e-9)


def enrolled(seed: int) -> Enrolled:
    """Return a scene enrolled as a work of the collection ``made``."""
    work = KnownWork(f"scene-{seed}", "made", f"{seed}.jpg", f"Scene {seed}", "Ann Red", "1900")
    return enrol(work, scene(seed), embed, DESCRIBER)


def works(*seeds: int) -> Works:
    """Return scenes enrolled as works."""
    return Works([enrolled(seed) for seed in seeds])
