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

from bot.vision.details import FILE as DETAILS
from training.dataset import Prepared, prepare
from training.details import learn_details
from training.evaluate import Judge, Report, evaluate
from training.exported import OUTPUTS, Exported, NoNetworkError
from training.finishing import Finish, finish_network
from training.gallery import write_default_gallery
from training.labels import label_names
from training.measures import one_hot
from training.model_page import write_figures
from training.network import INPUT_SIZE
from training.recipe import Recipe, TrainingError
from training.train import NotTrainedError, trained_network
from training.variants import CALIBRATION_PICTURES, Variant, choose, compare_variants

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


class ExportError(TrainingError):
    """The exported network is not what was trained; the message gives the figures."""


def export(recipe: Recipe, folder: Path) -> Path:
    """Write the network, its card, ``gallery.npz``, ``details.npz`` and figures into ``folder``.

    Returns the card's path. Raises `ExportError` where the graph has more than one input, is too
    large, or answers otherwise than Keras does on real pictures.
    """
    prepared = prepare(recipe)
    network, finish = finish_network(recipe, *trained_network(recipe, prepared), prepared)
    model = convert(network)
    test = prepared.part("test")
    parity = compare(network, model.SerializeToString(), prepared.pictures[test[:PARITY_PICTURES]])
    log.info("Against Keras: %s", parity)
    variants = _variants(network, model, prepared, finish)
    chosen = choose(variants)
    log.info("%s ships", chosen.name)
    if len(chosen.data) > MOST_BYTES:
        raise ExportError(f"The network takes {len(chosen.data)} bytes, more than {MOST_BYTES}.")
    judge = Judge(Exported(chosen.data), prepared, finish.movements)
    report = evaluate(recipe, judge)
    card = _card(recipe, prepared, report, finish, chosen) | {
        "variants": [variant.figures() for variant in variants],
        "ships": chosen.name,
        "against_keras": parity,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "docent.onnx").write_bytes(chosen.data)
    learn_details(prepared).write(folder / DETAILS)
    works = write_default_gallery(folder / "gallery.npz", judge)
    log.info("The gallery holds %d works", works)
    path = folder / "docent.json"
    path.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_figures(folder / "README.md", card, report.parts)
    return path


def judge_exported(recipe: Recipe, path: Path) -> Judge:
    """Return a judge of an exported network; its card, beside it, says which movements it names.

    Raises `NoNetworkError` where file or card are missing, and `NotTrainedError` where it was
    trained for other painters.
    """
    prepared, network = prepare(recipe), Exported(path)
    card = path.with_suffix(".json")
    if not card.is_file():
        raise NoNetworkError(f"There is no card at {card}.")
    labels = json.loads(card.read_text(encoding="utf-8"))
    if [label["id"] for label in labels["artists"]] != prepared.artists:
        raise NotTrainedError(f"{path} names other painters than this recipe's data.")
    return Judge(network, prepared, tuple(label["id"] for label in labels["movements"]))


def judge_latest(recipe: Recipe) -> Judge:
    """Return a judge of the recipe's latest network, finished and converted as for export."""
    prepared = prepare(recipe)
    network, finish = finish_network(recipe, *trained_network(recipe, prepared), prepared)
    return Judge(Exported(convert(network).SerializeToString()), prepared, finish.movements)


def _variants(
    network: keras.Model, model: onnx.ModelProto, prepared: Prepared, finish: Finish
) -> list[Variant]:
    """Measure the versions on the test pictures, with ranges from training pictures."""
    test, train = prepared.part("test"), prepared.part("train")
    columns = [prepared.movements.index(name) for name in finish.movements]
    some = np.random.default_rng(0).choice(train, min(len(train), CALIBRATION_PICTURES), False)
    return compare_variants(
        network,
        model,
        prepared.pictures[np.sort(some)],
        prepared.pictures[test],
        {
            "artist": one_hot(prepared.artist_targets(test), len(prepared.artists)),
            "movement": prepared.movement_targets(test)[:, columns],
        },
    )


def convert(network: keras.Model) -> onnx.ModelProto:
    """Return the ONNX graph of a finished network.

    ``picture``, uint8 (n, 224, 224, 3) → `OUTPUTS`; see `training.finishing.finished`. Raises
    `ExportError` where the graph has other inputs or outputs.
    """
    signature = [tf.TensorSpec((None, INPUT_SIZE, INPUT_SIZE, 3), tf.uint8, name="picture")]

    @tf.function(input_signature=signature)
    def answer(picture: Any) -> Any:
        outputs = network(picture, training=False)
        return {name: tf.identity(outputs[name], name=name) for name in OUTPUTS}

    model, _ = tf2onnx.convert.from_function(answer, signature, opset=OPSET)
    _check_graph(model)
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
    expected = network.predict(pictures, batch_size=32, verbose=0)
    found = Exported(data, OUTPUTS).predict(pictures)
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
    recipe: Recipe, prepared: Prepared, report: Report, finish: Finish, chosen: Variant
) -> dict[str, Any]:
    names = label_names(prepared)
    kind = finish.kind
    return {
        "name": recipe.name,
        "version": recipe.version,
        "file": "docent.onnx",
        "sha256": hashlib.sha256(chosen.data).hexdigest(),
        "trained": datetime.now(UTC).date().isoformat(),
        "input": {"name": "picture", "size": INPUT_SIZE, "layout": "NHWC uint8 RGB, squeezed"},
        "temperature": {**report.temperature, "painting": kind.temperature},
        "thresholds": {**report.thresholds, "painting": kind.threshold},
        "painters_say_in_the_movement": finish.trust,
        "few_shot": report.few_shot,
        "measured": report.figures | finish.kind_figures,
        "licence": LICENCE_NOTE,
        "artists": [{"id": id_, "name": names[id_]} for id_ in prepared.artists],
        "movements": [{"id": id_, "name": names[id_]} for id_ in finish.movements],
    }
