"""Small made answers, whose figures can be counted by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from training.report import Evaluated, Head
from training.splitting import Example

EXAMPLE = Example("", "x.jpg", "ann", "Ann", ("baroque",), "Work", "a", is_class=True, part="test")


def head(
    probabilities: Sequence[Sequence[float]],
    targets: Sequence[Sequence[float]],
    *,
    threshold: float = 0.5,
    title: str = "Painters",
) -> Head:
    """Return a head whose labels are a, b, c …, called A, B, C …"""
    scores = np.array(probabilities, np.float32)
    classes = scores.shape[1]
    ids = tuple("abcdefgh"[:classes])
    return Head(
        title=title,
        ids=ids,
        names=tuple(id_.upper() for id_ in ids),
        works=np.arange(classes) + 10,
        order=np.arange(classes),
        probabilities=scores,
        targets=np.array(targets, np.float32).reshape(scores.shape),
        temperature=1.0,
        threshold=threshold,
    )


def guesses(*answers: tuple[str, str, float]) -> Head:
    """Return a head of three labels from (true label or "", guess, confidence)."""
    rows, targets = [], []
    for true, given, confidence in answers:
        row = [(1 - confidence) / 2] * 3
        row["abc".index(given)] = confidence
        rows.append(row)
        targets.append([float(label == true) for label in "abc"])
    return head(np.array(rows).reshape(-1, 3), np.array(targets).reshape(-1, 3))


def evaluated(
    painters: Head, movements: Head | None = None, examples: list[Example] | None = None
) -> Evaluated:
    """Return both heads on plain grey pictures, each lighter than the one before."""
    count = len(painters.probabilities)
    pictures = np.arange(2 * count, dtype=np.uint8)[:, None, None, None] * 10
    return Evaluated(
        network="small@1.0",
        painters=painters,
        movements=movements or replace(painters, title="Movements"),
        movement_of_painter=tuple(f"Group {name}" for name in painters.names),
        examples=examples or [EXAMPLE] * count,
        pictures=np.broadcast_to(pictures, (2 * count, 8, 8, 3)),
        indices=np.arange(count) + count,
    )
