"""How often a head is right: over all pictures, and label by label."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest
from sklearn.metrics import (
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
    roc_auc_score,
)

from training.measures import top
from training.report.evaluated import Head

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class ByLabel:
    """A row a label, each of shape (classes,); nan where the test part cannot say."""

    tested: NDArray[np.int64]
    """Test pictures whose label it is; with several labels, the one it was taken for if right."""
    recall: Shares
    precision: Shares
    f1: Shares
    auc: Shares
    """Area under the ROC curve of this label against all others."""
    confusions: NDArray[np.int64]
    """Pictures by true label (rows) and given label (columns), shape (classes, classes)."""


Tables = tuple[ByLabel, ByLabel]
"""The painters' figures and the movements', label by label."""


def top_share(head: Head, k: int) -> float:
    """Return how often a right label is among the best ``k``; nan without labelled pictures."""
    return top(head.probabilities, head.targets, k) if head.asked.any() else float("nan")


def interval(right: int, asked: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of at least one picture (Wilson's)."""
    bounds = binomtest(right, asked).proportion_ci(method="wilson")
    return float(bounds.low), float(bounds.high)


def macro_f1(head: Head) -> float:
    """Return the mean F1 of the labels that have test pictures; nan without any."""
    truth, guess = head.truth[head.asked], head.guess[head.asked]
    if not len(truth):
        return float("nan")
    return float(f1_score(truth, guess, labels=np.unique(truth), average="macro", zero_division=0))


def by_label(head: Head) -> ByLabel:
    """Return each label's figures."""
    labels = np.arange(len(head.ids))
    if not head.asked.any():
        unknown = np.full(len(labels), np.nan)
        none = np.zeros(len(labels), np.int64)
        return ByLabel(none, unknown, unknown, unknown, unknown, np.diag(none))
    truth, guess = head.truth[head.asked], head.guess[head.asked]
    precision, recall, f1, tested = precision_recall_fscore_support(
        truth, guess, labels=labels, zero_division=np.nan
    )
    confusions = confusion_matrix(truth, guess, labels=labels)
    return ByLabel(tested, recall, precision, f1, _auc(head), confusions)


def _auc(head: Head) -> Shares:
    shows, scores = head.targets[head.asked] > 0, head.probabilities[head.asked]
    told_apart = np.any(shows, axis=0) & ~np.all(shows, axis=0)
    areas = [
        roc_auc_score(shows[:, label], scores[:, label]) if told_apart[label] else np.nan
        for label in range(len(head.ids))
    ]
    return np.array(areas, np.float64)


def macro_auc(figures: ByLabel) -> float:
    """Return the mean area under the ROC curve, of the labels that have one; else nan."""
    known = figures.auc[~np.isnan(figures.auc)]
    return float(known.mean()) if len(known) else float("nan")
