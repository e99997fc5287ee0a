"""Who is taken for whom."""

from pathlib import Path

import numpy as np
from PIL import Image

from tests.training.report.made import guesses
from training.report.confusion import (
    Block,
    Pair,
    blocks,
    draw_annotated,
    draw_whole,
    legible,
    most_confused,
    shares,
)
from training.report.scores import by_label

MADE = guesses(
    *[("a", "b", 0.9)] * 2, *[("a", "a", 0.9)] * 2, *[("b", "a", 0.9)] * 2, ("b", "c", 0.9)
)


def test_the_most_confused_pair_comes_first_and_among_equals_the_larger_share() -> None:
    """B is taken for A in 2 of 3 pictures, A for B in 2 of 4, B for C in 1."""
    pairs = most_confused(MADE, by_label(MADE).confusions)
    assert pairs == [Pair("B", "A", 2, 3), Pair("A", "B", 2, 4), Pair("B", "C", 1, 3)]


def test_only_as_many_pairs_as_asked_for() -> None:
    assert len(most_confused(MADE, by_label(MADE).confusions, 2)) == 2


def test_no_pair_where_nothing_is_mistaken() -> None:
    right = guesses(("a", "a", 0.9))
    assert most_confused(right, by_label(right).confusions) == []


def test_rows_are_shares_in_the_order_asked_for_and_unknown_without_pictures() -> None:
    found = shares(np.array([[2, 2, 0], [2, 0, 1], [0, 0, 0]]), np.array([2, 0, 1]))
    assert np.isnan(found[0]).all()
    assert found[1].tolist() == [0, 0.5, 0.5]
    assert np.allclose(found[2], [1 / 3, 2 / 3, 0])


def darkness(path: Path) -> float:
    return 255 - float(np.asarray(Image.open(path).convert("L")).mean())


def test_the_maps_are_darker_where_more_cells_are_full(tmp_path: Path) -> None:
    confusions = by_label(MADE).confusions
    for name, matrix in (("full", confusions + 1), ("empty", np.diag([1, 0, 0]))):
        draw_annotated(MADE, matrix, tmp_path / f"{name}.png")
    assert darkness(tmp_path / "full.png") > darkness(tmp_path / "empty.png")


def test_the_whole_matrix_is_drawn_in_one_block_a_group(tmp_path: Path) -> None:
    draw_whole(MADE, ("X", "X", "Y"), by_label(MADE).confusions, tmp_path / "x.png")
    assert Image.open(tmp_path / "x.png").size == (1265, 1122)
    assert blocks(["X", "X", "Y"]) == [Block("X", 0, 2), Block("Y", 2, 1)]
    assert [b.middle for b in blocks(["X", "X", "Y"])] == [0.5, 2]


def test_names_that_would_overlap_are_left_out_the_largest_groups_stay() -> None:
    found = legible([Block("small", 0, 1), Block("large", 1, 9), Block("far", 10, 1)], apart=5.5)
    assert [b.name for b in found] == ["large"]
    found = legible([Block("small", 0, 1), Block("large", 1, 9), Block("far", 10, 1)], apart=5)
    assert [b.name for b in found] == ["large", "small", "far"]
