"""``python -m tests.bench.search [VECTORS]``: the graph beside exact search, in one run.

Random unit vectors of the length of our embeddings are the hardest case: nothing is near. A photo
of a work is near that work's picture, so copies with noise are asked about as well.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bot.vision import nearest
from bot.vision.finder import POOL
from bot.vision.nearest import Nearest

LENGTH, ASKED, WANTED = 256, 50, 20
LIKENESS = 0.6
"""The cosine of a noisy copy with its original."""


def unit(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    """Return random unit vectors."""
    rows = rng.standard_normal((count, LENGTH), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def timed(find: Callable[[], NDArray[np.int64]]) -> tuple[NDArray[np.int64], float]:
    """Return an answer, and the seconds it took."""
    started = time.perf_counter()
    return find(), time.perf_counter() - started


def main(vectors: int) -> int:
    """Print recall and how many times as fast as exact search the graph is."""
    rng = np.random.default_rng(1)
    rows = unit(rng, vectors)
    nearest.EXACT_UP_TO = vectors
    exact = Nearest(rows)
    nearest.EXACT_UP_TO = 0
    started = time.perf_counter()
    graph = Nearest(rows)
    print(f"{vectors} vectors of {LENGTH}; graph built in {time.perf_counter() - started:.0f} s")
    recall, spent = [], ([], [])  # type: tuple[list[float], tuple[list[float], list[float]]]
    for vector in unit(rng, ASKED):
        right, slow = timed(lambda v=vector: exact.find(v, WANTED)[0])  # type: ignore[misc]
        found, fast = timed(lambda v=vector: graph.find(v, WANTED)[0])  # type: ignore[misc]
        recall.append(len(set(right) & set(found)) / WANTED)
        spent[0].append(slow)
        spent[1].append(fast)
    slow, fast = (statistics.median(times) for times in spent)
    print(f"random questions: recall@{WANTED} {statistics.mean(recall):.3f}")
    print(f"exact {slow * 1000:.1f} ms, graph {fast * 1000:.1f} ms: {slow / fast:.1f} × as fast")
    chosen = rng.integers(0, vectors, ASKED)
    noise = unit(rng, ASKED)
    copies = LIKENESS * rows[chosen] + (1 - LIKENESS**2) ** 0.5 * noise
    hits = [
        number in graph.find(copy / np.linalg.norm(copy), POOL)[0]
        for number, copy in zip(chosen, copies, strict=True)
    ]
    print(f"noisy copies (cosine {LIKENESS}): original among {POOL} {statistics.mean(hits):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
