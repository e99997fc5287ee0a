"""The study trains what its plan says, once, and its table says what was found."""

from pathlib import Path

import numpy as np
import pytest

from training.recipe import RecipeError
from training.study import run_study, write_table
from training.study.plan import Row, Task, read_study
from training.study.running import read_results
from training.study.subset import recipe_of, subset_of
from training.study.table import BEGIN, END
from training.study.transfer import build, convolutions

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")

PLAN = """
recipe = "small.toml"
[common]
side = 32
batch_size = 16
head_epochs = 4
head_rate = 1e-2
epochs = 1
[[tasks]]
name = "painters"
label = "artist"
classes = 3
training = 8
test = 4
[[rows]]
name = "features"
seeds = 2
[[rows]]
name = "tuned"
opened = 0.1
augmentation = true
l2 = 1e-3
"""
RECIPE = """
name = "small"
version = "1"
[data]
folder = "{folder}"
test_share = 0.3
[[stages]]
name = "heads"
learning_rate = 1e-3
schedule = [[32, 1]]
"""


@pytest.fixture
def plan(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.toml").write_text(RECIPE.format(folder=data_folder))
    path = tmp_path / "study.toml"
    path.write_text(PLAN)
    return path


def test_the_shipped_plan_covers_what_the_study_is_about() -> None:
    study = read_study(Path("training/recipes/study/wikiart.toml"))
    assert study.recipe.is_file()
    assert [(task.label, task.classes) for task in study.tasks] == [
        ("artist", 91),
        ("movement", 13),
    ]
    for views in (False, True):
        plain = [r for r in study.rows if r.augmentation is views and r.backbone == "lite0"]
        assert {r.opened for r in plain} >= {0.0, 0.1, 0.15, 0.3, 1.0}
    for setting in ("dropout", "l1", "l2", "label_smoothing"):
        assert any(getattr(row, setting) for row in study.rows)
    assert {row.backbone for row in study.rows} == {"lite0", "lite1", "lite2"}


@pytest.mark.parametrize(("share", "opened"), [(0.0, 0), (0.3, 15), (1.0, 49)])
def test_the_network_in_two_parts_is_the_whole_one(share: float, opened: int) -> None:
    network = build(Row("x", opened=share, l1=1e-5), classes=5, side=32)
    pictures = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), np.uint8)
    whole = network.head(network.pooled(pictures))
    parts = network.opened(network.frozen(pictures))
    assert np.abs(np.asarray(whole) - np.asarray(parts)).max() < 1e-4
    trained = [layer for layer in convolutions(network.pooled) if layer.trainable]
    assert trained == convolutions(network.pooled)[49 - opened :]
    assert len(network.opened.losses) == opened + 1


@pytest.mark.parametrize(("label", "classes"), [("artist", 2), ("movement", 3)])
def test_a_subset_is_chosen_once_and_keeps_training_and_test_apart(
    plan: Path, label: str, classes: int
) -> None:
    recipe = recipe_of(read_study(plan), None)
    task = Task("some", label, classes, 8, 4)
    subset, again = (subset_of(recipe, task, Path("kept")) for _ in range(2))
    assert len(subset.classes) == classes
    assert np.bincount(subset.training.classes).tolist() == [8] * classes
    assert classes <= len(subset.test.classes) <= 4 * classes
    assert np.array_equal(subset.training.pictures, again.training.pictures)
    shown = {picture.tobytes() for picture in subset.training.pictures}
    assert not shown & {picture.tobytes() for picture in subset.test.pictures}


def test_a_user_s_own_folder_is_studied_apart_from_the_recipe_s(
    plan: Path, data_folder: Path
) -> None:
    recipe = recipe_of(read_study(plan), data_folder)
    assert recipe.run_folder == Path(".training/study")
    assert recipe.data.folders == (data_folder,)


def test_a_study_goes_on_where_it_was_and_its_table_shows_the_medians(plan: Path) -> None:
    run_study(plan, rows=["features"])
    first = list(read_results())
    assert [(r.row, r.seed) for r in first] == [("features", 0), ("features", 1)]
    assert min(r.top1 for r in first) > 0.6, "red, green and blue"
    run_study(plan)
    found = list(read_results())
    assert found[:2] == first
    assert [(r.row, r.seed) for r in found[2:]] == [("tuned", 0)]
    assert found[2].opened_weights > found[0].opened_weights

    document = plan.parent / "STUDY.md"
    document.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    write_table(document, plan)
    text = document.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("\nAfter.\n")
    assert "old" not in text
    assert f"{100 * (first[0].top1 + first[1].top1) / 2:.1f}" in line_of("features", text)
    assert line_of("features", text).endswith("| 2 |")

    plan.write_text(PLAN.replace("head_epochs = 4", "head_epochs = 5"))
    write_table(document, plan)
    assert line_of("features", document.read_text()).endswith("| – | – | 0 |"), "not found so yet"


def line_of(row: str, table: str) -> str:
    (line,) = [line for line in table.splitlines() if f"`{row}`" in line]
    return line


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("opened = 0.1", "opened = 1.5", "within 0..1"),
        ("opened = 0.1", 'backbone = "lite9"', "wants the trunk lite9"),
        ('"tuned"', '"features"', "two rows named features"),
        ("opened = 0.1", "open = 0.1", "no study has"),
        ('"artist"', '"century"', "neither artist nor movement"),
    ],
)
def test_a_plan_with_a_fault_is_refused(plan: Path, old: str, new: str, complaint: str) -> None:
    plan.write_text(plan.read_text().replace(old, new, 1))
    with pytest.raises(RecipeError, match=complaint):
        read_study(plan)


def test_an_unknown_row_and_a_document_without_a_place_are_refused(plan: Path) -> None:
    with pytest.raises(RecipeError, match="no row named tunde"):
        run_study(plan, rows=["tunde"])
    document = plan.parent / "STUDY.md"
    document.write_text("Nothing here.")
    with pytest.raises(RecipeError, match="no place for the table"):
        write_table(document, plan)
