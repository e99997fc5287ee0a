"""What every made picture needs: fonts, colours, light, and a way to lay a sheet on a table."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFont

Picture = NDArray[np.uint8]
"""RGB, shape (height, width, 3), 0..255."""
Colour = tuple[int, int, int]
Rng = np.random.Generator
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
TEXT = (
    "the a of and to in is was for on with at by from it as be this that are or an have not "
    "but we you they his her all can will one about out up time day work year room light "
    "water hand city street house paper price total number open close order table bread "
    "coffee train ticket museum gallery entrance hours Monday Friday please thank meeting "
    "report invoice street tax summer garden window message photo later tonight great ok see "
    "when where why how new old der die das und nicht ein ich ist mit auf für les des une est "
    "pas dans pour que il della con per non sono oggi domani arte storia sala oil canvas 1888 "
    "1907 2024 born died collection"
)
WORDS = TEXT.split()


@cache
def font_files() -> tuple[Path, ...]:
    """Return the machine's fonts that have Latin letters, in order of their names; perhaps none."""
    found = [p for folder in FONT_FOLDERS for p in folder.rglob("*.[to]tf")]
    return tuple(sorted(filter(_writes_latin, found), key=lambda path: path.name))


def _writes_latin(path: Path) -> bool:
    """Say whether letters look otherwise than what a font shows for a letter it lacks."""
    try:
        face = ImageFont.truetype(path, 16)
        lacking = bytes(face.getmask("\U0010fffe"))
        return bytes(face.getmask("a")) not in (lacking, bytes(face.getmask("g")))
    except OSError:
        return False


def font(rng: Rng, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a font of the machine, any of them, or Pillow's own where there is none."""
    files = font_files()
    if files and rng.random() < 0.9:
        try:
            return ImageFont.truetype(files[int(rng.integers(len(files)))], size)
        except OSError:  # a bitmap-only font has no such size
            return ImageFont.load_default(size)
    return ImageFont.load_default(size)


def words(rng: Rng, count: int) -> str:
    """Return ``count`` words, some of them numbers."""
    chosen = [WORDS[int(i)] for i in rng.integers(len(WORDS), size=count)]
    if rng.random() < 0.3:
        chosen[0] = f"{rng.uniform(0, 999):.2f}"
    return " ".join(chosen)


def colour(rng: Rng, low: int = 0, high: int = 256) -> Colour:
    """Return a random colour with every channel in ``low``..``high`` - 1."""
    red, green, blue = rng.integers(low, high, 3)
    return int(red), int(green), int(blue)


def tint(rng: Rng, low: int = 0, high: int = 256, spread: int = 18) -> Colour:
    """Return a nearly grey colour, as walls and papers have."""
    grey = rng.integers(low, high)
    red, green, blue = np.clip(grey + rng.integers(-spread, spread + 1, 3), 0, 255)
    return int(red), int(green), int(blue)


def slope(rng: Rng, height: int, width: int, strength: float) -> NDArray[np.float32]:
    """Return light that changes slowly across a picture, around 1, shape (height, width, 1)."""
    small = (1 + rng.normal(0, strength, (3, 3))).astype(np.float32)
    light = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(light, np.float32)[..., None]


def grain(rng: Rng, height: int, width: int, strength: float) -> NDArray[np.float32]:
    """Return noise at a random scale (sensor, plaster, cloth), shape (height, width, 3)."""
    step = int(rng.choice([1, 1, 2, 4, 12]))
    rows, columns = max(2, height // step), max(2, width // step)
    noise = rng.normal(0, strength, (rows, columns, int(rng.choice([1, 3])))).astype(np.float32)
    scaled = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    scaled = scaled if scaled.ndim == 3 else scaled[..., None]
    return np.broadcast_to(scaled, (height, width, 3)).astype(np.float32)


def bounded(values: NDArray[np.floating]) -> Picture:
    """Return values as a picture, cut to 0..255."""
    return np.clip(values, 0, 255).astype(np.uint8)


def surface(rng: Rng, height: int, width: int) -> Picture:
    """Return a table top, floor or cloth: plain, wooden, woven or speckled."""
    ground = np.full((height, width, 3), colour(rng, 20, 235), np.float32)
    kind = rng.random()
    if kind < 0.35:
        stretched = rng.normal(0, rng.uniform(5, 25), (height, 3, 1)).astype(np.float32)
        wood = cv2.resize(stretched, (width, height), interpolation=cv2.INTER_CUBIC)
        ground += np.asarray(wood).reshape(height, width, 1)
    elif kind < 0.5:
        period = rng.uniform(3, 30)
        lines = np.sin(np.arange(width) / period)[None, :, None]
        rows = np.sin(np.arange(height) / period)[:, None, None]
        ground += rng.uniform(5, 25) * lines * rows
    ground = ground * slope(rng, height, width, 0.15) + grain(rng, height, width, 6)
    picture = bounded(ground)
    turned = rng.random() < 0.5 and height == width
    return np.ascontiguousarray(picture.transpose(1, 0, 2)) if turned else picture


def laid(sheet: Picture, rng: Rng, size: int) -> Picture:
    """Return a photo of a flat sheet on a table: tilted, with a shadow, filling much of it."""
    height, width = sheet.shape[:2]
    cover = rng.uniform(0.6, 1.25) * size / max(height, width)
    half = np.array([width, height]) * cover / 2
    angle = np.deg2rad(rng.normal(0, 9))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    middle = size / 2 + rng.normal(0, 0.05, 2) * size
    target = corners @ turn.T + middle + rng.normal(0, 0.03, (4, 2)) * size
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target.astype(np.float32))
    table = surface(rng, size, size).astype(np.float32)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (size, size))
    paper = cv2.warpPerspective(sheet, matrix, (size, size), flags=cv2.INTER_AREA)
    shadow = cv2.GaussianBlur(mask, (0, 0), 1 + size * rng.uniform(0.01, 0.04))[..., None]
    scene = table * (1 - rng.uniform(0, 0.5) * shadow)
    scene = scene * (1 - mask[..., None]) + np.asarray(paper, np.float32) * mask[..., None]
    return bounded(scene * slope(rng, size, size, 0.12))


def canvas(rng: Rng, ground: Colour, *, upright: bool = True) -> Image.Image:
    """Return an empty sheet or screen of one colour, 300..520 pixels on its longer side."""
    longer = int(rng.integers(300, 520))
    shorter = int(longer * rng.uniform(0.45, 0.95))
    return Image.new("RGB", (shorter, longer) if upright else (longer, shorter), ground)
