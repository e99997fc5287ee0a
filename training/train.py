"""Training: the recipe's stages one after another, each epoch saved so that a stop loses little."""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import keras

from training.batches import Batches
from training.branch import branch_path, forget_branch, train_branch
from training.dataset import CACHE_SIZE, Lineage, Prepared, prepare, read_lineage, write_lineage
from training.everyday import EVERYDAY
from training.everyday.bank import Bank, fill
from training.network import blend, build_network, freeze, take_over
from training.rates import warmed_cosine
from training.recipe import Recipe, StagePlan, TrainingError, run_folder

CHECKPOINT = "checkpoint.keras"
MADE = 1000
"""Pictures made of what is no painting, to draw from in training."""
log = logging.getLogger(__name__)


class NotTrainedError(TrainingError):
    """A step needs a network trained on this very data, and there is none; the message helps."""


@dataclass(frozen=True)
class Progress:
    """How far a run has come: finished stages, and finished epochs of the stage after them."""

    stage: int = 0
    epoch: int = 0
    data_key: str = ""
    """`Prepared.key` of the data it was trained on."""


class Checkpoint(keras.callbacks.Callback):
    """Saves network, optimizer and progress after every epoch, each file whole or not at all."""

    def __init__(self, recipe: Recipe, data_key: str, stage: int) -> None:
        super().__init__()
        self._recipe = recipe
        self._data_key = data_key
        self._stage = stage

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Save under a temporary name, then move into place."""
        progress = Progress(self._stage, epoch + 1, self._data_key)
        save_checkpoint(self.model, self._recipe, progress, logs or {})


def checkpoint_path(recipe: Recipe) -> Path:
    """Return where the run's latest network is kept."""
    return recipe.run_folder / CHECKPOINT


def save_checkpoint(
    network: keras.Model, recipe: Recipe, progress: Progress, logs: dict[str, Any]
) -> None:
    """Write the network, then the note that says how far it is."""
    folder = recipe.run_folder
    unfinished = folder / "unfinished.keras"
    network.save(unfinished)
    unfinished.replace(checkpoint_path(recipe))
    note = asdict(progress)
    unfinished = folder / "unfinished.json"
    unfinished.write_text(json.dumps(note))
    unfinished.replace(folder / "progress.json")
    with (folder / "history.jsonl").open("a", encoding="utf-8") as history:
        print(json.dumps({**note, **{k: float(v) for k, v in logs.items()}}), file=history)


def load_network(recipe: Recipe, prepared: Prepared) -> keras.Model:
    """Return the latest network of a run.

    Raises `NotTrainedError` where there is none, or where it was trained on other data or another
    split: its labels would be wrong, and held-out pictures not held out.
    """
    path = checkpoint_path(recipe)
    if not path.is_file():
        raise NotTrainedError(f"Nothing is trained at {path} yet; run the step train first.")
    if read_progress(recipe).data_key != prepared.key:
        raise NotTrainedError(
            f"{path} was trained on other data. Name the recipe anew, or remove {path.parent}."
        )
    return keras.saving.load_model(path)


def trained_network(recipe: Recipe, prepared: Prepared) -> tuple[keras.Model, keras.Model]:
    """Return the latest network of a run, and its branch that knows paintings from anything else.

    With what the recipe keeps of the network it went on from. Raises `NotTrainedError` where one of
    the three is missing, or where the networks have not the same labels.
    """
    network = load_network(recipe, prepared)
    _keep(recipe, network, prepared)
    branch = branch_path(recipe)
    if not branch.is_file():
        raise NotTrainedError(f"Training has not ended at {branch.parent}; run the step train.")
    return network, keras.saving.load_model(branch, compile=False)


def _keep(recipe: Recipe, network: keras.Model, prepared: Prepared) -> None:
    """Give the network back what the recipe keeps of the one it went on from."""
    forebear = _forebear(recipe)
    if forebear and recipe.network.keep:
        earlier, path = forebear
        if (earlier.artists, earlier.movements) != (prepared.artists, prepared.movements):
            raise NotTrainedError(
                f"The network at {path} has other labels: none of it can be kept."
            )
        blend(network, keras.saving.load_model(path, compile=False), recipe.network.keep)


def read_progress(recipe: Recipe) -> Progress:
    """Return how far the run has come; the start where nothing was saved."""
    note = recipe.run_folder / "progress.json"
    return Progress(**json.loads(note.read_text())) if note.is_file() else Progress()


def compile_stage(network: keras.Model, recipe: Recipe, stage: StagePlan, steps: int) -> None:
    """Freeze, and set optimizer (AdamW, warm-up then cosine to zero), losses and metrics."""
    freeze(network, stage)
    rate = warmed_cosine(stage.learning_rate, steps)
    optimizer = keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay, clipnorm=5.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    loss = keras.losses.CategoricalCrossentropy(
        from_logits=True, label_smoothing=recipe.label_smoothing
    )
    network.compile(
        optimizer,
        loss={
            "artist": loss,
            "movement": loss,
            "artist_by_embedding": loss,
            "painting": keras.losses.BinaryCrossentropy(from_logits=True),
        },
        loss_weights={
            "artist": 1.0,
            "movement": recipe.movement_weight,
            "artist_by_embedding": recipe.embedding_weight,
            "painting": recipe.painting_weight if recipe.everyday else 0.0,
        },
        weighted_metrics={
            "artist": [
                keras.metrics.CategoricalAccuracy(name="top1"),
                keras.metrics.TopKCategoricalAccuracy(3, name="top3"),
            ],
            "movement": [keras.metrics.CategoricalAccuracy(name="top1")],
            "artist_by_embedding": [keras.metrics.CategoricalAccuracy(name="top1")],
            "painting": [keras.metrics.BinaryAccuracy(name="right", threshold=0.0)],
        },
        jit_compile=False,  # measured ten times slower on a CPU
    )


def train(recipe: Recipe) -> Path:
    """Train (or go on training) to the end of the recipe; return the network's path."""
    progress = read_progress(recipe)
    if progress == Progress():
        _forebear(recipe)  # before minutes of decoding
    prepared = prepare(recipe)
    keras.utils.set_random_seed(recipe.seed)
    if progress == Progress():
        network = _new_network(recipe, prepared)
    else:
        network = load_network(recipe, prepared)
    others = cache(partial(fill, EVERYDAY, "train", MADE, recipe.seed))
    for number, stage in enumerate(recipe.stages):
        if number < progress.stage:
            continue
        done = progress.epoch if number == progress.stage else 0
        if done < stage.epochs:
            _train_stage(network, recipe, prepared, number, done, others)
    if not branch_path(recipe).is_file():
        log.info("The branch that tells paintings from anything else")
        _keep(recipe, network, prepared)
        train_branch(recipe, network, prepared, others()).save(branch_path(recipe))
    return checkpoint_path(recipe)


def _forebear(recipe: Recipe) -> tuple[Lineage, Path] | None:
    """Return the lineage and checkpoint that a recipe goes on from; nothing from ImageNet."""
    name = recipe.network.start_from
    if not name:
        return None
    lineage, path = read_lineage(name), run_folder(name) / CHECKPOINT
    if lineage is None or not path.is_file():
        raise NotTrainedError(f"This recipe goes on from {name}, which is not trained yet.")
    return lineage, path


def _new_network(recipe: Recipe, prepared: Prepared) -> keras.Model:
    network = build_network(recipe.network, len(prepared.artists), len(prepared.movements))
    forebear = _forebear(recipe)
    if forebear:
        earlier, path = forebear
        trained = keras.saving.load_model(path, compile=False)
        labels = (prepared.artists, prepared.movements)
        try:
            take_over(network, trained, labels, (earlier.artists, earlier.movements))
        except ValueError as error:
            raise NotTrainedError(f"The network at {path} is of another shape.") from error
    write_lineage(recipe, prepared)
    return network


def _train_stage(
    network: keras.Model,
    recipe: Recipe,
    prepared: Prepared,
    number: int,
    done: int,
    others: Callable[[], Bank],
) -> None:
    stage = recipe.stages[number]
    forget_branch(recipe)
    training, validation = prepared.part("train"), prepared.part("validation")
    steps = stage.epochs * max(1, len(training) // recipe.batch_size)
    if done == 0:
        compile_stage(network, recipe, stage, steps)
    judged = Batches(prepared, validation, recipe, size=CACHE_SIZE)
    first = 0
    for size, epochs in stage.schedule:
        last = first + epochs
        if done < last:
            start = max(first, done)
            seen = 1000 * number + start
            log.info("Stage %s, epochs %d to %d at %d px", stage.name, start + 1, last, size)
            network.fit(
                Batches(
                    prepared,
                    training,
                    recipe,
                    size=size,
                    stage=stage,
                    epoch=seen,
                    others=others() if recipe.everyday else None,
                ),
                validation_data=judged,
                epochs=last,
                initial_epoch=start,
                callbacks=[Checkpoint(recipe, prepared.key, number)],
                verbose=2 if os.environ.get("CI") else "auto",
            )
        first = last
