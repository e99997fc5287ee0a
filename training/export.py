"""One ONNX file from the trained network, checked against it, and the card that travels with it."""

import hashlib
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx
import tensorflow as tf
import tf2onnx
from numpy.typing import NDArray

from knowledge.content import read_content
from knowledge.library import CONTENT
from training.dataset import Prepared, prepare
from training.evaluate import Report, evaluate
from training.exported import OUTPUTS, Exported
from training.network import INPUT_SIZE
from training.recipe import Recipe
from training.train import load_network

log = logging.getLogger(__name__)

OPSET = 17
MOST_BYTES = 25_000_000
LARGEST_DIFFERENCE = 1e-3
LEAST_AGREEMENT = 0.995
PARITY_PICTURES = 400
LICENCE_NOTE = (
    "Weights learnt from pictures that came by way of WikiArt, for non-commercial research; works "
    "of painters who died by 1954 are in the public domain. Trunk: EfficientNet-Lite, ImageNet "
    "weights under Apache-2.0."
)


class ExportError(Exception):
    """The exported network is not what was trained; the message gives the figures."""


def export(recipe: Recipe, folder: Path) -> Path:
    """Write ``docent.onnx`` and ``docent.json`` into ``folder``; return the card's path.

    Raises `ExportError` where the graph has more than one input, is too large, or answers
    otherwise than Keras does on real pictures.
    """
    prepared = prepare(recipe)
    network = load_network(recipe, prepared)
    model = convert(network)
    _check_graph(model)
    data = model.SerializeToString()
    if len(data) > MOST_BYTES:
        raise ExportError(f"The network takes {len(data)} bytes, more than {MOST_BYTES}.")
    parity = compare(network, data, prepared.pictures[prepared.part("test")[:PARITY_PICTURES]])
    log.info("Against Keras: %s", parity)
    card = _card(recipe, prepared, evaluate(recipe, network), data, parity)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "docent.onnx").write_bytes(data)
    path = folder / "docent.json"
    path.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def inference_network(network: keras.Model) -> keras.Model:
    """Return the network as it answers visitors: without the head that only trains."""
    outputs = {
        "artist": network.get_layer("artist").output,
        "movement": network.get_layer("movement").output,
        "embedding": network.get_layer("embedding").output,
        "feature_map": network.get_layer("head_relu").output,
    }
    return keras.Model(network.input, outputs)


def convert(network: keras.Model) -> onnx.ModelProto:
    """Return the ONNX graph: ``picture``, uint8 (n, 224, 224, 3) → `OUTPUTS` (heads as logits)."""
    inference = inference_network(network)
    signature = [tf.TensorSpec((None, INPUT_SIZE, INPUT_SIZE, 3), tf.uint8, name="picture")]

    @tf.function(input_signature=signature)
    def answer(picture: Any) -> Any:
        outputs = inference(picture, training=False)
        return {name: tf.identity(outputs[name], name=name) for name in OUTPUTS}

    model, _ = tf2onnx.convert.from_function(answer, signature, opset=OPSET)
    return model


def _check_graph(model: onnx.ModelProto) -> None:
    onnx.checker.check_model(model)
    inputs = [value.name for value in model.graph.input]
    outputs = {value.name for value in model.graph.output}
    if inputs != ["picture"] or outputs != set(OUTPUTS):
        raise ExportError(f"The graph goes from {inputs} to {sorted(outputs)}.")


def compare(network: keras.Model, data: bytes, pictures: NDArray[np.uint8]) -> dict[str, float]:
    """Compare ONNX with Keras on real pictures, shape (n, 224, 224, 3).

    Returns the largest difference over all outputs, the share of equal best painters, and how many
    pictures; raises `ExportError` beyond `LARGEST_DIFFERENCE` or below `LEAST_AGREEMENT`.
    """
    expected = inference_network(network).predict(pictures, batch_size=32, verbose=0)
    found = Exported(data).predict(pictures)
    difference = max(float(np.abs(found[name] - expected[name]).max()) for name in OUTPUTS)
    same = found["artist"].argmax(1) == expected["artist"].argmax(1)
    agreement = float(same.mean())
    if difference >= LARGEST_DIFFERENCE or agreement < LEAST_AGREEMENT:
        raise ExportError(f"ONNX and Keras differ by {difference:.2e}, agree on {agreement:.2%}.")
    return {
        "largest_difference": difference,
        "same_best_guess": agreement,
        "pictures": len(pictures),
    }


def _card(
    recipe: Recipe, prepared: Prepared, report: Report, data: bytes, parity: dict[str, float]
) -> dict[str, Any]:
    names = _names(prepared)
    return {
        "name": recipe.name,
        "version": recipe.version,
        "file": "docent.onnx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "trained": datetime.now(UTC).date().isoformat(),
        "input": {"name": "picture", "size": INPUT_SIZE, "layout": "NHWC uint8 RGB, squeezed"},
        "temperature": report.temperature,
        "thresholds": report.thresholds,
        "measured": report.figures,
        "against_keras": parity,
        "licence": LICENCE_NOTE,
        "artists": [{"id": id_, "name": names[id_]} for id_ in prepared.artists],
        "movements": [{"id": id_, "name": names[id_]} for id_ in prepared.movements],
    }


def _names(prepared: Prepared) -> dict[str, str]:
    """Return names by id: the library's where it has the entry, else those of the data."""
    content = read_content(CONTENT)
    names = {id_: id_.replace("-", " ").capitalize() for id_ in prepared.movements}
    names |= prepared.artist_names
    names |= {id_: artist.name for id_, artist in content.artists.items()}
    return names | {id_: movement.name for id_, movement in content.movements.items()}
