"""One row's network: an ImageNet trunk cut in two, the lower part frozen, and a head on top.

What the frozen part says of a picture never changes, so it is computed once and the upper part is
trained on that: the result is the same as training the whole with its lower layers frozen.
"""

from dataclasses import dataclass

import keras
from keras import layers

from training.network import build_trunk, load_imagenet
from training.rates import warmed_cosine
from training.study.plan import Row

CLIP_NORM = 5.0


@dataclass(frozen=True)
class Network:
    """The parts of one row's network, which share their layers."""

    frozen: keras.Model
    """Pictures → what the opened part reads."""
    opened: keras.Model
    """→ logits; trained in the second stretch."""
    pooled: keras.Model
    """Pictures → features of the whole trunk, (n, 1280)."""
    head: keras.Model
    """Features → logits; trained in the first stretch."""


def convolutions(trunk: keras.Model) -> list[keras.Layer]:
    """Return the trunk's convolutions from the bottom up."""
    kinds = (layers.Conv2D, layers.DepthwiseConv2D)
    return [layer for layer in trunk.layers if isinstance(layer, kinds)]


def open_top(trunk: keras.Model, share: float) -> list[keras.Layer]:
    """Make the uppermost ``share`` of the convolutions trainable, the others not; return them."""
    found = convolutions(trunk)
    opened = found[len(found) - round(share * len(found)) :]
    for layer in found:
        layer.trainable = layer in opened
    return opened


def build(row: Row, classes: int, side: int) -> Network:
    """Return the row's network with ImageNet weights and a new head."""
    trunk = build_trunk(row.backbone, folded=True, size=side)
    load_imagenet(trunk, row.backbone)
    opened = open_top(trunk, row.opened)
    pool = layers.GlobalAveragePooling2D(name="pool")
    dropout = layers.Dropout(row.dropout, name="dropout")
    dense = layers.Dense(classes, name="classes")
    features = pool(trunk.output)
    logits = dense(dropout(features))
    border = _border(trunk, opened[0]) if opened else features
    network = Network(
        frozen=keras.Model(trunk.input, border),
        opened=keras.Model(border, logits),
        pooled=keras.Model(trunk.input, features),
        head=keras.Model(features, logits),
    )
    _regularise([*opened, dense], row)
    return network


def _border(trunk: keras.Model, first: keras.Layer) -> keras.KerasTensor:
    """Return what enters the block of the first opened layer (a block may add its input later)."""
    block = first.name.split("_")[0]
    if block == "stem":
        return trunk.input
    return next(layer for layer in trunk.layers if layer.name.startswith(f"{block}_")).input


def _regularise(trained: list[keras.Layer], row: Row) -> None:
    if row.l1 or row.l2:
        for layer in trained:
            layer.kernel.regularizer = keras.regularizers.L1L2(row.l1, row.l2)


def compile_for(model: keras.Model, row: Row, rate: float, steps: int) -> None:
    """Set Adam (warm-up over a tenth of the steps, then a cosine to zero), loss and metric."""
    model.compile(
        keras.optimizers.Adam(warmed_cosine(rate, steps), clipnorm=CLIP_NORM),
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=row.label_smoothing
        ),
        metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
        jit_compile=False,  # measured ten times slower on a CPU
    )
