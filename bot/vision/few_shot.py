"""Painters of whom too few pictures were there to learn: named by their nearest pictures."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bot.vision.model import Label

NEAREST = 2
"""How near a picture is to a painter: the mean cosine to this many of the painter's works."""


class FewShot:
    """Scores a picture for every painter known by a handful of works.

    A score is a logit on the scale of the network's log-probabilities: ``scale * (nearness -
    offset)``, both fitted on held-out painters (`training.few_shot`).
    """

    def __init__(
        self,
        labels: tuple[Label, ...],
        works: Mapping[str, NDArray[np.float32]],
        scale: float,
        offset: float,
    ) -> None:
        """Take unit-length embeddings of every painter's works, shape (works, d), by id.

        Painters without works are left out.
        """
        self.labels = tuple(label for label in labels if len(works.get(label.id, ())))
        self._works = [works[label.id] for label in self.labels]
        self._scale = scale
        self._offset = offset

    def nearness(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how near pictures are to each painter, cosines of shape (n, painters)."""
        columns = [_nearest(embeddings @ works.T) for works in self._works]
        return np.stack(columns, axis=1) if columns else np.zeros((len(embeddings), 0), np.float32)

    def scores(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return logits of shape (n, painters) for embeddings of shape (n, d)."""
        return np.float32(self._scale) * (self.nearness(embeddings) - np.float32(self._offset))

    def joined(
        self, probabilities: NDArray[np.float32], embeddings: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return probabilities over the network's painters and these, shape (n, A + painters).

        ``probabilities`` are the network's, shape (n, A).
        """
        few = np.exp(self.scores(embeddings))
        whole = np.concatenate([probabilities, few], axis=1)
        return np.asarray(whole / whole.sum(axis=1, keepdims=True), np.float32)


def _nearest(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    k = min(NEAREST, cosines.shape[1])
    best = np.partition(cosines, -k, axis=1)[:, -k:]
    return np.asarray(best.mean(axis=1), np.float32)
