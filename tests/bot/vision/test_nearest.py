"""The nearest vectors come first, however many there are."""

import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.vision import nearest
from bot.vision.nearest import Nearest


def unit(count: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def near(vectors: NDArray[np.float32], number: int) -> NDArray[np.float32]:
    """Return a vector whose cosine with one of these is about 0.8."""
    seen = vectors[number] + 0.13 * unit(1, 9)[0] * 32**0.5
    return np.asarray(seen / np.linalg.norm(seen), np.float32)


def test_all_are_compared_where_they_are_few() -> None:
    vectors = unit(200)
    numbers, cosines = Nearest(vectors).find(near(vectors, 7), 5)
    expected = vectors @ near(vectors, 7)
    assert numbers.tolist() == np.argsort(-expected)[:5].tolist()
    assert cosines == pytest.approx(np.sort(expected)[::-1][:5])
    assert numbers[0] == 7
    assert len(Nearest(vectors).find(vectors[0], 1000)[0]) == 200
    assert Nearest(unit(0)).find(vectors[0], 5)[0].tolist() == []


def test_a_graph_finds_them_among_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("usearch", reason="the package usearch is not installed")
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 1000)
    vectors = unit(3000)
    graph = Nearest(vectors)
    assert graph._graph is not None
    itself = [graph.find(vector, 1)[0][0] for vector in vectors]
    assert itself == list(range(3000)), "a vector that no other leads to is never found"
    for number in range(0, 3000, 100):
        numbers, cosines = graph.find(near(vectors, number), 20)
        assert numbers[0] == number
        assert np.all(np.diff(cosines) <= 0)
        exact = np.argsort(-(vectors @ near(vectors, number)))[:20]
        assert len(set(numbers) & set(exact)) >= 19


def test_without_the_package_all_are_compared_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 10)
    monkeypatch.setitem(sys.modules, "usearch.index", None)
    vectors = unit(50)
    assert Nearest(vectors).find(vectors[3], 1)[0].tolist() == [3]
    assert "docent[large]" in caplog.text
