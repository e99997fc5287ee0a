"""The reliability diagram of both heads: how often right, against how sure.

It shows none of the data's pictures, so it may be published with the model card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray
from sklearn.calibration import calibration_curve

from training.measures import BINS, calibration_error
from training.report.evaluated import Head
from training.report.markdown import percent
from training.report.scores import interval
from training.report.style import FAINT, HEAD_COLOURS, canvas, drawn, in_percent, save

EDGES = np.linspace(0, 1, BINS + 1)


@dataclass(frozen=True)
class Reliability:
    """What `BINS` equal bins of confidence say, and how often they are right; shapes (BINS,)."""

    said: NDArray[np.float64]
    """Mean confidence; nan in an empty bin."""
    right: NDArray[np.float64]
    """Share that is right; nan in an empty bin."""
    counts: NDArray[np.int64]
    """Pictures."""
    error: float
    """The expected calibration error of all bins; nan without pictures."""


def reliability(head: Head) -> Reliability:
    """Return the diagram's figures, of the pictures that have a label."""
    said, right = head.confidence[head.asked], head.right[head.asked]
    mean, share = np.full(BINS, np.nan), np.full(BINS, np.nan)
    if not len(said):
        return Reliability(mean, share, np.zeros(BINS, np.int64), float("nan"))
    counts = np.bincount(np.searchsorted(EDGES[1:-1], said), minlength=BINS)
    share[counts > 0], mean[counts > 0] = calibration_curve(right, said, n_bins=BINS)
    return Reliability(mean, share, counts, calibration_error(said, right))


@drawn
def draw_reliability(heads: Sequence[Head], path: Path) -> None:
    """Write one diagram a head, beside each other."""
    figure = canvas(4.3 * len(heads), 5.4)
    rows = figure.subplots(2, len(heads), squeeze=False, height_ratios=(3.6, 1), sharex=True)
    for head, colour, above, below in zip(heads, HEAD_COLOURS, rows[0], rows[1], strict=True):
        found = reliability(head)
        _diagram(above, found, colour)
        of = f"{found.counts.sum():,} pictures"
        above.set_title(f"{head.title}: ECE {percent(found.error)} ({of})")
        _counts(below, found, colour)
    rows[0][0].set_ylabel("right (bars: 95 % intervals)")
    rows[1][0].set_ylabel("pictures")
    save(figure, path)


def _diagram(axes: Axes, found: Reliability, colour: str) -> None:
    axes.plot((0, 1), (0, 1), "--", color=FAINT, linewidth=1, label="as right as it says")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    in_percent(axes, x=True, y=True)
    full = found.counts > 0
    if not full.any():
        return
    said, right, counts = found.said[full], found.right[full], found.counts[full]
    bounds = [interval(round(r * n), n) for r, n in zip(right, counts.tolist(), strict=True)]
    low, high = np.array(bounds).reshape(-1, 2).T
    axes.vlines(said, low, high, color=colour, alpha=0.4, linewidth=3)
    axes.plot(
        said, right, "o", color=colour, markersize=5, clip_on=False, label="first guesses of a bin"
    )
    axes.legend(loc="upper left", frameon=False)


def _counts(axes: Axes, found: Reliability, colour: str) -> None:
    middles, width = (EDGES[:-1] + EDGES[1:]) / 2, 0.9 / BINS
    bars = axes.bar(middles, found.counts, width, color=colour)
    labels = [f"{count}" if count else "" for count in found.counts]
    axes.bar_label(bars, labels, fontsize=7, padding=1)
    axes.set_ylim(0, 1.3 * max(found.counts.max(), 1))
    axes.set_xlabel("how sure it says it is")
    in_percent(axes, x=True)
