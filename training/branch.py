"""A second tail on the network's first blocks: paintings from anything else, and one from another.

Both lie in textures and details of middle size, which a network that learns painters forgets in
its last layers. The branch shares the first blocks and goes on from ImageNet's next ones, which
have seen photographs. First its heads learn, then all of it at a small rate, so that what ImageNet
knew is not lost.
Source: Kumar et al. 2022, "Fine-Tuning can Distort Pretrained Features and Underperform
Out-of-Distribution".
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from training.augment import Picture, as_reproduced, as_seen_by_a_phone
from training.dataset import Prepared
from training.embedding import UnitLength
from training.everyday.bank import Bank
from training.kind_views import painted
from training.network import build_trunk, load_imagenet
from training.phone import phone_view
from training.rates import warmed_cosine
from training.recipe import Recipe
from training.visitors import CARELESS

SHARED = "block4_add"
TAPS = ("block7_add", "block10_add", "block14_add")
"""Where the branch looks, from small details to large ones."""
DROPOUT, HIDDEN, WORK_LENGTH = 0.3, 256, 256
SHARPNESS = 16.0
"""How much likelier a work is that is nearer by one cosine, as a logarithm."""
SAMPLE = 1000
"""Pictures on which the looks' mean and spread are taken."""
STRETCHES = ("heads", "all")
"""What learns, one after the other."""
NO_WORK = 0
"""Stands for a work's number where there is none; its weight is 0."""


@keras.saving.register_keras_serializable("docent")
class Remembered(layers.Layer):
    """Scores an embedding against every work's, as its catalogue picture was last seen.

    The works' embeddings, shape (works, d), are remembered, not learnt. Source: Wu et al. 2018,
    "Unsupervised Feature Learning via Non-Parametric Instance Discrimination".
    """

    def __init__(self, works: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.works = works

    def build(self, input_shape: Any) -> None:
        """Remember nothing yet."""
        shape = (self.works, input_shape[0][-1])
        self.memory = self.add_weight(name="memory", shape=shape, trainable=False)

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Return scores (n, works) of embeddings (n, d).

        With them come the works' numbers and whether each is a catalogue picture, both (n,): in
        training, those are remembered afterwards.
        """
        embedding, number, catalogue = inputs
        before = ops.copy(self.memory)  # PyTorch wants what it goes back through left as it was
        scores = SHARPNESS * ops.matmul(embedding, ops.transpose(before))
        if training:
            seen = ops.stop_gradient(embedding)
            kept = ops.take(before, number, axis=0)
            rows = ops.where(catalogue[:, None] > 0, seen, kept)
            self.memory.assign(ops.scatter_update(before, number[:, None], rows))
        return scores

    def get_config(self) -> dict[str, Any]:
        """Return what `keras` needs to build the layer again."""
        return {**super().get_config(), "works": self.works}


class BranchBatches(keras.utils.PyDataset):
    """Batches of works, each as in a catalogue and as a visitor sees it, and of other pictures.

    Other pictures pass through the same distortions, so that none of these betrays a painting.
    """

    def __init__(
        self,
        prepared: Prepared,
        indices: NDArray[np.int64],
        others: Bank,
        recipe: Recipe,
    ) -> None:
        super().__init__(workers=2, use_multiprocessing=False, max_queue_size=8)
        self._pictures = prepared.pictures
        self._indices = indices
        self._others = others
        self._plan = recipe.branch
        self._seed = recipe.seed
        self._works = max(1, round(recipe.batch_size * recipe.branch.works_share / 2))
        self._rest = recipe.batch_size - 2 * self._works
        self._epoch = 0
        self._order = self._shuffled()

    def _shuffled(self) -> NDArray[np.int64]:
        rng = np.random.default_rng((self._seed, self._epoch))
        return rng.permutation(len(self._indices))

    def __len__(self) -> int:
        return max(1, len(self._indices) // self._works)

    def on_epoch_end(self) -> None:
        """Shuffle anew, the same way for the same epoch in every run."""
        self._epoch += 1
        self._order = self._shuffled()

    def __getitem__(self, number: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        rng = np.random.default_rng((self._seed, self._epoch, number))
        works = self._order[number * self._works :][: self._works]
        rest = self._others.draw(len(works) * self._rest // self._works, rng)
        views = [*self._of_works(works, rng), *self._of_others(rest, rng)]
        of_work = np.arange(len(views)) < 2 * len(works)
        numbers = np.full(len(views), NO_WORK, np.int32)
        numbers[of_work] = np.concatenate([works, works])
        catalogue = np.arange(len(views)) < len(works)
        inputs = {
            "picture": np.stack(views),
            "work": numbers,
            "catalogue": catalogue.astype(np.float32),
        }
        visitor = (of_work & ~catalogue).astype(np.float32)
        return (
            inputs,
            {"painting": of_work[:, None].astype(np.float32), "which": numbers},
            {"painting": np.ones(len(views), np.float32), "which": visitor},
        )

    def _of_works(self, works: NDArray[np.int64], rng: np.random.Generator) -> Iterator[Picture]:
        pictures = [np.asarray(self._pictures[self._indices[i]]) for i in works]
        yield from (self._catalogued(picture, rng) for picture in pictures)
        yield from (self._visited(picture, rng, self._plan.hung) for picture in pictures)

    def _of_others(self, rest: NDArray[np.int64], rng: np.random.Generator) -> Iterator[Picture]:
        for place, i in enumerate(rest):
            picture = self._others.pictures[i]
            if rng.random() < 0.5:
                picture = np.ascontiguousarray(picture[:, ::-1])
            if place % 2:
                yield self._catalogued(picture, rng)
            else:
                yield self._visited(picture, rng, self._plan.others_hung)

    def _catalogued(self, picture: Picture, rng: np.random.Generator) -> Picture:
        side = (self._plan.side, self._plan.side)
        reproduced = as_reproduced(np.ascontiguousarray(picture), rng)
        return cv2.resize(reproduced, side, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]

    def _visited(self, picture: Picture, rng: np.random.Generator, hung: float) -> Picture:
        picture = as_reproduced(np.ascontiguousarray(picture), rng)
        if rng.random() < hung:
            return phone_view(picture, rng, self._plan.side, CARELESS)
        return as_seen_by_a_phone(picture, self._plan.side, rng, mirrored=0.0)


def build_branch(variant: str) -> keras.Model:
    """Return the branch with ImageNet's weights, its heads new.

    From float (n, h, w, c) of `SHARED` to ``painting``, logits (n, 1), and ``work``, embeddings of
    unit length (n, 256), nearer for two views of one work than for two works.
    """
    trunk = build_trunk(variant, folded=True)
    load_imagenet(trunk, variant)
    taps = [trunk.get_layer(name).output for name in TAPS]
    tail = keras.Model(trunk.get_layer(SHARED).output, taps, name="tail")
    inputs = keras.Input(tail.input_shape[1:], name="shared")
    looks = layers.Concatenate()([part for tap in tail(inputs) for part in _summary(tap)])
    standard = layers.BatchNormalization(center=False, scale=False, epsilon=1e-6, name="looks")
    standard.trainable = False  # it keeps the mean and spread that `train_branch` takes
    looks = standard(looks)
    hidden = layers.Dense(HIDDEN, "relu", name="texture")(layers.Dropout(DROPOUT)(looks))
    painting = layers.Dense(1, name="painting")(layers.Dropout(DROPOUT)(hidden))
    projected = layers.Dense(WORK_LENGTH, use_bias=False, name="details")(looks)
    outputs = {"painting": painting, "work": UnitLength(name="work")(projected)}
    return keras.Model(inputs, outputs, name="branch")


def _summary(places: Any) -> tuple[Any, Any]:
    """Return mean and spread over all places."""
    mean = layers.GlobalAveragePooling2D()(places)
    square = layers.GlobalAveragePooling2D()(ops.square(places - mean[:, None, None, :]))
    return mean, ops.sqrt(square + 1e-4)


def on_network(network: keras.Model, branch: keras.Model) -> dict[str, Any]:
    """Return the branch's outputs on a network's first blocks."""
    outputs: dict[str, Any] = branch(network.get_layer(SHARED).output)
    return outputs


def train_branch(
    recipe: Recipe, network: keras.Model, prepared: Prepared, others: Bank
) -> keras.Model:
    """Train a new branch; the network itself stays as it is.

    A training that was stopped goes on with the epoch it was in.
    """
    plan = recipe.branch
    indices = painted(prepared, prepared.part("train"))
    branch = build_branch(recipe.network.trunk)
    front = keras.Model(network.input, network.get_layer(SHARED).output, name="front")
    front.trainable = False
    looks = branch.get_layer("looks")
    before = keras.Model(front.input, keras.Model(branch.input, looks.input)(front.output))
    some = np.random.default_rng(0).permutation(indices)[:SAMPLE]
    seen = _asked(before, prepared, some, plan.side)
    looks.set_weights([seen.mean(axis=0), seen.var(axis=0)])
    learner = _learner(front, branch, len(indices))
    works = keras.Model(front.input, branch(front.output)["work"])
    learner.get_layer("which").set_weights([_asked(works, prepared, indices, plan.side)])
    batches = BranchBatches(prepared, indices, others, recipe)
    tail = branch.get_layer("tail")
    stretches = zip(
        STRETCHES, (plan.head_epochs, plan.epochs), (plan.head_rate, plan.rate), strict=True
    )
    done = 0
    for name, epochs, rate in stretches:
        tail.trainable = name == STRETCHES[-1]
        _compile(learner, recipe, rate, epochs * len(batches))
        learner.fit(
            batches,
            epochs=done + epochs,
            initial_epoch=done,
            callbacks=[
                keras.callbacks.BackupAndRestore(
                    str(_backup(recipe, name)), delete_checkpoint=False
                )
            ],
            verbose=2 if os.environ.get("CI") else "auto",
        )
        done += epochs
    return branch


def _asked(
    asked: keras.Model, prepared: Prepared, indices: NDArray[np.int64], side: int
) -> NDArray[np.float32]:
    """Return a model's answers to catalogue pictures, some at a time for the memory they take."""
    answers = []
    for start in range(0, len(indices), SAMPLE):
        some = prepared.pictures[indices[start : start + SAMPLE]]
        shown = [
            cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA) for picture in some
        ]
        answers.append(asked.predict(np.stack(shown), verbose=0))
    return np.concatenate(answers)


def _learner(front: keras.Model, branch: keras.Model, works: int) -> keras.Model:
    """Return the branch with what only its training needs: the memory of all works."""
    number = keras.Input((), dtype="int32", name="work")
    catalogue = keras.Input((), name="catalogue")
    seen = branch(front.output)
    which = Remembered(works, name="which")([seen["work"], number, catalogue])
    return keras.Model(
        {"picture": front.input, "work": number, "catalogue": catalogue},
        {"painting": seen["painting"], "which": which},
    )


def _compile(learner: keras.Model, recipe: Recipe, rate: float, steps: int) -> None:
    learner.compile(
        keras.optimizers.AdamW(
            warmed_cosine(rate, steps), weight_decay=recipe.weight_decay, clipnorm=5.0
        ),
        loss={
            "painting": keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.02),
            "which": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        },
        loss_weights={"painting": 1.0, "which": recipe.branch.work_weight},
        weighted_metrics={
            "painting": [keras.metrics.BinaryAccuracy(name="right", threshold=0.0)],
            "which": [
                keras.metrics.SparseCategoricalAccuracy(name="top1"),
                keras.metrics.SparseTopKCategoricalAccuracy(20, name="top20"),
            ],
        },
        jit_compile=False,  # measured ten times slower on a CPU
    )


def forget_branch(recipe: Recipe) -> None:
    """Remove a branch, finished or not, that fits a network as it was before."""
    branch_path(recipe).unlink(missing_ok=True)
    for name in STRETCHES:
        shutil.rmtree(_backup(recipe, name), ignore_errors=True)


def _backup(recipe: Recipe, stretch: str) -> Path:
    return recipe.run_folder / f"branch-{stretch}"


def branch_path(recipe: Recipe) -> Path:
    """Return where the trained branch is kept."""
    return recipe.run_folder / "branch.keras"
