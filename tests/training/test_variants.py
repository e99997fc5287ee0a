"""What ships is the fastest version that loses next to nothing."""

from dataclasses import replace

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from tests.tiny_model import tiny_network
from training.variants import MOST_LOST, Variant, choose, halved

WHOLE = Variant("float32", b"w" * 100, 8.0, 0.60, 0.75, 10.0)
SMALL = replace(WHOLE, name="int8", data=b"s" * 30, milliseconds=4.0)


def test_a_faster_version_that_is_as_right_ships() -> None:
    assert choose([WHOLE, SMALL]) is SMALL


@pytest.mark.parametrize("head", ["artist_top1", "movement_top1"])
def test_a_version_that_loses_too_much_of_either_head_does_not(head: str) -> None:
    worse = replace(SMALL, **{head: getattr(WHOLE, head) - MOST_LOST - 0.0001})
    assert choose([WHOLE, worse]) is WHOLE


def test_of_equally_fast_versions_the_smallest_ships() -> None:
    half = replace(WHOLE, name="float16", data=b"h" * 50, milliseconds=8.2)
    assert choose([WHOLE, half]) is half


def test_halving_the_weights_changes_the_answers_by_next_to_nothing() -> None:
    network = tiny_network()
    rng = np.random.default_rng(0)
    large = onnx.numpy_helper.from_array(rng.normal(0, 0.02, (6, 64)).astype(np.float32), "large")
    network.graph.initializer.append(large)
    network.graph.node.append(onnx.helper.make_node("MatMul", ["artist", "large"], ["more"]))
    shape = ["n", 64]
    network.graph.output.append(
        onnx.helper.make_tensor_value_info("more", onnx.TensorProto.FLOAT, shape)
    )
    small = halved(network)
    assert len(small) < len(network.SerializeToString())
    picture = rng.integers(0, 256, (1, 224, 224, 3)).astype(np.uint8)
    whole, half = (
        ort.InferenceSession(data, providers=["CPUExecutionProvider"]).run(
            ["more", "artist"], {"picture": picture}
        )
        for data in (network.SerializeToString(), small)
    )
    assert half[1] == pytest.approx(whole[1], abs=1e-4)
    assert half[0] == pytest.approx(whole[0], abs=0.02)
    assert not np.array_equal(half[0], whole[0])
