"""A network that goes on from an earlier one never holds out what that one was trained on."""

from dataclasses import replace

from training.dataset import (
    Prepared,
    picture_id,
    prepare,
    read_lineage,
    write_lineage,
)
from training.recipe import NetworkPlan, Recipe


def going_on(recipe: Recipe, earlier: str) -> Recipe:
    """Return a recipe that splits otherwise by itself, and goes on from ``earlier``."""
    return replace(recipe, name="later", seed=7, network=NetworkPlan(start_from=earlier))


def held_out(prepared: Prepared, pictures: frozenset[str]) -> set[str]:
    """Return the parts, other than training, in which any of ``pictures`` are."""
    return {e.part for e in prepared.examples if picture_id(e) in pictures} - {"train"}


def test_what_the_earlier_network_trained_on_is_trained_on_again(
    recipe: Recipe, wider: Recipe
) -> None:
    write_lineage(recipe, prepare(recipe))
    earlier = read_lineage(recipe.name)
    assert earlier
    later = prepare(going_on(wider, recipe.name))
    assert held_out(prepare(replace(wider, seed=7)), earlier.trained_on)
    assert not held_out(later, earlier.trained_on)
    assert len(later.part("test"))
    assert len(later.part("validation"))


def test_a_further_picture_of_a_trained_painting_is_not_held_out(
    recipe: Recipe, wider: Recipe
) -> None:
    prepared = prepare(recipe)
    write_lineage(recipe, prepared)
    trained = {e.title for e in prepared.examples if e.artist == "ann-red" and e.part == "train"}
    later = prepare(going_on(wider, recipe.name))
    again = [e for e in later.examples if e.folder == 1 and e.artist == "ann-red"]
    parts = {e.part for e in again if e.title in trained}
    assert parts == {"train"}
    assert {e.part for e in again} > parts


def test_a_lineage_reaches_back_to_every_network_before(recipe: Recipe, wider: Recipe) -> None:
    write_lineage(recipe, prepare(recipe))
    second = going_on(wider, recipe.name)
    prepared = prepare(second)
    write_lineage(second, prepared)
    first, later = read_lineage(recipe.name), read_lineage(second.name)
    assert first
    assert later
    assert first.artists == ["ann-red", "bob-green", "cem-blue"]
    assert later.artists == prepared.artists
    assert later.movements == prepared.movements
    assert first.trained_on < later.trained_on
    assert {picture_id(prepared.examples[i]) for i in prepared.part("train")} <= later.trained_on
    held_back = {picture_id(prepared.examples[i]) for i in prepared.part("test")}
    assert not held_back & later.trained_on


def test_a_recipe_from_imagenet_has_no_lineage_before_it() -> None:
    assert read_lineage("") is None


def test_without_the_earlier_run_pictures_can_still_be_prepared(recipe: Recipe) -> None:
    """A network can be measured where its forebear is not; it is only training that needs it."""
    assert read_lineage("nobody") is None
    assert len(prepare(going_on(recipe, "nobody")).part("test"))


def test_another_lineage_is_another_data_set(recipe: Recipe) -> None:
    """The cache's key has to differ, or a split made before the lineage would be used again."""
    prepared = prepare(recipe)
    write_lineage(recipe, prepared)
    assert prepare(replace(going_on(recipe, recipe.name), seed=recipe.seed)).key != prepared.key


def test_one_name_in_two_folders_is_two_pictures(wider: Recipe) -> None:
    examples = prepare(wider).examples
    assert len({picture_id(e) for e in examples}) == len(examples)
    assert len({(e.archive, e.image) for e in examples}) < len(examples)
