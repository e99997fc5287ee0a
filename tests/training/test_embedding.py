"""Embeddings have unit length, and a picture without any feature does no harm."""

import keras
import numpy as np
from keras import layers

from training.embedding import UnitLength


def test_vectors_get_unit_length_and_keep_their_direction() -> None:
    vectors = np.array([[3.0, 4.0], [0.0, -0.1], [0.0, 0.0]], np.float32)
    found = np.asarray(UnitLength()(vectors))
    assert np.allclose(found, [[0.6, 0.8], [0.0, -1.0], [0.0, 0.0]], atol=1e-6)


def test_a_step_on_a_vector_of_zeros_leaves_every_weight_a_number() -> None:
    network = keras.Sequential([layers.Input((4,)), layers.Dense(4), UnitLength(), layers.Dense(2)])
    network.compile("sgd", "mse", jit_compile=False)
    network.train_on_batch(np.zeros((1, 4), np.float32), np.ones((1, 2), np.float32))
    assert all(np.isfinite(weights).all() for weights in network.get_weights())
