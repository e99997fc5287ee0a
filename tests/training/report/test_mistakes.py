"""The contact sheet shows the surest mistakes, and nothing else."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from tests.training.report.made import EXAMPLE, evaluated, guesses
from training.report.mistakes import draw_mistakes, mistakes

MADE = guesses(
    ("a", "a", 0.99), ("a", "b", 0.6), ("b", "c", 0.8), ("", "b", 0.99), ("c", "a", 0.6)
)  # fmt: skip


def test_the_surest_mistake_comes_first_and_strangers_and_right_guesses_never() -> None:
    """Of two that are equally sure the earlier one comes first."""
    found = mistakes(evaluated(MADE))
    assert [m.row for m in found] == [2, 1, 4]
    assert [(m.true, m.given) for m in found] == [("B", "C"), ("A", "B"), ("C", "A")]


def test_no_more_than_asked_for() -> None:
    assert [m.row for m in mistakes(evaluated(MADE), 1)] == [2]


def test_the_sheet_shows_the_mistaken_picture(tmp_path: Path) -> None:
    """The picture in row 0 is painted magenta: only a sheet that shows it has the colour."""
    parts = evaluated(guesses(("a", "b", 0.9), ("b", "b", 0.9)))
    pictures = parts.pictures.copy()
    pictures[parts.indices[0]] = (255, 0, 255)
    pictures[parts.indices[1]] = (0, 255, 0)
    parts = replace(parts, pictures=pictures)
    draw_mistakes(parts, mistakes(parts), tmp_path / "x.png")
    colours = np.asarray(Image.open(tmp_path / "x.png").convert("RGB")).reshape(-1, 3)
    assert (colours == (255, 0, 255)).all(axis=1).sum() > 1000
    assert not (colours == (0, 255, 0)).all(axis=1).any()


def test_a_title_with_dollars_is_no_formula(tmp_path: Path) -> None:
    parts = evaluated(guesses(("a", "b", 0.9)), examples=[replace(EXAMPLE, title="$x")])
    parts = replace(parts, painters=replace(parts.painters, names=("$\\bad$", "$B_", "C")))
    draw_mistakes(parts, mistakes(parts), tmp_path / "x.png")
    assert (tmp_path / "x.png").is_file()
