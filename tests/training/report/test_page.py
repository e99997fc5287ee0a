"""The page is whole: every picture it names is there and said in words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.training.report.made import EXAMPLE, evaluated, guesses, head
from training.report import Evaluated, write_report

PICTURE = re.compile(r"^!\[(.+)\]\((.+)\)$", re.MULTILINE)
MADE = guesses(
    *[("a", "a", 0.95)] * 6,
    *[("b", "b", 0.7)] * 3,
    ("a", "b", 0.9),
    ("b", "a", 0.4),
    ("", "a", 0.5),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(tmp_path_factory.mktemp("run") / "report", evaluated(MADE))


def test_every_picture_is_there_and_has_words_in_its_place(page: Path) -> None:
    found = PICTURE.findall(page.read_text())
    files = {file for _, file in found}
    assert files == {
        "reliability.png",
        "coverage.png",
        "by-movement.png",
        "by-century.png",
        "by-origin.png",
        "movements.png",
        "painters.png",
        "mistakes.png",
    }
    assert files == {path.name for path in page.parent.glob("*.png")}
    assert all(len(words) > 40 for words, _ in found)
    for file in files:
        with Image.open(page.parent / file) as image:
            assert image.format == "PNG"
            assert min(image.size) > 150


def test_the_first_table_says_what_can_be_counted(page: Path) -> None:
    """Nine of eleven are right; ten reach the threshold, nine of them rightly."""
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", page.read_text(), re.MULTILINE))
    assert rows["pictures asked"] == "11"
    assert rows["top-1"] == "81.8 %"
    assert rows["named"] == "90.9 %"
    assert rows["right where named"] == "90.0 %"
    assert rows["labels with test pictures"] == "2"


def test_every_label_has_its_row(page: Path) -> None:
    """A: learnt from 10, seven tested, six right, seven given as A with one wrong."""
    rows = [line for line in page.read_text().splitlines() if line.startswith("| A | 10 | 7 |")]
    assert len(rows) == 2  # as a painter and as a movement
    assert rows[0].startswith("| A | 10 | 7 | 85.7 % | 85.7 % | 0.857 |")
    assert rows[0].endswith("| B (1) |")
    assert "| C | 12 | 0 | – | – | – | – | – |" in page.read_text()


def test_tables_have_as_many_cells_in_every_row_whatever_names_hold(tmp_path: Path) -> None:
    made = replace(MADE, names=("A|B", "[x](y) *", "C\nD"))
    parts = evaluated(made, examples=[replace(EXAMPLE, title="a | b `c`")] * len(MADE.right))
    text = write_report(tmp_path, parts).read_text()
    for block in text.split("\n\n"):
        if block.startswith("|"):
            cells = {len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}
            assert len(cells) == 1, block
    assert "A\\|B" in text
    assert "C D" in text
    assert "](y)" not in text.replace("\\](y)", "")


def test_the_same_answers_make_the_same_report(page: Path, tmp_path: Path) -> None:
    write_report(tmp_path, evaluated(MADE))
    for file in page.parent.iterdir():
        assert file.read_bytes() == (tmp_path / file.name).read_bytes()


@pytest.mark.parametrize(
    "parts",
    [
        evaluated(guesses()),
        evaluated(head([[1.0]] * 3, [[1]] * 3)),
        evaluated(guesses(("", "a", 0.4)), head([[0.9, 0.1]], [[0, 0]])),
    ],
    ids=["no pictures", "one label", "no labelled picture"],
)
@pytest.mark.filterwarnings("error::RuntimeWarning", "error:constrained_layout")
def test_a_small_test_part_still_has_its_page_and_no_earlier_sheet(
    parts: Evaluated, tmp_path: Path
) -> None:
    (tmp_path / "mistakes.png").write_bytes(b"of an earlier report")
    text = write_report(tmp_path, parts).read_text()
    assert "nan" not in text
    assert "No painter was mistaken." in text
    assert not (tmp_path / "mistakes.png").exists()
    assert all((tmp_path / file).is_file() for _, file in PICTURE.findall(text))
