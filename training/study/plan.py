"""The study's plan: what all rows share, the tasks, and in what the rows differ."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.network import WIDTH_AND_DEPTH
from training.recipe import RecipeError

LABELS = ("artist", "movement")


@dataclass(frozen=True)
class Task:
    """Telling ``classes`` labels of one kind apart, from at most so many pictures of each."""

    name: str
    label: str
    """artist | movement"""
    classes: int
    training: int
    test: int


@dataclass(frozen=True)
class Common:
    """How every row is trained: the head alone at first, then the opened layers with it."""

    side: int = 96
    """Of the square input, in pixels."""
    batch_size: int = 32
    head_epochs: int = 4
    head_rate: float = 3e-3
    epochs: int = 6
    rate: float = 3e-4
    """Learning rates of Adam at their highest; both warm up and then fall to zero as a cosine."""


@dataclass(frozen=True)
class Row:
    """One row of the table, apart from what all rows share."""

    name: str
    backbone: str = "lite0"
    opened: float = 0.0
    """Share of the trunk's convolutions that are trained, counted from the top."""
    augmentation: bool = False
    dropout: float = 0.0
    l1: float = 0.0
    l2: float = 0.0
    label_smoothing: float = 0.0
    seeds: int = 1


@dataclass(frozen=True)
class Study:
    """The whole plan; ``recipe`` says where the pictures lie and how they are split."""

    recipe: Path
    common: Common
    tasks: tuple[Task, ...]
    rows: tuple[Row, ...]


def read_study(path: Path) -> Study:
    """Read a plan.

    Raises `RecipeError` for a missing file, broken TOML, an entry no plan has, or a row that
    cannot be trained.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        study = Study(
            recipe=Path(content.pop("recipe")),
            common=Common(**content.pop("common", {})),
            tasks=tuple(Task(**task) for task in content.pop("tasks")),
            rows=tuple(Row(**row) for row in content.pop("rows")),
            **content,
        )
    except FileNotFoundError:
        raise RecipeError(f"There is no study at {path}.") from None
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{path} is not valid TOML: {error}.") from error
    except KeyError as error:
        raise RecipeError(f"{path} lacks the entry {error}.") from error
    except TypeError as error:
        raise RecipeError(f"{path} has an entry that no study has: {error}.") from error
    _check(study, path)
    return study


def _check(study: Study, path: Path) -> None:
    names = [row.name for row in study.rows]
    for row in study.rows:
        if names.count(row.name) > 1:
            raise RecipeError(f"{path} has two rows named {row.name}.")
        if row.backbone not in WIDTH_AND_DEPTH:
            known = ", ".join(WIDTH_AND_DEPTH)
            raise RecipeError(
                f"The row {row.name} of {path} wants the trunk {row.backbone}; there are {known}."
            )
        if not 0 <= row.opened <= 1 or not 0 <= row.dropout < 1:
            raise RecipeError(f"The row {row.name} of {path} has a share that is not within 0..1.")
    for task in study.tasks:
        if task.label not in LABELS:
            raise RecipeError(
                f"The task {task.name} of {path} asks for {task.label}, which is"
                f" neither artist nor movement."
            )
