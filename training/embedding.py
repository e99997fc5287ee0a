"""The layer that makes an embedding of unit length."""

from typing import Any

import keras
from keras import layers, ops

SMALLEST = 1e-12
"""Square of the shortest length that is still scaled up to 1."""


@keras.saving.register_keras_serializable("docent")
class UnitLength(layers.Layer):
    """Scales vectors, shape (n, length), to length 1; a vector of zeros stays one.

    Unlike `keras.layers.UnitNormalization` it has a gradient there, where that one gives NaN and
    with it spoils every weight below: a picture none of whose features are awake must not do that.
    """

    def call(self, vectors: Any) -> Any:
        """Return the scaled vectors."""
        squared = ops.sum(ops.square(vectors), axis=-1, keepdims=True)
        return vectors * ops.rsqrt(ops.maximum(squared, SMALLEST))
