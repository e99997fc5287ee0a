"""A real but tiny network with the shipped one's interface: the mean colour decides.

Red is Rembrandt and Baroque, green is Monet and Impressionism, blue is Hokusai and Ukiyo-e.
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
}
MOVEMENTS = {
    "baroque": "Baroque",
    "impressionism": "Impressionism",
    "ukiyo-e": "Ukiyo-e",
    "post-impressionism": "Post-Impressionism",
}
SIZE = 224


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
        "temperature": {"artist": 1.0, "movement": 1.0},
        "thresholds": {"artist": 0.5, "movement": 0.5},
        "artists": [{"id": id_, "name": name} for id_, name in ARTISTS.items()],
        "movements": [{"id": id_, "name": name} for id_, name in MOVEMENTS.items()],
    } | changes
    path = folder / "docent.json"
    path.write_text(json.dumps(card), encoding="utf-8")
    return path


def tiny_network() -> onnx.ModelProto:
    """Return the graph: mean colour × weights."""
    weights = 0.04 * np.hstack([np.eye(3), np.full((3, 1), -1.0)]).astype(np.float32)
    initializers = [
        numpy_helper.from_array(weights.astype(np.float32), "weights"),
        numpy_helper.from_array(np.array([1, 2], np.int64), "axes"),
    ]
    nodes = [
        helper.make_node("Cast", ["picture"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["floats", "axes"], ["mean"], keepdims=0),
        helper.make_node("MatMul", ["mean", "weights"], ["artist"]),
        helper.make_node("Identity", ["artist"], ["movement"]),
        helper.make_node("LpNormalization", ["mean"], ["embedding"], axis=1),
        helper.make_node("Identity", ["floats"], ["feature_map"]),
    ]
    sides = ["n", SIZE, SIZE, 3]
    inputs = [helper.make_tensor_value_info("picture", TensorProto.UINT8, sides)]
    outputs = [
        helper.make_tensor_value_info("artist", TensorProto.FLOAT, ["n", 4]),
        helper.make_tensor_value_info("movement", TensorProto.FLOAT, ["n", 4]),
        helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", 3]),
        helper.make_tensor_value_info("feature_map", TensorProto.FLOAT, sides),
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
