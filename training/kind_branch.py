"""A painting or not: a branch of its own from the network's first blocks, trained on both sides.

What tells paint from a photograph is in textures of middle size, which a network that learns
painters forgets in its last layers. The branch shares the first blocks and goes on from ImageNet's
next ones, which have seen photographs.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
from keras import layers, ops

from training.batches import Batches
from training.dataset import Prepared
from training.everyday.bank import Bank
from training.kind_views import painted
from training.network import build_trunk, load_imagenet
from training.rates import warmed_cosine
from training.recipe import Recipe, StagePlan

SHARED, LAST = "block4_add", "block10_add"
DROPOUT = 0.3


class KindBatches(Batches):
    """Batches of as many paintings as other pictures, and whether each is a painting."""

    def __getitem__(self, number: int) -> tuple[Any, Any]:  # type: ignore[override]
        pictures, targets, _ = super().__getitem__(number)
        return pictures, targets["painting"]


def build_branch(variant: str) -> keras.Model:
    """Return the branch with ImageNet's weights: float (n, h, w, c) of `SHARED` → logits (n, 1)."""
    trunk = build_trunk(variant, folded=True)
    load_imagenet(trunk, variant)
    tail = keras.Model(trunk.get_layer(SHARED).output, trunk.get_layer(LAST).output)
    inputs = keras.Input(tail.input_shape[1:], name="shared")
    places = tail(inputs)
    mean = layers.GlobalAveragePooling2D()(places)
    spread = layers.GlobalAveragePooling2D()(ops.square(places - mean[:, None, None, :]))
    seen = layers.Concatenate()([mean, ops.sqrt(spread + 1e-4)])
    logits = layers.Dense(1, name="painting")(layers.Dropout(DROPOUT)(seen))
    return keras.Model(inputs, logits, name="kind")


def on_network(network: keras.Model, branch: keras.Model) -> keras.Model:
    """Return the branch on a network's first blocks: uint8 pictures → logits (n, 1)."""
    return keras.Model(network.input, branch(network.get_layer(SHARED).output), name="painting")


def train_branch(
    recipe: Recipe, network: keras.Model, prepared: Prepared, others: Bank
) -> keras.Model:
    """Train a new branch on views of both sides; the network itself stays as it is."""
    plan = recipe.kind
    branch = build_branch(recipe.network.trunk)
    whole = on_network(network, branch)
    for layer in whole.layers:
        layer.trainable = layer is branch
    half = replace(recipe, batch_size=recipe.batch_size // 2, everyday=recipe.batch_size // 2)
    stage = StagePlan(
        "kind",
        plan.learning_rate,
        ((plan.side, plan.epochs),),
        hung=plan.hung,
        others_hung=plan.others_hung,
        plain=plan.plain,
        varied=plan.varied,
    )
    training = painted(prepared, prepared.part("train"))
    batches = KindBatches(prepared, training, half, size=plan.side, stage=stage, others=others)
    rate = warmed_cosine(plan.learning_rate, plan.epochs * len(batches))
    whole.compile(
        keras.optimizers.AdamW(rate, weight_decay=recipe.weight_decay, clipnorm=5.0),
        keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.02),
        metrics=[keras.metrics.BinaryAccuracy(name="right", threshold=0.0)],
    )
    whole.fit(batches, epochs=plan.epochs, verbose=2 if os.environ.get("CI") else "auto")
    return branch


def branch_path(recipe: Recipe) -> Path:
    """Return where the trained branch is kept."""
    return recipe.run_folder / "kind.keras"
