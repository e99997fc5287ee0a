"""An honest split: by painting for painters, and by painter for movements.

Every picture of one painting lands on one side, and some painters who are no class are held out
whole; the choice depends on names alone, so that every machine splits alike, and adding a further
folder leaves the split of the first as it was.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from training.recipe import DataPlan

SAME_PAINTING_BITS = 6
"""Two pictures by one painter whose 64-bit difference hashes differ by no more are one painting."""


@dataclass(frozen=True)
class Example:
    """One picture of the folder and which part of the split it belongs to."""

    archive: str
    image: str
    artist: str
    artist_name: str
    movements: tuple[str, ...]
    title: str
    origin: str
    is_class: bool
    folder: int = 0
    """Which of the plan's folders it lies in."""
    part: str = ""
    """train | validation | test | unseen (a painter held out whole, for movements)."""
    year: str = field(default="", repr=False)
    """As the folder has it; out of the repr, so that `Prepared.key` does not depend on it."""


def fraction(*words: object) -> float:
    """Return a number in 0..1 that depends on the words alone, on every machine."""
    digest = hashlib.sha256("\0".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def difference_hash(picture: NDArray[np.uint8]) -> int:
    """Return the 64-bit difference hash of a picture (each bit: is the right neighbour lighter)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)
    bits = (small[:, 1:] > small[:, :-1]).ravel()
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def group_paintings(examples: list[Example], hashes: list[int]) -> list[int]:
    """Return a group number an example; one painting in two files gets one number.

    Two files are one painting where painter and (non-empty) title agree or the pictures' difference
    hashes nearly do. The number is that of the group's earliest example, which decides its part; a
    picture of a further folder never joins two groups of an earlier one, so their numbers stay.
    """
    parent = list(range(len(examples)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    by_artist: dict[str, list[int]] = defaultdict(list)
    for i, example in enumerate(examples):
        by_artist[example.artist].append(i)
    for members in by_artist.values():
        for position, i in enumerate(members):
            for j in members[:position]:
                same_title = examples[i].title and examples[i].title == examples[j].title
                if same_title or (hashes[i] ^ hashes[j]).bit_count() <= SAME_PAINTING_BITS:
                    first, second = sorted((root(i), root(j)))
                    if examples[second].folder == examples[i].folder:
                        parent[second] = first
    return [root(i) for i in range(len(examples))]


def split(examples: list[Example], groups: list[int], plan: DataPlan, seed: int) -> list[Example]:
    """Assign every example to a part.

    Classes are split by painting; so are painters met only in a further folder, unless held out
    whole. Of the other painters some are held out whole and the rest train.
    """
    known = {e.artist for e in examples if e.folder == 0}
    done = []
    for example, group in zip(examples, groups, strict=True):
        new = example.artist not in known
        share = plan.also_unseen_painter_share if new else plan.unseen_painter_share
        if not example.is_class and fraction(seed, example.artist) < share:
            part = "unseen"
        elif example.is_class or new:
            leader = examples[group]
            chance = fraction(seed, leader.archive, leader.image)
            held_out = plan.test_share + plan.validation_share
            part = "test" if chance < plan.test_share else "validation" if chance < held_out else ""
        else:
            part = ""
        done.append(replace(example, part=part or "train"))
    return done


def keep_trained(
    examples: list[Example], groups: list[int], trained: Sequence[bool]
) -> list[Example]:
    """Move to the training part what an earlier network has ``trained`` on already.

    The other pictures of the same paintings go along, and a painter it has met is no longer held
    out whole.
    """
    paintings = {group for group, seen in zip(groups, trained, strict=True) if seen}
    painters = {e.artist for e, seen in zip(examples, trained, strict=True) if seen}
    return [
        replace(e, part="train")
        if group in paintings or (e.part == "unseen" and e.artist in painters)
        else e
        for e, group in zip(examples, groups, strict=True)
    ]
