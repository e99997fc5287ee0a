"""What is taken for what: heat maps of the confusion matrices."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure
from numpy.typing import NDArray

from training.report.evaluated import Head
from training.report.style import FAINT, HEAT, NOTHING, PERCENT, canvas, drawn, save

Counts = NDArray[np.int64]
LABEL_HEIGHT = 0.016


@dataclass(frozen=True)
class Pair:
    """A label and another that it was taken for."""

    true: str
    given: str
    pictures: int
    of: int
    """Test pictures of the true label."""


@dataclass(frozen=True)
class Block:
    """Neighbouring rows of one group."""

    name: str
    start: int
    size: int

    @property
    def middle(self) -> float:
        """The place of its name."""
        return self.start + (self.size - 1) / 2


def most_confused(head: Head, confusions: Counts, most: int = 40) -> list[Pair]:
    """Return the pairs with the most pictures; among equals, the larger share of the true label."""
    tested = confusions.sum(axis=1)
    mistakes = confusions * (1 - np.eye(len(confusions), dtype=np.int64))
    pairs = [
        Pair(head.names[true], head.names[given], int(mistakes[true, given]), int(tested[true]))
        for true, given in np.argwhere(mistakes)
    ]
    return sorted(pairs, key=lambda p: (-p.pictures, -p.pictures / p.of, p.true, p.given))[:most]


def shares(confusions: Counts, order: Counts) -> NDArray[np.float64]:
    """Return rows and columns in ``order``, each row as shares of its label's test pictures.

    A label without test pictures has a row of nan.
    """
    ordered = confusions[np.ix_(order, order)]
    tested = ordered.sum(axis=1, keepdims=True)
    return np.where(tested > 0, ordered / np.maximum(tested, 1), np.nan)


@drawn
def draw_annotated(head: Head, confusions: Counts, path: Path) -> None:
    """Write the matrix of a head with few labels, each share written in its cell in per cent."""
    found = shares(confusions, head.order)
    names = [head.names[label] for label in head.order]
    side = max(4.5, 2.6 + 0.36 * len(names))
    figure = canvas(side + 1.7, side)
    axes = figure.subplots()
    _heat(figure, axes, found)
    for (row, column), share in np.ndenumerate(found):
        if share >= 0.005:
            colour = "white" if share > 0.3 else "black"
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=8,
                      color=colour)  # fmt: skip
    tested = confusions.sum(axis=1)[head.order]
    rows = [f"{name} ({count})" for name, count in zip(names, tested, strict=True)]
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), rows)
    _say(axes, "% of the pictures of each movement (in brackets: how many)", "movement")
    save(figure, path, few_colours=False)


@drawn
def draw_whole(head: Head, groups: Sequence[str], confusions: Counts, path: Path) -> None:
    """Write the matrix of a head with many labels; ``groups`` names each label's block."""
    found = shares(confusions, head.order)
    figure = canvas(11.5, 10.2)
    axes = figure.subplots()
    _heat(figure, axes, found)
    found_blocks = blocks([groups[label] for label in head.order])
    for block in found_blocks[1:]:
        axes.axhline(block.start - 0.5, color=FAINT, linewidth=0.5)
        axes.axvline(block.start - 0.5, color=FAINT, linewidth=0.5)
    named = legible(found_blocks, len(found) * LABEL_HEIGHT)
    middles, names = [b.middle for b in named], [b.name for b in named]
    axes.set_xticks(middles, names, rotation=60, ha="right", rotation_mode="anchor", fontsize=8)
    axes.set_yticks(middles, names, fontsize=8)
    _say(
        axes,
        "Share of each painter's pictures, grouped by movement (grey rows: no test pictures)",
        "painter",
    )
    save(figure, path, few_colours=False)


def blocks(groups: Sequence[str]) -> list[Block]:
    """Return every run of equal names."""
    runs = [(name, len(list(run))) for name, run in groupby(groups)]
    starts = np.cumsum([0, *(size for _, size in runs)]).tolist()
    return [Block(name, start, size) for (name, size), start in zip(runs, starts, strict=False)]


def legible(among: Sequence[Block], apart: float) -> list[Block]:
    """Return the blocks whose names fit beside the matrix, the largest first."""
    kept: list[Block] = []
    for block in sorted(among, key=lambda b: -b.size):
        if all(abs(block.middle - other.middle) >= apart for other in kept):
            kept.append(block)
    return kept


def _heat(figure: Figure, axes: Axes, found: NDArray[np.float64]) -> None:
    image = axes.imshow(
        found,
        cmap=colormaps[HEAT].with_extremes(bad=NOTHING),
        norm=PowerNorm(0.5, 0, 1),
        interpolation="nearest",
    )
    bar = figure.colorbar(image, ax=axes, shrink=0.6, format=PERCENT)
    bar.outline.set_visible(False)


def _say(axes: Axes, title: str, kind: str) -> None:
    axes.set(title=title, xlabel=f"{kind} given", ylabel=f"true {kind}")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
