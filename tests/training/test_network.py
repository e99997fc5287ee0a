"""The trunk is EfficientNet-Lite, and folding batch normalisation changes nothing it says."""

import keras
import numpy as np
import pytest

from training.network import (
    CosineProxies,
    blend,
    build_network,
    build_trunk,
    freeze,
    load_imagenet,
    rounded_filters,
    take_over,
)
from training.recipe import NetworkPlan, StagePlan

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")


def test_folded_and_kept_batch_norm_give_the_same_features() -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (2, 96, 96, 3), np.uint8)
    features = []
    for folded in (True, False):
        trunk = build_trunk("lite0", folded=folded)
        load_imagenet(trunk, "lite0")
        features.append(trunk.predict(pictures, verbose=0))
    assert features[0].shape == (2, 3, 3, 1280)
    assert np.abs(features[0] - features[1]).max() < 1e-3
    assert features[0].max() > 0.1


@pytest.mark.parametrize(
    ("variant", "parameters"), [("lite0", 3_371_968), ("lite1", 4_135_648), ("lite2", 4_811_092)]
)
def test_each_member_of_the_family_has_its_published_size(variant: str, parameters: int) -> None:
    """Published totals less the 1000-class layer (1,281,000 parameters)."""
    assert build_trunk(variant, folded=False).count_params() == pytest.approx(parameters, rel=0.02)


def test_filters_are_multiples_of_eight_and_shrink_by_at_most_a_tenth() -> None:
    for filters in (16, 24, 40, 80, 112, 192, 320):
        for width in (1.0, 1.1, 1.2):
            found = rounded_filters(filters, width)
            assert found % 8 == 0
            assert found >= 0.9 * filters * width


def test_cosine_proxies_score_within_their_scale() -> None:
    layer = CosineProxies(7, scale=20.0)
    unit = np.eye(5, dtype=np.float32)
    scores = np.asarray(layer(unit))
    assert scores.shape == (5, 7)
    assert np.abs(scores).max() <= 20.0 + 1e-4


def test_freezing_leaves_the_heads_and_the_later_blocks() -> None:
    network = build_network(NetworkPlan(), 3, 2)
    freeze(network, StagePlan("heads", 1e-3, ((64, 1),)))
    assert {layer.name for layer in network.layers if layer.trainable and layer.weights} == {
        "projection",
        "artist",
        "movement",
        "artist_by_embedding",
        "painting",
    }
    freeze(network, StagePlan("tuning", 1e-3, ((64, 1),), frozen_blocks=5))
    by_name = {layer.name: layer.trainable for layer in network.layers}
    assert not by_name["stem_conv"]
    assert not by_name["block4_project_conv"]
    assert by_name["block5_expand_conv"]
    assert by_name["head_conv"]
    freeze(network, StagePlan("all", 1e-3, ((64, 1),), frozen_blocks=0))
    assert all(layer.trainable for layer in network.layers)


def small_network(
    artists: int, movements: int, length: int = 5, *, painting: bool = True
) -> keras.Model:
    """Return a network with the heads' names and a trunk of one layer."""
    inputs = keras.Input((3,), name="picture")
    x = keras.layers.Dense(length, name="projection")(inputs)
    outputs = {
        "artist": keras.layers.Dense(artists, bias_initializer="normal", name="artist")(x),
        "movement": keras.layers.Dense(movements, bias_initializer="normal", name="movement")(x),
        "artist_by_embedding": CosineProxies(artists, name="artist_by_embedding")(x),
    }
    if painting:
        outputs["painting"] = keras.layers.Dense(1, name="painting")(x)
    return keras.Model(inputs, outputs)


def answers(network: keras.Model) -> dict[str, np.ndarray]:
    one = np.array([[0.3, -0.2, 0.9]], np.float32)
    return {name: np.asarray(value)[0] for name, value in network(one).items()}


def test_an_earlier_network_is_taken_over_label_by_label() -> None:
    """Order and number of the labels differ: each goes to its own place, new ones stay new."""
    old, new = (["ann", "bob", "cem"], ["x", "y"]), (["abe", "cem", "ann"], ["w", "y", "x"])
    earlier, network = small_network(3, 2), small_network(3, 3)
    take_over(network, earlier, new, old)
    before, after = answers(earlier), answers(network)
    for head, kind in (("artist", 0), ("movement", 1), ("artist_by_embedding", 0)):
        for label in set(new[kind]) & set(old[kind]):
            mine, theirs = new[kind].index(label), old[kind].index(label)
            assert after[head][mine] == pytest.approx(before[head][theirs], rel=1e-5)
    assert after["artist"][0] not in before["artist"]


def test_what_is_a_painting_is_taken_over_or_learnt_anew() -> None:
    labels = (["ann"], ["x"])
    network, earlier, older = (small_network(1, 1, painting=has) for has in (True, True, False))
    fresh = network.get_layer("painting").get_weights()[0]
    take_over(network, older, labels, labels)
    assert np.array_equal(network.get_layer("painting").get_weights()[0], fresh)
    take_over(network, earlier, labels, labels)
    theirs = earlier.get_layer("painting").get_weights()[0]
    assert np.array_equal(network.get_layer("painting").get_weights()[0], theirs)


def test_weights_move_a_share_of_the_way_back() -> None:
    earlier, network = small_network(2, 2, painting=False), small_network(2, 2)
    new = [network.get_layer(name).get_weights()[0] for name in ("projection", "painting")]
    blend(network, earlier, 0.25)
    expected = 0.75 * new[0] + 0.25 * earlier.get_layer("projection").get_weights()[0]
    assert network.get_layer("projection").get_weights()[0] == pytest.approx(expected, abs=1e-6)
    assert np.array_equal(network.get_layer("painting").get_weights()[0], new[1])


def test_networks_without_a_common_label_share_the_trunk_alone() -> None:
    earlier, network = small_network(1, 1), small_network(1, 1)
    head = network.get_layer("artist").get_weights()
    take_over(network, earlier, (["ann"], ["x"]), (["bob"], ["y"]))
    trunk = [n.get_layer("projection").get_weights()[0] for n in (earlier, network)]
    assert np.array_equal(*trunk)
    assert np.array_equal(network.get_layer("artist").get_weights()[0], head[0])


def test_a_network_of_another_shape_is_refused() -> None:
    labels = (["ann"], ["x"])
    with pytest.raises(ValueError, match="shape"):
        take_over(small_network(1, 1), small_network(1, 1, length=6), labels, labels)


def test_a_network_that_goes_on_needs_no_imagenet_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr("training.network.load_imagenet", lambda *given: loaded.append(given))
    build_network(NetworkPlan(start_from="earlier"), 2, 2)
    assert not loaded
    build_network(NetworkPlan(), 2, 2)
    assert loaded
