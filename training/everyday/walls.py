"""Made pictures without a subject: walls, plain colours, darkness, a finger, noise, moiré."""

import cv2
import numpy as np

from training.everyday.brush import Picture, Rng, bounded, colour, grain, slope, surface, tint


def wall(rng: Rng, size: int) -> Picture:
    """Return a room's wall: uneven light, perhaps corner, ceiling, skirting, socket and shadow."""
    paint = tint(rng, 60, 250) if rng.random() < 0.75 else colour(rng, 40, 240)
    scene = np.full((size, size, 3), paint, np.float32)
    scene += grain(rng, size, size, rng.uniform(0.5, 5))
    if rng.random() < 0.4:
        _corner(scene, rng)
    if rng.random() < 0.35:
        _skirting(scene, rng)
    if rng.random() < 0.12:
        step = int(rng.integers(18, 70))
        scene[::step] *= rng.uniform(0.7, 0.95)
        scene[:, :: int(step * rng.choice([1, 2, 2.5]))] *= rng.uniform(0.7, 0.95)
    picture = bounded(scene)
    for _ in range(int(rng.choice([0, 0, 1, 2]))):
        _fixture(picture, rng)
    lit = picture * slope(rng, size, size, rng.uniform(0.03, 0.25))
    if rng.random() < 0.4:
        lit = lit * _shadow(rng, size)
    return bounded(lit + grain(rng, size, size, rng.uniform(0, 4)))


def _corner(scene: np.ndarray, rng: Rng) -> None:
    """Darken one of two walls that meet, and perhaps the ceiling above both."""
    size = scene.shape[0]
    place = size * rng.uniform(0.1, 0.9)
    edge = place + np.arange(size) * rng.normal(0, 0.06)
    beyond = np.arange(size)[None, :] > edge[:, None]
    scene[beyond] *= rng.uniform(0.7, 1.1)
    if rng.random() < 0.4:
        height = size * rng.uniform(0.05, 0.35) + np.abs(np.arange(size) - place) * rng.normal(
            0, 0.3
        )
        scene[np.arange(size)[:, None] < height[None, :]] *= rng.uniform(0.8, 1.2)


def _skirting(scene: np.ndarray, rng: Rng) -> None:
    """Lay a floor, with a board along the wall."""
    size = scene.shape[0]
    top = int(size * rng.uniform(0.6, 0.93))
    scene[top:] = surface(rng, size, size)[: size - top]
    board = max(2, int(size * rng.uniform(0.01, 0.06)))
    scene[top : top + board] = tint(rng, 120, 255)


def _fixture(picture: Picture, rng: Rng) -> None:
    """Draw a socket, a switch, a hook, a crack or a door's edge."""
    size = picture.shape[0]
    x, y = (int(v) for v in rng.uniform(0.1, 0.85, 2) * size)
    side = int(size * rng.uniform(0.04, 0.16))
    light, dark = tint(rng, 180, 255), tint(rng, 10, 110)
    kind = rng.random()
    if kind < 0.5:
        cv2.rectangle(picture, (x, y), (x + side, y + side), light, -1)
        cv2.rectangle(picture, (x, y), (x + side, y + side), tint(rng, 90, 170), 1, cv2.LINE_AA)
        for hole in (0.35, 0.65):
            place = (x + int(side * hole), y + side // 2)
            cv2.circle(picture, place, max(1, side // 12), dark, -1, cv2.LINE_AA)
    elif kind < 0.65:
        cv2.circle(picture, (x, y), max(1, side // 8), dark, -1, cv2.LINE_AA)
    elif kind < 0.85:
        steps = rng.normal(0, side / 4, (12, 2)).cumsum(axis=0) + np.array([x, y])
        cv2.polylines(picture, [steps.astype(np.int32)], False, dark, 1, cv2.LINE_AA)
    else:
        cv2.rectangle(picture, (x, int(size * 0.1)), (x + 4 * side, size), light, -1)
        cv2.rectangle(picture, (x, int(size * 0.1)), (x + 4 * side, size), dark, 1)


def _shadow(rng: Rng, size: int) -> np.ndarray:
    """Return a soft shadow (a person's, a plant's, a window's) as a factor, shape (s, s, 1)."""
    mask = np.zeros((size, size), np.float32)
    for _ in range(int(rng.integers(1, 5))):
        points = rng.uniform(-0.2, 1.2, (int(rng.integers(3, 7)), 2)) * size
        cv2.fillPoly(mask, [points.astype(np.int32)], 1.0)
    soft = cv2.GaussianBlur(mask, (0, 0), size * rng.uniform(0.01, 0.12))
    return np.asarray(1 - rng.uniform(0.1, 0.6) * soft)[..., None]


def plain(rng: Rng, size: int) -> Picture:
    """Return one colour with a little light and noise, or a smooth run from one to another."""
    first = np.full((size, size, 3), colour(rng), np.float32)
    if rng.random() < 0.4:
        ramp = np.linspace(0, 1, size, dtype=np.float32)
        ramp2 = ramp[None, :, None] if rng.random() < 0.5 else ramp[:, None, None]
        first = first * (1 - ramp2) + np.array(colour(rng), np.float32) * ramp2
    if rng.random() < 0.5:
        first *= slope(rng, size, size, 0.1)
    return bounded(first + grain(rng, size, size, rng.uniform(0, 6)))


def darkness(rng: Rng, size: int) -> Picture:
    """Return a pocket or a night: nearly black, noisy, perhaps with lamps out of focus."""
    scene = np.full((size, size, 3), tint(rng, 0, 30, 6), np.float32)
    scene *= slope(rng, size, size, 0.4)
    for _ in range(int(rng.choice([0, 0, 1, 3, 8]))):
        lamp = np.zeros((size, size, 3), np.float32)
        place = tuple(int(v) for v in rng.uniform(0, size, 2))
        cv2.circle(lamp, place, int(size * rng.uniform(0.01, 0.12)), colour(rng, 80), -1)
        scene += cv2.GaussianBlur(lamp, (0, 0), size * rng.uniform(0.005, 0.06))
    return bounded(scene + grain(rng, size, size, rng.uniform(1, 14)))


def defocus(rng: Rng, size: int) -> Picture:
    """Return a room far out of focus: a few soft blobs of colour."""
    blobs = rng.uniform(0, 255, (int(rng.integers(2, 7)), int(rng.integers(2, 7)), 3))
    blobs = blobs * rng.uniform(0.2, 0.9) + rng.uniform(0, 120)
    scene = cv2.resize(blobs.astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    scene = cv2.GaussianBlur(scene, (0, 0), size * rng.uniform(0.02, 0.12))
    return bounded(np.asarray(scene) + grain(rng, size, size, rng.uniform(0, 6)))


def finger(rng: Rng, size: int) -> Picture:
    """Return a view with a finger over the lens: a soft, warm blob from one edge."""
    behind = defocus(rng, size) if rng.random() < 0.5 else wall(rng, size)
    mask = np.zeros((size, size), np.float32)
    along = rng.uniform(0, size)
    edges = ((along, 0), (along, size), (0, along), (size, along))
    centre = edges[int(rng.integers(4))]
    axes = tuple(int(v) for v in rng.uniform(0.3, 1.0, 2) * size)
    place = (int(centre[0]), int(centre[1]))
    cv2.ellipse(mask, (place, axes, rng.uniform(0, 180)), 1.0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), size * rng.uniform(0.02, 0.1))[..., None]
    skin = np.array([200, 120, 90]) * rng.uniform(0.25, 1.15) + rng.normal(0, 15, 3)
    scene = behind * (1 - soft) + skin * soft * slope(rng, size, size, 0.2)
    return bounded(scene + grain(rng, size, size, rng.uniform(0, 5)))


def noise(rng: Rng, size: int) -> Picture:
    """Return noise of one or several scales, as of a broken file or an empty channel."""
    total = np.full((size, size, 3), rng.uniform(60, 190), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        total += grain(rng, size, size, rng.uniform(10, 70))
    return bounded(total)


def moire(rng: Rng, size: int) -> Picture:
    """Return a screen photographed from too near: bands over fine stripes."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    behind = defocus(rng, size) if rng.random() < 0.5 else plain(rng, size)
    scene = behind.astype(np.float32)
    for _ in range(int(rng.integers(1, 4))):
        angle, period = rng.uniform(0, np.pi), rng.uniform(1.5, 40)
        bent = x * np.cos(angle) + y * np.sin(angle) + rng.uniform(0, 12) * np.sin(y / size * 6)
        stripes = np.sin(bent * 2 * np.pi / period)[..., None]
        scene = scene + rng.uniform(8, 45) * stripes * rng.uniform(0.3, 1, 3)
    return bounded(scene)


def ground(rng: Rng, size: int) -> Picture:
    """Return a table top or a floor with nothing on it."""
    return surface(rng, size, size)
