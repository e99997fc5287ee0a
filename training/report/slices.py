"""Figures of a part of the test pictures: a movement, a century, an origin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.report.evaluated import Evaluated, Head
from training.report.scores import interval, top_share
from training.report.years import century_name, century_of

UNDATED = "undated"
UNKNOWN = "unknown"
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """One head on some pictures; shares are nan where there are none."""

    asked: int
    """Pictures that have a label."""
    top1: float
    top3: float
    interval: tuple[float, float]
    """The 95 % interval of ``top1`` (Wilson)."""
    named: float
    """Share of the pictures whose best guess reaches the threshold."""
    named_right: float
    """Of those, the share that is right."""


@dataclass(frozen=True)
class Slice:
    """A part of the test pictures."""

    name: str
    pictures: int
    painters: Figures
    movements: Figures


def by_movement(parts: Evaluated) -> list[Slice]:
    """Return a slice a movement, oldest first; a picture of several counts in each."""
    head = parts.movements
    shows = head.targets > 0
    return _slices(parts, [(head.names[label], shows[:, label]) for label in head.order])


def by_century(parts: Evaluated) -> list[Slice]:
    """Return a slice a century, oldest first, undated works last."""
    centuries = [century_of(e.year) for e in parts.examples]
    found = sorted({c for c in centuries if c})
    groups = [(century_name(c), np.array([other == c for other in centuries])) for c in found]
    undated = np.array([c is None for c in centuries], bool)
    return _slices(parts, [*groups, (UNDATED, undated)])


def by_origin(parts: Evaluated) -> list[Slice]:
    """Return a slice an origin (whose reproduction it is), in alphabetical order."""
    origins = np.array([e.origin or UNKNOWN for e in parts.examples])
    return _slices(parts, [(str(origin), origins == origin) for origin in np.unique(origins)])


def _slices(parts: Evaluated, groups: Sequence[tuple[str, Rows]]) -> list[Slice]:
    return [
        Slice(name, int(rows.sum()), figures(parts.painters, rows), figures(parts.movements, rows))
        for name, rows in groups
        if rows.any()
    ]


def figures(head: Head, rows: Rows) -> Figures:
    """Return a head's figures on some of the pictures."""
    rows = rows & head.asked
    asked = int(rows.sum())
    if not asked:
        nothing = float("nan")
        return Figures(0, nothing, nothing, (nothing, nothing), nothing, nothing)
    some = head.among(rows)
    named = some.confidence >= some.threshold
    return Figures(
        asked,
        top_share(some, 1),
        top_share(some, 3),
        interval(int(some.right.sum()), asked),
        float(named.mean()),
        float(some.right[named].mean()) if named.any() else float("nan"),
    )
