"""Held-out figures: how often right, how honest about doubt, and where to stop naming names."""

import json
import logging
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

from training.augment import as_seen_by_a_phone
from training.dataset import Prepared, prepare
from training.exported import Network
from training.recipe import Recipe
from training.train import load_network

log = logging.getLogger(__name__)

NAMED_RIGHT = 0.80
"""A painter (or a movement) is named only where that is right at least this often."""
BINS = 15
BEST_COVERED = 91
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Report:
    """What evaluation found; it goes into the model card whole."""

    temperature: dict[str, float]
    thresholds: dict[str, float]
    figures: dict[str, float]


@dataclass(frozen=True)
class Answers:
    """Both heads' logits on one part of the split, and the right answers."""

    artist: Scores
    movement: Scores
    artists: NDArray[np.int64]
    movements: NDArray[np.float32]


def evaluate(recipe: Recipe, network: Network | None = None) -> Report:
    """Fit temperatures and thresholds on validation, measure on test; write ``report.json``.

    Without a ``network``, the run's latest is measured.
    """
    prepared = prepare(recipe)
    network = network or load_network(recipe, prepared)
    validation = answer(network, prepared, "validation")
    temperature = {
        "artist": fit_temperature(validation.artist, one_hot(validation)),
        "movement": fit_temperature(validation.movement, validation.movements),
    }
    thresholds = {
        "artist": threshold(
            *sureness(validation.artist, one_hot(validation), temperature["artist"])
        ),
        "movement": threshold(
            *sureness(validation.movement, validation.movements, temperature["movement"])
        ),
    }
    report = Report(temperature, thresholds, figures(network, prepared, temperature, thresholds))
    path = recipe.run_folder / "report.json"
    path.write_text(json.dumps(asdict(report), indent=1), encoding="utf-8")
    for name, figure in report.figures.items():
        log.info("%-40s %.4f", name, figure)
    return report


def answer(
    network: Network, prepared: Prepared, part: str, *, phone_seed: int | None = None
) -> Answers:
    """Run the network on a part; with ``phone_seed``, on phone-like views of its pictures."""
    indices = prepared.part(part)
    pictures = prepared.pictures[indices]
    if phone_seed is not None:
        rng = np.random.default_rng(phone_seed)
        pictures = np.stack([as_seen_by_a_phone(p, p.shape[0], rng) for p in pictures])
    outputs = network.predict(pictures, batch_size=32)
    return Answers(
        outputs["artist"],
        outputs["movement"],
        prepared.artist_targets(indices),
        prepared.movement_targets(indices),
    )


def one_hot(answers: Answers) -> NDArray[np.float32]:
    """Return the painters as rows of one 1."""
    return np.eye(answers.artist.shape[1], dtype=np.float32)[answers.artists]


def fit_temperature(logits: Scores, targets: NDArray[np.float32]) -> float:
    """Return the temperature that makes the logits' probabilities likeliest.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """

    def loss(log_temperature: float) -> float:
        return float(-(targets * log_softmax(logits / np.exp(log_temperature), axis=1)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def sureness(
    logits: Scores, targets: NDArray[np.float32], temperature: float
) -> tuple[Scores, NDArray[np.bool_]]:
    """Return each best guess's probability, and whether it is right (among several: any).

    A picture without a label is left out.
    """
    labelled = targets.any(axis=1)
    logits, targets = logits[labelled], targets[labelled]
    probabilities = softmax(logits / temperature, axis=1)
    best = probabilities.argmax(axis=1)
    rows = np.arange(len(best))
    return probabilities[rows, best], targets[rows, best] > 0


def threshold(confidence: Scores, right: NDArray[np.bool_]) -> float:
    """Return the least confidence above which guesses are right `NAMED_RIGHT` of the time."""
    order = np.argsort(-confidence)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= NAMED_RIGHT)
    return round(float(confidence[order[enough[-1]]]), 4) if len(enough) else 1.0


def top(logits: Scores, targets: NDArray[np.float32], k: int) -> float:
    """Return how often a right label is among the best ``k``, of the pictures that have one."""
    labelled = targets.any(axis=1)
    logits, targets = logits[labelled], targets[labelled]
    best = np.argsort(-logits, axis=1)[:, :k]
    return float((np.take_along_axis(targets, best, axis=1) > 0).any(axis=1).mean())


def calibration_error(confidence: Scores, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over `BINS` equal bins of confidence."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean()
        for b in range(BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))


def figures(
    network: Network,
    prepared: Prepared,
    temperature: dict[str, float],
    thresholds: dict[str, float],
) -> dict[str, float]:
    """Return every held-out figure of the card, as shares in 0..1."""
    test = answer(network, prepared, "test")
    phone = answer(network, prepared, "test", phone_seed=1)
    artists = one_hot(test)
    found: dict[str, Any] = {
        "test_pictures": len(test.artists),
        "artist_top1": top(test.artist, artists, 1),
        "artist_top3": top(test.artist, artists, 3),
        "artist_top1_of_best_covered": _best_covered(prepared, test),
        "artist_top1_phone": top(phone.artist, artists, 1),
        "artist_top3_phone": top(phone.artist, artists, 3),
        "movement_top1": top(test.movement, test.movements, 1),
        "movement_top3": top(test.movement, test.movements, 3),
        "movement_top1_phone": top(phone.movement, test.movements, 1),
        **_unseen_painters(network, prepared),
        **_origin_gap(prepared, test),
    }
    for head, logits, targets in (
        ("artist", test.artist, artists),
        ("movement", test.movement, test.movements),
    ):
        confidence, right = sureness(logits, targets, temperature[head])
        named = confidence >= thresholds[head]
        found[f"{head}_calibration_error"] = calibration_error(confidence, right)
        found[f"{head}_named_share"] = float(named.mean())
        found[f"{head}_named_right"] = float(right[named].mean()) if named.any() else 1.0
    return {name: round(float(figure), 4) for name, figure in found.items()}


def _unseen_painters(network: Network, prepared: Prepared) -> dict[str, float]:
    """Movements of painters held out whole; nothing where the folder has none to spare."""
    if not len(prepared.part("unseen")):
        return {}
    unseen = answer(network, prepared, "unseen")
    return {
        "unseen_painters_pictures": len(unseen.artists),
        "movement_top1_unseen_painters": top(unseen.movement, unseen.movements, 1),
        "movement_top3_unseen_painters": top(unseen.movement, unseen.movements, 3),
    }


def _best_covered(prepared: Prepared, test: Answers) -> float:
    """Top-1 among the best-covered painters alone: others are neither asked nor answered."""
    train = prepared.artist_targets(prepared.part("train"))
    counts = np.bincount(train[train >= 0], minlength=len(prepared.artists))
    chosen = np.sort(np.argsort(-counts, kind="stable")[:BEST_COVERED])
    asked = np.isin(test.artists, chosen)
    return top(test.artist[asked][:, chosen], one_hot(test)[asked][:, chosen], 1)


def _origin_gap(prepared: Prepared, test: Answers) -> dict[str, float]:
    """Recall of the movements that come from two publishers, by publisher."""
    origins = np.array([prepared.examples[i].origin for i in prepared.part("test")])
    found = {}
    best = test.movement.argmax(axis=1)
    for movement in ("baroque", "impressionism"):
        if movement not in prepared.movements:
            continue
        number = prepared.movements.index(movement)
        for origin in ("a", "b"):
            asked = (test.movements[:, number] > 0) & (origins == origin)
            if asked.any():
                found[f"{movement}_recall_origin_{origin}"] = float((best[asked] == number).mean())
    return found
