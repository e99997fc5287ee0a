"""Is this a painting at all? A small head on what the network sees, fitted and measured.

Both sides are seen alike: close, through a phone's distortions, and framed on a wall, so that none
of these betrays a painting. What is no painting comes from free packages (`training.everyday`),
where they were collected, and from pictures made here, which are always at hand.
"""

import logging
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.special import expit
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from training.augment import Picture
from training.dataset import Prepared
from training.everyday.bank import SIDE
from training.exported import Network
from training.kind_views import (
    HARD,
    VIEWS,
    Features,
    Seen,
    held_out,
    joined,
    other_views,
    painting_views,
    phone,
    seen,
)
from training.measures import fit_temperature

log = logging.getLogger(__name__)
HIDDEN, EPOCHS = 48, 40
MOST_REFUSED = 0.016
"""Share of the validation's views of paintings below the threshold; 2 % is what may be lost."""
PAINTINGS, COLLECTED, MADE = 4000, 3500, 1000
"""Views of each kind in the training part, at most; a third of it for validation."""
MEASURED = 300
HARD_WEIGHT = 2.5
"""How often the paintings that are hardest to tell are drawn, to learn from."""
SCULPTORS = ("rodin", "bernini")
MUSEUM_PHOTOS = {
    "estense_visits": Path("../shared/data/estense/visits"),
    "estense_catalogue": Path("../shared/data/estense/catalogue"),
    "famous": Path("../shared/data/famous/images"),
}
"""Photos and works never trained on here; measured where they are at hand."""


@dataclass(frozen=True)
class KindHead:
    """Weights of the small head, and how its logit is to be read."""

    w1: Features
    """Shape (features, hidden)."""
    b1: Features
    w2: Features
    """Shape (hidden, 1)."""
    b2: Features
    temperature: float
    threshold: float
    """A picture whose sigmoid(logit / temperature) is less is no painting."""

    def apply(self, features: Features) -> Features:
        """Return logits, shape (n, 1), of features, shape (n, features)."""
        return np.maximum(features @ self.w1 + self.b1, 0) @ self.w2 + self.b2

    def sureness(self, features: Features) -> Features:
        """Return how likely each picture shows a painting, shape (n,)."""
        return np.asarray(expit(self.apply(features)[:, 0] / self.temperature), np.float32)


def fit_kind(network: Network, prepared: Prepared, everyday_folder: Path, seed: int) -> KindHead:
    """Fit the head on training parts; its temperature and threshold on validation parts.

    Of a small data set fewer views are made, of both sides. Without collected pictures, made ones
    alone stand for what is no painting.
    """
    small = min(1.0, len(prepared.part("train")) / PAINTINGS)
    counts = [max(30, round(small * most)) for most in (PAINTINGS, COLLECTED, MADE)]
    fewer = [max(15, count // 3) for count in counts]
    train = joined(
        painting_views(network, prepared, prepared.part("train"), counts[0], seed, HARD_WEIGHT),
        other_views(network, everyday_folder, "train", (counts[1], counts[2]), seed),
    )
    validation = joined(
        painting_views(network, prepared, held_out(prepared, "validation"), fewer[0], seed + 1),
        other_views(network, everyday_folder, "validation", (fewer[1], fewer[2]), seed + 1),
    )
    return settle_kind(*fit_layers(train, seed), validation)


def settle_kind(
    w1: Features, b1: Features, w2: Features, b2: Features, validation: Seen
) -> KindHead:
    """Return the head with the temperature and the threshold that validation views ask for."""
    raw = KindHead(w1, b1, w2, b2, 1.0, 0.5)
    logits = raw.apply(validation.features)
    sides = np.eye(2, dtype=np.float32)[validation.painting.astype(int)]
    two = np.concatenate([np.zeros_like(logits), logits], axis=1)
    temperature = fit_temperature(two, sides / sides.sum(axis=0))
    sure = expit(logits[validation.painting, 0] / temperature)
    threshold = round(float(np.quantile(sure, MOST_REFUSED)), 6)
    return KindHead(w1, b1, w2, b2, temperature, threshold)


def _weights(seen: Seen) -> Features:
    """Weigh both sides alike, and groups by the root of their size."""
    weights = np.zeros(len(seen.groups))
    for group in np.unique(seen.groups):
        members = seen.groups == group
        weights[members] = 1 / np.sqrt(members.sum())
    for side in (True, False):
        weights[seen.painting == side] /= weights[seen.painting == side].sum()
    return (weights * len(weights) / 2).astype(np.float32)


def fit_layers(
    train: Seen, seed: int, *, linear: bool = False
) -> tuple[Features, Features, Features, Features]:
    """Return w1, b1, w2, b2 for features as they come; the scaling is folded into the first layer.

    A linear head is two hidden units, the score and its opposite, so that both have one shape.
    """
    mean = train.features.mean(axis=0)
    spread = train.features.std(axis=0) + 0.05 * train.features.std()
    scaled, weights = (train.features - mean) / spread, _weights(train)
    if linear:
        line = LogisticRegression(C=0.003, max_iter=300)
        line.fit(scaled, train.painting, sample_weight=weights)
        first = np.stack([line.coef_[0], -line.coef_[0]], axis=1)
        bias, second, last = np.zeros(2), np.array([[1.0], [-1.0]]), line.intercept_
    else:
        net = MLPClassifier(
            (HIDDEN,), alpha=1.0, batch_size=64, max_iter=EPOCHS, tol=0.0, random_state=seed
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the epochs are what was asked for
            net.fit(scaled, train.painting, sample_weight=weights)
        (first, second), (bias, last) = net.coefs_, net.intercepts_
    w1 = first / spread[:, None]
    arrays = (w1, bias - mean @ w1, second, last)
    w1, b1, w2, b2 = (np.asarray(a, np.float32) for a in arrays)
    return w1, b1, w2, b2


def measure_kind(
    network: Network, prepared: Prepared, everyday_folder: Path, head: KindHead
) -> dict[str, float]:
    """Return shares in 0..1 on packages, paintings and made pictures that `fit_kind` never saw.

    ``recognised``: of what is no painting, all of it and by group; ``refused``: of paintings, by
    the way they are seen, by kind of work, and of the museum photos at hand.
    """
    found: dict[str, float] = {}
    others = other_views(network, everyday_folder, "test", (3 * MEASURED, MEASURED), 99)
    refused = head.sureness(others.features) < head.threshold
    for group in np.unique(others.groups):
        found[f"recognised_{group}"] = float(refused[others.groups == group].mean())
    real = ~np.char.startswith(others.groups, "made_")
    found["recognised"] = float(refused.mean())
    if real.any():
        found["recognised_collected"] = float(refused[real].mean())
    rng = np.random.default_rng(98)
    for name, pictures in _held_out(prepared, rng).items():
        sure = head.sureness(seen(network, pictures))
        found[f"refused_{name}"] = float((sure < head.threshold).mean())
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
    lots["sculptors"] = [np.asarray(prepared.pictures[i]) for i in carved[:MEASURED]]
    for name, folder in MUSEUM_PHOTOS.items():
        lots[name] = [_square(path) for path in sorted(folder.glob("*.avif"))]
    return {name: np.stack(lot) for name, lot in lots.items() if lot}


def _square(path: Path) -> Picture:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC))
