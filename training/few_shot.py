"""How far to trust the nearest pictures of painters who are too few-pictured to be a class."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from bot.vision.few_shot import FewShot
from bot.vision.model import Label
from knowledge.library import CONTENT
from knowledge.reading import read_content
from training.dataset import Prepared
from training.measures import Scores, one_hot, top
from training.splitting import fraction

FEWEST_WORKS = 5
MOST_ASKED = 8
"""Works a painter that are asked about when fitting and measuring."""
MOST_LOST = 0.005
"""How much of the learnt painters' top-1 may be given up for these painters."""
WEIGHTS = (0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
"""How much their pictures count in the fit, the largest that `MOST_LOST` allows."""


@dataclass(frozen=True)
class Learnt:
    """What the network says of some pictures: rows in one order."""

    log_probabilities: Scores
    """Of the learnt painters, shape (n, A)."""
    embeddings: Scores
    right: NDArray[np.int64]
    """Class numbers, -1 where the painter is none of the learnt ones."""


@dataclass(frozen=True)
class Fitted:
    """The painters beside the learnt ones, and what was measured of them."""

    painters: FewShot
    scale: float
    offset: float
    figures: dict[str, float]

    @property
    def labels(self) -> tuple[Label, ...]:
        """Who they are."""
        return self.painters.labels

    def card(self) -> dict[str, Any]:
        """Return what the model card keeps; the works themselves are in the gallery."""
        painters = [{"id": label.id, "name": label.name} for label in self.labels]
        return {"scale": self.scale, "offset": self.offset, "painters": painters}


@dataclass(frozen=True)
class _Question:
    """Log-probabilities of the learnt painters, nearness to the others, and the right column."""

    learnt: Scores
    near: Scores
    right: NDArray[np.int64]

    def joined(self, scale: float, offset: float) -> Scores:
        return np.concatenate([self.learnt, scale * (self.near - offset)], axis=1)

    def likelihood(self, scale: float, offset: float) -> float:
        scores = self.joined(scale, offset)
        chosen = scores[np.arange(len(scores)), self.right]
        return float((chosen - logsumexp(scores, axis=1)).mean())

    def top(self, scale: float, offset: float, k: int) -> float:
        scores = self.joined(scale, offset)
        return top(scores, one_hot(self.right, scores.shape[1]), k)

    def without(self, k: int) -> float:
        """Return how often the learnt painters alone would be right among the best ``k``."""
        return top(self.learnt, one_hot(self.right, self.learnt.shape[1]), k)


def few_painters(prepared: Prepared) -> dict[str, list[int]]:
    """Return the examples of every painter who is no class, has works enough and a story."""
    stories = read_content(CONTENT).artists
    works: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(prepared.examples):
        if not example.is_class and example.artist in stories:
            works[example.artist].append(number)
    return {id_: works[id_] for id_ in sorted(works) if len(works[id_]) >= FEWEST_WORKS}


def fit_few_shot(works: Mapping[str, Learnt], validation: Learnt, test: Learnt) -> Fitted:
    """Fit scale and offset, and measure on painters whose works took no part in the fit.

    ``works``: the pictures of each painter, as `few_painters` finds them; ``validation`` and
    ``test``: held-out pictures of the learnt painters. With too few painters to fit and to measure
    on, none is named.
    """
    stories = read_content(CONTENT).artists
    labels = tuple(Label(name, stories[name].name) for name in works)
    embeddings = {name: learnt.embeddings for name, learnt in works.items()}
    near = FewShot(labels, embeddings, 1.0, 0.0)
    halves: dict[bool, list[int]] = {True: [], False: []}
    for number, name in enumerate(works):
        halves[fraction("few-shot", name) < 0.5].append(number)
    if not all(halves.values()):
        return Fitted(FewShot((), {}, 1.0, 1.0), 1.0, 1.0, {"few_shot_painters": 0.0})
    for_fit, for_test = (_leave_one_out(works, labels, halves[side]) for side in (True, False))
    known, judged = (
        _Question(learnt.log_probabilities, near.nearness(learnt.embeddings), learnt.right)
        for learnt in (validation, test)
    )
    scale, offset = _fit(known, for_fit)
    figures = {
        "few_shot_painters": float(len(works)),
        "few_shot_pictures": float(len(for_test.right)),
        "artist_top1_without_few_shot": judged.without(1),
    }
    for k in (1, 3, 5):
        figures[f"few_shot_top{k}"] = for_test.top(scale, offset, k)
        figures[f"artist_top{k}_beside_few_shot"] = judged.top(scale, offset, k)
    return Fitted(FewShot(labels, embeddings, scale, offset), scale, offset, figures)


def _leave_one_out(
    works: Mapping[str, Learnt], labels: tuple[Label, ...], asked: list[int]
) -> _Question:
    """Ask about some works of some painters, each as if it were not among the painter's works."""
    embeddings = {name: learnt.embeddings for name, learnt in works.items()}
    learnt, near, right = [], [], []
    for number in asked:
        mine = works[labels[number].id]
        for i in range(min(MOST_ASKED, len(mine.embeddings))):
            others = {**embeddings, labels[number].id: np.delete(mine.embeddings, i, axis=0)}
            near.append(FewShot(labels, others, 1.0, 0.0).nearness(mine.embeddings[i][None])[0])
            learnt.append(mine.log_probabilities[i])
            right.append(len(mine.log_probabilities[i]) + number)
    return _Question(np.array(learnt), np.array(near), np.array(right, np.int64))


def _fit(known: _Question, few: _Question) -> tuple[float, float]:
    """Return the scale and offset likeliest for both, the few counting as much as can be borne."""
    without = known.without(1)
    scale, offset = 1.0, 50.0
    for weight in WEIGHTS:

        def loss(theta: NDArray[np.float64], weight: float = weight) -> float:
            values = float(np.exp(theta[0])), float(theta[1])
            return -known.likelihood(*values) - weight * few.likelihood(*values)

        found = minimize(loss, [2.5, 0.7], method="Nelder-Mead").x
        scale, offset = float(np.exp(found[0])), float(found[1])
        if without - known.top(scale, offset, 1) <= MOST_LOST:
            break
    return round(scale, 3), round(offset, 4)
