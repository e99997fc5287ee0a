"""Recipes are read strictly."""

from itertools import pairwise
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
    recipes = {path.stem: read_recipe(path) for path in Path("training/recipes").glob("*.toml")}
    assert {"lite0", "lite0-third", "lite0-second", "lite0-first", "lite0-public"} <= set(recipes)
    names = {recipe.name for recipe in recipes.values()}
    for recipe in recipes.values():
        assert recipe.stages
        assert recipe.network.start_from in {"", *names}
        assert recipe.network.start_from != recipe.name
    stretches = [recipes[f"lite0{part}"] for part in ("-first", "-second", "-third", "")]
    for earlier, later in pairwise(stretches):
        assert later.network.start_from == earlier.name
        assert later.seed == earlier.seed  # it decides the split
    assert stretches[0].data.also == ()
    assert all(stretch.data == stretches[1].data for stretch in stretches[2:])
    assert recipes["lite0-public"].data.public_domain_only


GOING_ON = SOUND.replace('"somewhere"', '"somewhere"\nalso = ["near", "far"]').replace(
    "[data]", 'balance_origins = true\n[network]\nstart_from = "first"\n[data]'
)


def test_a_recipe_may_add_folders_go_on_mix_and_balance(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(GOING_ON + "mixing = 0.5\n")
    recipe = read_recipe(path)
    assert recipe.data.folders == (Path("somewhere"), Path("near"), Path("far"))
    assert recipe.network.start_from == "first"
    assert recipe.stages[0].mixing == 0.5
    assert recipe.balance_origins


def test_without_those_entries_a_recipe_does_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(SOUND)
    recipe = read_recipe(path)
    assert recipe.data.folders == (Path("somewhere"),)
    assert (recipe.network.start_from, recipe.stages[0].mixing) == ("", 0.0)
    assert not recipe.balance_origins


def test_a_folder_given_replaces_all_of_the_recipes(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(GOING_ON)
    assert read_recipe(path, data_folder=tmp_path).data.folders == (tmp_path,)


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
        (GOING_ON.replace("start_from", "starts_from"), "no recipe has"),
        (GOING_ON.replace('["near", "far"]', '"near"'), "list of folders"),
        (SOUND.replace("[64, 2]", "[64]"), "value that no recipe has"),
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
