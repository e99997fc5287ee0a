"""Pictures of what is no painting, kept in memory to draw from: collected ones and made ones."""

import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.vision.looking import coarse
from training.everyday.brush import Picture
from training.everyday.collect import Everyday, read_everyday
from training.everyday.made import make

SIDE = 224
SOUGHT = {
    **{"photo": 4.0, "face": 4.0, "landscape": 4.0},
    **{"food": 1.5, "animal": 1.5, "diagram": 1.5, "texture": 1.5},
}
"""Groups that visitors send most, and packages ship least or paintings look most like."""
MADE_SHARE = 0.25
"""How many of the pictures drawn are made ones, where others were collected."""
PUBLISHED_SHARE = 0.6
"""How many pictures are made as coarse as the data's paintings are."""


@dataclass(frozen=True)
class Bank:
    """Pictures, shape (n, 224, 224, 3), the group of each and how likely it is drawn."""

    pictures: NDArray[np.uint8]
    groups: NDArray[np.str_]
    chances: NDArray[np.float64]
    """Sum to 1."""

    def draw(self, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Return the numbers of ``count`` pictures, some perhaps more than once."""
        return rng.choice(len(self.pictures), count, p=self.chances)


def fill(folder: Path, part: str, made: int, seed: int) -> Bank:
    """Return the collected pictures of a part and ``made`` ones.

    Where none was collected, made ones stand alone. Among the collected ones, those of small
    groups and of `SOUGHT` ones come up more often than they are. `PUBLISHED_SHARE` of them are as
    coarse as the paintings to learn from; in the test part all are as the bot makes a large photo
    of them. Those of folders come as they are, for they are coarse already.
    """
    rows = [row for row in read_everyday(folder) if row.part == part]
    drawn, kinds = make(made, seed, SIDE)
    pictures = [*(read_picture(folder, row) for row in rows), *drawn]
    sharp = [not row.package.startswith("folder-") for row in rows] + [True] * made
    rng = np.random.default_rng(seed)
    for number in np.flatnonzero(sharp):
        if part == "test":
            pictures[number] = sent(pictures[number])
        elif rng.random() < PUBLISHED_SHARE:
            pictures[number] = published(pictures[number], rng)
    groups = [row.group for row in rows]
    sizes = Counter(groups)
    often = np.array([SOUGHT.get(group, 1.0) / sizes[group] ** 0.5 for group in groups])
    made_share = MADE_SHARE if rows else 1.0
    chances = np.append(
        (1 - made_share) * often / max(often.sum(), 1e-9), np.full(made, made_share / made)
    )
    groups += [f"made_{kind}" for kind in kinds]
    return Bank(np.stack(pictures), np.array(groups), chances)


def read_picture(folder: Path, row: Everyday) -> Picture:
    """Return a collected picture, shape (224, 224, 3)."""
    with Image.open(folder / row.image) as image:
        return np.asarray(image.convert("RGB"))


def sent(picture: Picture) -> Picture:
    """Return a square picture as the network sees it where a visitor sends it as a large photo."""
    return np.asarray(coarse(Image.fromarray(picture), SIDE))


def published(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a square picture as coarse as the data's paintings are, shape (224, 224, 3).

    Those are small and much compressed, and all but the square ones were stretched. Sharpness must
    not betray a photograph: a visitor's photo of a painting is as sharp as one of a cat.
    """
    sides = [SIDE, round(SIDE * rng.uniform(0.6, 1.0))]
    rng.shuffle(sides)
    small = Image.fromarray(picture).resize((sides[0], sides[1]), Image.Resampling.BICUBIC)
    packed = io.BytesIO()
    small.save(packed, "AVIF", quality=int(rng.integers(50, 75)), speed=8)
    with Image.open(packed) as image:
        square = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return np.asarray(square)
