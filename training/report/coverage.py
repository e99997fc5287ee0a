"""Risk against coverage: how often it is wrong where it speaks only when it is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray
from sklearn.metrics import auc, confusion_matrix_at_thresholds

from training.measures import NAMED_RIGHT
from training.report.evaluated import Head
from training.report.markdown import percent
from training.report.style import FAINT, HEAD_COLOURS, HEAD_MARKS, canvas, drawn, in_percent, save


@dataclass(frozen=True)
class Coverage:
    """Risk against coverage at every confidence that some best guess has, the highest first."""

    confidence: NDArray[np.float64]
    coverage: NDArray[np.float64]
    """Share of the pictures that are answered at this confidence or above."""
    risk: NDArray[np.float64]
    """Share of those answers that are wrong."""

    @property
    def area(self) -> float:
        """The area under the curve: 0 is perfect; nan where there is no curve."""
        return float(auc(self.coverage, self.risk)) if len(self.risk) > 1 else float("nan")


def coverage(head: Head) -> Coverage:
    """Return the curve; empty without labelled pictures. Equal confidences are one point."""
    said, right = head.confidence[head.asked], head.right[head.asked]
    if not len(said):
        return Coverage(np.zeros(0), np.zeros(0), np.zeros(0))
    _, wrong, _, well, confidence = confusion_matrix_at_thresholds(right, said)
    answered = wrong + well
    return Coverage(confidence, answered / len(said), wrong / answered)


def at_threshold(head: Head) -> tuple[float, float]:
    """Return coverage and risk at the head's own threshold; nan for a risk that nothing bears."""
    said, right = head.confidence[head.asked], head.right[head.asked]
    named = said >= head.threshold
    if not named.any():
        return (0.0 if len(said) else float("nan")), float("nan")
    return float(named.mean()), float(1 - right[named].mean())


@drawn
def draw_coverage(heads: Sequence[Head], path: Path) -> None:
    """Write both heads' curves with the shipped thresholds marked."""
    figure = canvas(7.2, 4.6)
    axes = figure.subplots()
    axes.axhline(1 - NAMED_RIGHT, color=FAINT, linewidth=1, linestyle="--")
    axes.annotate(f"wrong {percent(1 - NAMED_RIGHT)} of the time", (0.005, 1 - NAMED_RIGHT),
                  xytext=(0, 3), textcoords="offset points", color=FAINT)  # fmt: skip
    for head, colour, mark in zip(heads, HEAD_COLOURS, HEAD_MARKS, strict=True):
        curve = coverage(head)
        axes.plot(curve.coverage, curve.risk, color=colour, label=head.title)
        _mark_threshold(axes, head, colour, mark)
    axes.set(xlim=(0, 1), ylim=(0, None), xlabel="answered", ylabel="wrong among the answered")
    in_percent(axes, x=True, y=True)
    axes.legend(loc="upper left", frameon=False)
    save(figure, path)


def _mark_threshold(axes: Axes, head: Head, colour: str, mark: str) -> None:
    answered, wrong = at_threshold(head)
    if np.isnan(wrong):
        return
    label = f"threshold {head.threshold:.2f}: {percent(answered)} answered, {percent(wrong)} wrong"
    axes.plot(answered, wrong, mark, color=colour, markersize=9, label=label)
