"""The pictures of one task: the best-covered classes, a fixed choice of pictures of each."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.dataset import DatasetError, Prepared, picture_id, prepare
from training.recipe import NetworkPlan, Recipe, read_recipe
from training.splitting import Example
from training.study.plan import Study, Task

Pictures = NDArray[np.uint8]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """Pictures, uint8 (n, 224, 224, 3), and their class numbers."""

    pictures: Pictures
    classes: Numbers


@dataclass(frozen=True)
class Subset:
    """One task's pictures; the test part holds no painting of the training part."""

    classes: list[str]
    training: Part
    test: Part


def recipe_of(study: Study, data: Path | None) -> Recipe:
    """Return the recipe that says where the pictures lie; with ``data``, in that folder alone.

    The study takes the pictures that the recipe has decoded for its own training; where there are
    none, it decodes the first folder for itself.
    """
    recipe = read_recipe(study.recipe, data)
    decoded = recipe.run_folder / "cache" / "examples.json"
    if data is None and decoded.is_file():
        return recipe
    own = replace(recipe.data, also=())
    return replace(recipe, name="study", data=own, network=NetworkPlan())


def key_of(recipe: Recipe, task: Task) -> str:
    """Return a digest of what decides a task's pictures.

    Raises `DatasetError` where the folder has no labels.
    """
    plan = recipe.data
    labels = plan.folder / "labels.csv"
    if not labels.is_file():
        raise DatasetError(f"There is no labels.csv in {labels.parent}.")
    shares = (plan.test_share, plan.validation_share, plan.unseen_painter_share)
    what = (replace(task, name=""), plan.public_domain_only, shares, recipe.seed)
    return hashlib.sha256(repr(what).encode() + labels.read_bytes()).hexdigest()[:16]


def subset_of(recipe: Recipe, task: Task, folder: Path) -> Subset:
    """Return a task's pictures, kept in ``folder`` from the first time on."""
    store = folder / f"{task.label}-{key_of(recipe, task)}.npz"
    if not store.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _save(choose(prepare(recipe), task), store)
    with np.load(store) as kept:
        training = Part(kept["training"], kept["training_classes"])
        test = Part(kept["test"], kept["test_classes"])
        return Subset(kept["classes"].tolist(), training, test)


def _save(subset: Subset, store: Path) -> None:
    unfinished = store.with_suffix(".unfinished.npz")
    np.savez(
        unfinished,
        classes=np.array(subset.classes),
        training=subset.training.pictures,
        training_classes=subset.training.classes,
        test=subset.test.pictures,
        test_classes=subset.test.classes,
    )
    unfinished.replace(store)


def choose(prepared: Prepared, task: Task) -> Subset:
    """Choose the classes with most training pictures in the first folder, and pictures of each.

    Only pictures with one label of the task's kind count. The choice within a class goes by a
    digest of the file's name: the same on every machine, and unlike the folder's order.
    Raises `DatasetError` where fewer than two classes have pictures to train and to test on.
    """
    found: dict[str, dict[str, list[int]]] = {"train": defaultdict(list), "test": defaultdict(list)}
    for i, example in enumerate(prepared.examples):
        label = _label(example, task)
        if label and example.folder == 0 and example.part in found:
            found[example.part][label].append(i)
    counts = Counter({label: len(members) for label, members in sorted(found["train"].items())})
    ranked = [label for label, _ in counts.most_common() if found["test"][label]]
    classes = sorted(ranked[: task.classes])
    if len(classes) < 2:
        raise DatasetError(f"There are too few pictures for the task {task.name}.")
    return Subset(
        classes,
        _part(prepared, classes, found["train"], task.training),
        _part(prepared, classes, found["test"], task.test),
    )


def _label(example: Example, task: Task) -> str:
    if task.label == "artist":
        return example.artist if example.is_class else ""
    return example.movements[0] if len(example.movements) == 1 else ""


def _part(prepared: Prepared, classes: list[str], members: dict[str, list[int]], most: int) -> Part:
    rows = [
        (i, number)
        for number, label in enumerate(classes)
        for i in _first(prepared, members[label], most)
    ]
    indices, numbers = np.array(rows, np.int64).T
    return Part(prepared.pictures[indices], numbers)


def _first(prepared: Prepared, members: Iterable[int], most: int) -> list[int]:
    return sorted(members, key=lambda i: picture_id(prepared.examples[i]))[:most]
