"""A real but tiny network with the shipped one's interface: the mean colour decides.

Red is Rembrandt and Baroque, green is Monet and Impressionism, blue is Hokusai and Ukiyo-e. What
is nearly white is no painting. Both embeddings are the mean colour, brought to unit length.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ARTISTS = {
    "rembrandt": "Rembrandt",
    "claude-monet": "Claude Monet",
    "katsushika-hokusai": "Katsushika Hokusai",
    "vincent-van-gogh": "Vincent van Gogh",
    "paul-cezanne": "Paul Cézanne",
    "edgar-degas": "Edgar Degas",
}
MOVEMENTS = {
    "baroque": "Baroque",
    "impressionism": "Impressionism",
    "ukiyo-e": "Ukiyo-e",
    "post-impressionism": "Post-Impressionism",
    "cubism": "Cubism",
    "fauvism": "Fauvism",
}
SIZE = 224
CELL = 32
EACH = {"artist": 1.0, "movement": 1.0, "painting": 1.0}
HALF = {"artist": 0.5, "movement": 0.5, "painting": 0.5}


def write_tiny_model(folder: Path, **changes: object) -> Path:
    """Write network and card into ``folder``; ``changes`` replace entries of the card."""
    folder.mkdir(parents=True, exist_ok=True)
    data = tiny_network().SerializeToString()
    (folder / "docent.onnx").write_bytes(data)
    card = {
        "name": "tiny",
        "version": "0",
        "file": "docent.onnx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "input": {"name": "picture", "size": SIZE},
        "temperature": EACH,
        "thresholds": HALF,
        "artists": [{"id": id_, "name": name} for id_, name in ARTISTS.items()],
        "movements": [{"id": id_, "name": name} for id_, name in MOVEMENTS.items()],
        "few_shot": {"scale": 10.0, "offset": 0.9, "painters": []},
    } | changes
    path = folder / "docent.json"
    path.write_text(json.dumps(card), encoding="utf-8")
    return path


def tiny_network() -> onnx.ModelProto:
    """Return the graph: the mean colour of each of 7 × 7 places × weights, then their mean."""
    graph = helper.make_graph(_nodes(), "tiny", _inputs(), _outputs(), _constants())
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


def _constants() -> list[onnx.TensorProto]:
    never = [np.full((3, 1), weight) for weight in (-1.0, -1.2, -1.4)]
    arrays = {
        "weights": 0.04 * np.hstack([np.eye(3), *never]).astype(np.float32),
        "places": np.array([1, 2], np.int64),
        "colours": np.array([1], np.int64),
        "nearly_white": np.array([[235]], np.float32),
    }
    return [numpy_helper.from_array(array, name) for name, array in arrays.items()]


def _nodes() -> list[onnx.NodeProto]:
    make = helper.make_node
    return [
        make("Cast", ["picture"], ["floats"], to=TensorProto.FLOAT),
        make("Transpose", ["floats"], ["planes"], perm=[0, 3, 1, 2]),
        make("AveragePool", ["planes"], ["cells"], kernel_shape=[CELL, CELL], strides=[CELL, CELL]),
        make("Transpose", ["cells"], ["feature_map"], perm=[0, 2, 3, 1]),
        make("MatMul", ["feature_map", "weights"], ["artist_map"]),
        make("Identity", ["artist_map"], ["movement_map"]),
        make("ReduceMean", ["artist_map", "places"], ["artist"], keepdims=0),
        make("Identity", ["artist"], ["movement"]),
        make("ReduceMean", ["feature_map", "places"], ["mean"], keepdims=0),
        make("LpNormalization", ["mean"], ["embedding"], axis=1),
        make("Identity", ["embedding"], ["work"]),
        make("ReduceMin", ["mean", "colours"], ["darkest"], keepdims=1),
        make("Sub", ["nearly_white", "darkest"], ["painting"]),
    ]


def _inputs() -> list[onnx.ValueInfoProto]:
    return [helper.make_tensor_value_info("picture", TensorProto.UINT8, ["n", SIZE, SIZE, 3])]


def _outputs() -> list[onnx.ValueInfoProto]:
    side = SIZE // CELL
    shapes: dict[str, list[str | int]] = {
        "artist": ["n", len(ARTISTS)],
        "movement": ["n", len(MOVEMENTS)],
        "embedding": ["n", 3],
        "work": ["n", 3],
        "feature_map": ["n", side, side, 3],
        "artist_map": ["n", side, side, len(ARTISTS)],
        "movement_map": ["n", side, side, len(MOVEMENTS)],
        "painting": ["n", 1],
    }
    return [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        for name, shape in shapes.items()
    ]
