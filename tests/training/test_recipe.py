"""Recipes are read strictly."""

from pathlib import Path

import pytest

from training.recipe import RecipeError, read_recipe

SOUND = """
name = "x"
version = "1"
[data]
folder = "somewhere"
[[stages]]
name = "heads"
learning_rate = 1e-3
schedule = [[64, 2], [96, 3]]
"""


def test_every_shipped_recipe_can_be_read() -> None:
    recipes = list(Path("training/recipes").glob("*.toml"))
    assert recipes
    for path in recipes:
        assert read_recipe(path).stages


def test_a_stage_counts_its_epochs(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(SOUND)
    recipe = read_recipe(path, data_folder=tmp_path)
    assert recipe.stages[0].epochs == 5
    assert recipe.data.folder == tmp_path


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("name = ", "not valid TOML"),
        ('name = "x"', "lacks the entry"),
        (SOUND.replace('name = "x"', 'name = "x"\nspeed = 3'), "no recipe has"),
        (SOUND.replace("learning_rate", "learning_rat"), "no recipe has"),
    ],
)
def test_a_recipe_with_a_fault_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(content)
    with pytest.raises(RecipeError, match=complaint):
        read_recipe(path)


def test_a_missing_recipe_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="no recipe"):
        read_recipe(tmp_path / "nothing.toml")
