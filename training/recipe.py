"""A recipe: everything that decides how a network is trained, read from one TOML file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class TrainingError(Exception):
    """A step cannot be done; the message is a sentence for whoever asked for it."""


class RecipeError(TrainingError):
    """A recipe cannot be used; the message says which line of it and why."""


@dataclass(frozen=True)
class DataPlan:
    """Which pictures, and how they are split."""

    folder: Path
    also: tuple[Path, ...] = ()
    """Further folders. A painter met only there is split by painting, whether a class or not."""
    public_domain_only: bool = False
    test_share: float = 0.10
    validation_share: float = 0.07
    unseen_painter_share: float = 0.5
    """Of the painters who are no class: the share held out whole, to test movements on."""
    also_unseen_painter_share: float = 0.2
    """The same for painters met only in the further folders."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder, the first one first."""
        return (self.folder, *self.also)


@dataclass(frozen=True)
class NetworkPlan:
    """Which trunk carries the heads."""

    trunk: str = "lite0"
    batch_norm: str = "folded"
    """``folded``: merged into the convolutions, which halves a CPU step; ``trained``: kept."""
    dropout: float = 0.2
    embedding_length: int = 256
    start_from: str = ""
    """Name of a recipe whose trained network this one goes on from; empty: from ImageNet."""
    keep: float = 0.0
    """How much of the weights it went on from is kept when training has ended, 0..1."""


@dataclass(frozen=True)
class StagePlan:
    """A stretch of training with one set of trainable layers and one cosine learning rate."""

    name: str
    learning_rate: float
    schedule: tuple[tuple[int, int], ...]
    """(input side in pixels, epochs), in order."""
    frozen_blocks: int | None = None
    """Blocks (and stem) left as they are; ``None`` freezes the whole trunk."""
    mixing: float = 0.0
    """Share of batches whose pictures are mixed in pairs (CutMix, or mixup for every third)."""
    hung: float = 0.0
    """Share of views that show the picture framed on a wall, as careless visitors take it."""
    others_hung: float | None = None
    """The same for pictures of what is no painting; ``None``: as often as paintings."""
    plain: float = 0.0
    """Share of views that show the picture as it is, or mirrored."""
    varied: float = 0.0
    """Share of pictures that come coarser or sharper than they are; see `augment.as_reproduced`."""

    @property
    def epochs(self) -> int:
        """Epochs of the whole stage."""
        return sum(epochs for _, epochs in self.schedule)


@dataclass(frozen=True)
class BranchPlan:
    """How the branch that knows paintings from anything else, and one from another, is trained."""

    side: int = 192
    """Of the square input, in pixels."""
    head_epochs: int = 1
    """Epochs in which its heads alone learn."""
    head_rate: float = 1e-3
    epochs: int = 4
    """Epochs in which all of it learns."""
    rate: float = 2e-4
    works_share: float = 0.625
    """Share of the views that show works; the rest shows what is no painting."""
    work_weight: float = 0.2
    """Of the loss that tells works apart, beside that for what is no painting."""
    hung: float = 0.5
    """Share of visitors' views that show the work framed on a wall."""
    others_hung: float = 0.2
    """The same for pictures of what is no painting."""


@dataclass(frozen=True)
class Recipe:
    """A whole training run; ``name@version`` is what the model card and ``identify`` print."""

    name: str
    version: str
    data: DataPlan
    stages: tuple[StagePlan, ...]
    network: NetworkPlan = field(default_factory=NetworkPlan)
    branch: BranchPlan = field(default_factory=BranchPlan)
    seed: int = 2026
    batch_size: int = 64
    label_smoothing: float = 0.1
    weight_decay: float = 0.02
    movement_weight: float = 0.5
    embedding_weight: float = 0.3
    painting_weight: float = 0.3
    """Of the loss that tells paintings from what is none; it counts where ``everyday`` does."""
    everyday: int = 0
    """How many pictures of what is no painting join every batch."""
    balance_origins: bool = False
    """Weigh movement labels so that no publisher (origin) has more of a movement than another, and
    make the trained head blind to the publisher (`training.origins`)."""

    @property
    def run_folder(self) -> Path:
        """Where cache and checkpoints of this recipe live (ignored by git)."""
        return run_folder(self.name)


def run_folder(name: str) -> Path:
    """Return where a recipe of this name keeps its run."""
    return Path(".training") / name


def read_recipe(path: Path, data_folder: Path | None = None) -> Recipe:
    """Read a recipe file.

    ``data_folder`` replaces the recipe's own, all of them. Raises `RecipeError` for a missing
    file, broken TOML, or a key that no recipe has.
    """
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        data = content.pop("data")
        also = data.get("also", [])
        if not isinstance(also, list):
            raise RecipeError(f'{path}: "also" is a list of folders, even for one.')
        data |= {"folder": Path(data["folder"]), "also": tuple(map(Path, also))}
        if data_folder:
            data |= {"folder": data_folder, "also": ()}
        stages = content.pop("stages")
        return Recipe(
            data=DataPlan(**data),
            network=NetworkPlan(**content.pop("network", {})),
            branch=BranchPlan(**content.pop("branch", {})),
            stages=tuple(_stage(stage) for stage in stages),
            **content,
        )
    except FileNotFoundError:
        raise RecipeError(f"There is no recipe at {path}.") from None
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{path} is not valid TOML: {error}.") from error
    except KeyError as error:
        raise RecipeError(f"{path} lacks the entry {error}.") from error
    except TypeError as error:
        raise RecipeError(f"{path} has an entry that no recipe has: {error}.") from error
    except ValueError as error:
        raise RecipeError(f"{path} has a value that no recipe has: {error}.") from error


def _stage(stage: dict[str, Any]) -> StagePlan:
    schedule = tuple((int(size), int(epochs)) for size, epochs in stage.pop("schedule"))
    return StagePlan(schedule=schedule, **stage)
