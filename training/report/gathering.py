"""From a prepared data set and a network's logits to what a report is made from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from training.dataset import Prepared
from training.labels import label_names
from training.recipe import Recipe
from training.report.evaluated import Evaluated, Head
from training.report.years import year_of
from training.splitting import Example

OTHER = "Other"


class Answers(Protocol):
    """A network's answers to some pictures, by head (``artist``, ``movement``)."""

    @property
    def indices(self) -> NDArray[np.int64]:
        """Which of the prepared examples were asked, shape (n,)."""

    @property
    def logits(self) -> dict[str, NDArray[np.float32]]:
        """Calibrated: the softmax of a row is the network's probabilities. Shapes (n, classes)."""

    @property
    def targets(self) -> dict[str, NDArray[np.float32]]:
        """Shapes (n, classes), positive where a label is right."""


def gather(
    recipe: Recipe,
    prepared: Prepared,
    labels: Mapping[str, Sequence[str]],
    answers: Answers,
    temperature: Mapping[str, float],
    thresholds: Mapping[str, float],
) -> Evaluated:
    """Return both heads' answers; ``labels`` are the ids of each head's columns.

    ``temperature`` is what the answers were calibrated with.
    """
    names = label_names(prepared)
    movements = labels["movement"]
    mostly = _main_movements(prepared, labels["artist"], movements)
    age = _ages(prepared.examples)
    learnt = [prepared.examples[i] for i in prepared.part("train")]

    def head(title: str, key: str, works: Counter[str], shown_under: Mapping[str, str]) -> Head:
        ids = tuple(shown_under)
        rank = [(age.get(m, np.inf), not m, m, id_) for id_, m in shown_under.items()]
        return Head(
            title=title,
            ids=ids,
            names=tuple(names[id_] for id_ in ids),
            works=np.array([works[id_] for id_ in ids], np.int64),
            order=np.array(sorted(range(len(ids)), key=rank.__getitem__), np.int64),
            probabilities=softmax(answers.logits[key], axis=1),
            targets=answers.targets[key],
            temperature=temperature[key],
            threshold=thresholds[key],
        )

    by_artist = Counter(e.artist for e in learnt)
    by_movement = Counter(m for e in learnt for m in e.movements)
    return Evaluated(
        network=f"{recipe.name}@{recipe.version}",
        painters=head("Painters", "artist", by_artist, mostly),
        movements=head("Movements", "movement", by_movement, {m: m for m in movements}),
        movement_of_painter=tuple(names.get(m, OTHER) for m in mostly.values()),
        examples=[prepared.examples[i] for i in answers.indices],
        pictures=prepared.pictures,
        indices=answers.indices,
    )


def _main_movements(
    prepared: Prepared, artists: Sequence[str], movements: Sequence[str]
) -> dict[str, str]:
    """Return the movement that most works of each painter show; empty where it is none of ours."""
    counts = Counter((e.artist, m) for e in prepared.examples for m in e.movements)
    found = {}
    for artist in artists:
        most = max(movements, key=lambda movement: counts[artist, movement])
        found[artist] = most if counts[artist, most] else ""
    return found


def _ages(examples: Sequence[Example]) -> dict[str, float]:
    """Return the median year of each movement's dated pictures."""
    years: dict[str, list[int]] = {}
    for example in examples:
        year = year_of(example.year)
        if year:
            for movement in example.movements:
                years.setdefault(movement, []).append(year)
    return {movement: median(found) for movement, found in years.items()}
