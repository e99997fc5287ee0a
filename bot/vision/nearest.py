"""Which unit vectors are nearest to one: exactly, or by a graph where they are very many."""

import logging
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)
EXACT_UP_TO = 100_000
"""Vectors that are all compared: 256 numbers each, that takes 4 ms."""
CONNECTIVITY, EXPANSION_ADD, EXPANSION_SEARCH = 32, 200, 1024
"""The graph's own measures: neighbours of a vector, and how many are looked at on the way."""
Found = tuple[NDArray[np.int64], NDArray[np.float32]]
"""Numbers of vectors, and their cosines."""


class Nearest:
    """Unit vectors, shape (n, d); immutable, safe from threads.

    Above `EXACT_UP_TO`, an HNSW graph is built (a minute or two for each 100,000), where the
    package ``usearch`` is installed; without it, all are compared. It is built by one thread: when
    several add at once, a few vectors in a thousand are linked from nowhere and never found.
    Source: Malkov & Yashunin 2018, "Efficient and robust approximate nearest neighbor search using
    Hierarchical Navigable Small World graphs".
    """

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        """Make ready for questions."""
        self.vectors = vectors
        self._graph = _graph(vectors) if len(vectors) > EXACT_UP_TO else None

    def find(self, vector: NDArray[np.float32], count: int) -> Found:
        """Return the ``count`` nearest to a unit vector, or as many as there are, nearest first."""
        count = min(count, len(self.vectors))
        if not count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        if self._graph is None:
            cosines = np.vecdot(self.vectors, vector)  # `@` would wait for every core's thread
            numbers = np.argpartition(-cosines, count - 1)[:count]
            near = cosines[numbers]
        else:
            numbers = self._graph.search(vector, count, threads=1).keys.astype(np.int64)
            near = np.vecdot(self.vectors[numbers], vector)
        order = np.lexsort((numbers, -near))
        return numbers[order], near[order]


def _graph(vectors: NDArray[np.float32]) -> Any:
    try:
        from usearch.index import Index
    except ImportError:
        log.warning("%d works are all compared; install docent[large] for a graph", len(vectors))
        return None
    graph = Index(
        ndim=vectors.shape[1],
        metric="ip",
        dtype="f16",
        connectivity=CONNECTIVITY,
        expansion_add=EXPANSION_ADD,
        expansion_search=EXPANSION_SEARCH,
    )
    graph.add(np.arange(len(vectors)), vectors, threads=1)
    return graph
