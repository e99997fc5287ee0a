"""The model card's page gets its figures between two markers, and keeps its words."""

from pathlib import Path

import pytest

from tests.training.report.made import evaluated, guesses
from training.model_page import BEGIN, END, write_figures
from training.recipe import TrainingError

MADE = guesses(("a", "a", 0.9), ("b", "c", 0.8))
VARIANT = {
    "name": "int8",
    "megabytes": 5.2,
    "milliseconds": 4.0,
    "times_keras": 20.0,
    "artist_top1": 0.6,
    "movement_top1": 0.75,
}
CARD = {
    "name": "docent",
    "version": "9",
    "trained": "2026-11-22",
    "ships": "int8",
    "measured": {"artist_top1": 0.612, "refused_clean": 0.01},
    "variants": [VARIANT, VARIANT | {"name": "float32"}],
}


def test_figures_are_renewed_and_the_words_around_them_stay(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n")
    for _ in range(2):
        write_figures(page, CARD, evaluated(MADE))
    text = page.read_text()
    assert text.startswith(f"before\n{BEGIN}")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale" not in text
    assert text.count("| 61.2 % |") == 1
    assert "| **int8** | 5.2 | 4.0 | 20.0 | 60.0 % | 75.0 % |" in text
    assert "### By century" in text


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("words")
    with pytest.raises(TrainingError, match="no place for the figures"):
        write_figures(page, CARD, evaluated(MADE))
    assert page.read_text() == "words"
