"""What the network sees at several depths, for the head that tells paintings from anything else.

The last layers learn what paintings differ in; what sets a photograph's grain or a screen's edges
apart from paint is plainer in the layers before.
"""

from typing import Any

import keras
from keras import ops

FIRST = ("stem_relu", "block0_project_conv")


def depths(network: keras.Model) -> Any:
    """Return float (n, features), from the network's own layers.

    Means and standard deviations over the picture's places: of the first layers, of the last sum of
    every width, and means of the feature map.
    """
    sums = {
        layer.output.shape[-1]: layer.output
        for layer in network.layers
        if layer.name.endswith("_add")
    }
    features = []
    for layer in (*(network.get_layer(name).output for name in FIRST), *sums.values()):
        mean = ops.mean(layer, axis=(1, 2), keepdims=True)
        spread = ops.sqrt(ops.mean(ops.square(layer - mean), axis=(1, 2)) + 1e-6)
        features += [ops.squeeze(mean, (1, 2)), spread]
    last = network.get_layer("head_relu").output
    return ops.concatenate([*features, ops.mean(last, axis=(1, 2))], axis=-1)
