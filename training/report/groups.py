"""Figures by movement, century or origin, as a chart."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from training.report.slices import Figures, Slice
from training.report.style import HEAD_COLOURS, HEAD_MARKS, canvas, drawn, in_percent, save


@drawn
def draw_slices(slices: Sequence[Slice], title: str, path: Path) -> None:
    """Write one line a slice: how often both heads are right, with 95 % intervals."""
    figure = canvas(7.6, 1.6 + 0.36 * len(slices))
    axes = figure.subplots()
    lines = np.arange(len(slices), dtype=np.float64)
    _marks(axes, lines - 0.13, [s.painters for s in slices], 0, "painter right")
    _marks(axes, lines + 0.13, [s.movements for s in slices], 1, "movement right")
    axes.set_yticks(lines, [f"{s.name} ({s.pictures})" for s in slices], parse_math=False)
    axes.set(xlim=(0, 1), ylim=(len(slices) - 0.4, -0.6), xlabel="first guess right")
    axes.set_title(f"{title} (pictures in brackets; lines: 95 % intervals)", loc="left")
    in_percent(axes, x=True)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    save(figure, path)


def _marks(
    axes: Axes, lines: NDArray[np.float64], found: Sequence[Figures], head: int, label: str
) -> None:
    bounds = np.array([f.interval for f in found])
    colour, mark = HEAD_COLOURS[head], HEAD_MARKS[head]
    axes.hlines(lines, bounds[:, 0], bounds[:, 1], color=colour, linewidth=2, alpha=0.5)
    axes.plot([f.top1 for f in found], lines, mark, color=colour, label=label)
