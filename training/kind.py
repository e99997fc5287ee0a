"""Is this a painting at all? How the branch's answer is read, and how often it is right.

Both sides are seen alike: close, through a phone's distortions, and framed on a wall, so that none
of these betrays a painting. What is no painting comes from free packages (`training.everyday`),
where they were collected, and from pictures made here, which are always at hand.
"""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.special import expit

from bot.vision.looking import prepared as prepared_photo
from training.augment import Picture
from training.dataset import Prepared
from training.everyday.bank import SIDE
from training.exported import Network
from training.kind_views import (
    HARD,
    VIEWS,
    Logits,
    Seen,
    held_out,
    joined,
    other_views,
    painted,
    painting_views,
    phone,
    seen,
)
from training.measures import fit_temperature

log = logging.getLogger(__name__)
MOST_REFUSED = 0.02
"""Share of the validation's paintings that may be lost, in the way of seeing them that loses most.
"""
COLLECTED, MADE = 1000, 300
"""Validation views of what is no painting, at most."""
MANY = 1500
"""With fewer paintings to settle it on, fewer other views are made."""
MEASURED = 1000
"""Paintings measured in each lot, at most."""
SCULPTORS = ("rodin", "bernini")
MUSEUM_PHOTOS = {
    "estense_visits": Path("../shared/data/estense/visits"),
    "estense_catalogue": Path("../shared/data/estense/catalogue"),
    "famous": Path("../shared/data/famous/images"),
}
"""Photos and works never trained on here; measured where they are at hand."""


@dataclass(frozen=True)
class Kind:
    """The branch, and how its logit is to be read."""

    branch: keras.Model
    """See `training.branch`."""
    temperature: float
    threshold: float
    """A picture whose sigmoid(logit / temperature) is less is no painting."""

    def sureness(self, logits: Logits) -> Logits:
        """Return how likely each picture shows a painting, shape (n,)."""
        return np.asarray(expit(logits / self.temperature), np.float32)


def settle_kind(
    network: Network, branch: keras.Model, prepared: Prepared, everyday_folder: Path, seed: int
) -> Kind:
    """Return the branch with the temperature and the threshold that validation views ask for.

    ``network`` answers ``painting``. Without collected pictures, made ones alone stand for what is
    no painting.
    """
    indices = held_out(prepared, "validation")
    small = min(1.0, len(indices) / MANY)
    collected, made = (max(15, round(small * most)) for most in (COLLECTED, MADE))
    validation = joined(
        painting_views(network, prepared, indices, seed),
        other_views(network, everyday_folder, "validation", (collected, made), seed),
    )
    return read_logits(branch, validation)


def read_logits(branch: keras.Model, validation: Seen) -> Kind:
    """Return the branch with temperature and threshold for logits as they come."""
    sides = np.eye(2, dtype=np.float32)[validation.painting.astype(int)]
    two = np.stack([np.zeros_like(validation.logits), validation.logits], axis=1)
    temperature = fit_temperature(two, sides / sides.sum(axis=0))
    found = Kind(branch, temperature, 0.0)
    sure, ways = found.sureness(validation.logits), validation.groups
    threshold = min(
        float(np.quantile(sure[validation.painting & (ways == way)], MOST_REFUSED))
        for way in np.unique(ways[validation.painting])
    )
    return replace(found, threshold=round(threshold, 6))


def measure_kind(
    network: Network, prepared: Prepared, everyday_folder: Path, kind: Kind
) -> dict[str, float]:
    """Return shares in 0..1 on packages, paintings and made pictures that were not learnt from.

    ``recognised``: of what is no painting, all of it and by group; ``refused``: of paintings, by
    the way they are seen, and of the museum photos at hand. Works by makers of photographs, objects
    and rooms count among the paintings, for visitors meet them too; they are also told apart.
    """
    found: dict[str, float] = {}
    others = other_views(network, everyday_folder, "test", (COLLECTED, MADE), 99)
    refused = kind.sureness(others.logits) < kind.threshold
    for group in np.unique(others.groups):
        found[f"recognised_{group}"] = float(refused[others.groups == group].mean())
    real = ~np.char.startswith(others.groups, "made_")
    found["recognised"] = float(refused.mean())
    if real.any():
        found["recognised_collected"] = float(refused[real].mean())
    rng = np.random.default_rng(98)
    for name, pictures in _held_out(prepared, rng).items():
        sure = kind.sureness(seen(network, pictures))
        found[f"refused_{name}"] = float((sure < kind.threshold).mean())
    rounded = {name: round(share, 4) for name, share in sorted(found.items())}
    for name, share in rounded.items():
        log.info("%-40s %.4f", name, share)
    return rounded


def _held_out(prepared: Prepared, rng: np.random.Generator) -> dict[str, NDArray[np.uint8]]:
    """Return paintings of the test and unseen parts in several lots, and the museum photos."""
    indices = rng.permutation(held_out(prepared, "test"))
    some = [np.asarray(prepared.pictures[i]) for i in indices[:MEASURED]]
    lots = {name: [view(p, rng) for p in some] for name, view in VIEWS.items()}
    hard = [i for i in indices if any(m in HARD for m in prepared.examples[i].movements)]
    lots["hard_movements"] = [phone(np.asarray(prepared.pictures[i]), rng) for i in hard[:MEASURED]]
    carved = [i for i in indices if any(s in prepared.examples[i].artist for s in SCULPTORS)]
    objects = np.setdiff1d(indices, painted(prepared, indices))
    lots["not_painted"] = [np.asarray(prepared.pictures[i]) for i in objects[:MEASURED]]
    lots["sculptors"] = [np.asarray(prepared.pictures[i]) for i in carved[:MEASURED]]
    for name, folder in MUSEUM_PHOTOS.items():
        lots[name] = [_sent(path) for path in sorted(folder.glob("*.avif"))]
    return {name: np.stack(lot) for name, lot in lots.items() if lot}


def _sent(path: Path) -> Picture:
    """Return a photo as the bot shows it to the network."""
    with Image.open(path) as image:
        return prepared_photo(image.convert("RGB"), SIDE)
