"""The network and its card are checked against each other when they are loaded."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from bot.vision.model import OUTPUTS, Model, ModelError, read_card, sigmoid, softmax
from tests.tiny_model import ARTISTS, EACH, MOVEMENTS, tiny_network, write_tiny_model


def test_a_sound_model_answers_probabilities_and_a_unit_embedding(tmp_path: Path) -> None:
    answer = Model(read_card(write_tiny_model(tmp_path))).answer(
        np.full((224, 224, 3), 99, np.uint8)
    )
    assert answer.artists.sum() == pytest.approx(1)
    assert answer.movements.sum() == pytest.approx(1)
    assert np.linalg.norm(answer.embedding) == pytest.approx(1)


def test_the_maps_say_place_by_place_what_the_heads_say(tmp_path: Path) -> None:
    picture = np.zeros((224, 224, 3), np.uint8)
    picture[:32, 192:] = (200, 0, 0)
    answer = Model(read_card(write_tiny_model(tmp_path))).answer(picture)
    assert answer.artist_map.shape == (7, 7, len(ARTISTS))
    assert answer.movement_map.shape == (7, 7, len(MOVEMENTS))
    assert np.unravel_index(answer.artist_map[..., 0].argmax(), (7, 7)) == (0, 6)
    assert softmax(answer.artist_map.mean(axis=(0, 1))) == pytest.approx(answer.artists)


def test_how_sure_a_painting_is_follows_its_temperature(tmp_path: Path) -> None:
    grey = np.full((224, 224, 3), 230, np.uint8)
    sharp = Model(read_card(write_tiny_model(tmp_path / "sharp"))).answer(grey)
    warm_card = write_tiny_model(tmp_path / "warm", temperature=EACH | {"painting": 5.0})
    assert sharp.painting == pytest.approx(1 / (1 + np.exp(-5)))
    assert Model(read_card(warm_card)).answer(grey).painting == pytest.approx(1 / (1 + np.exp(-1)))


def test_a_higher_temperature_is_less_sure(tmp_path: Path) -> None:
    red = np.zeros((224, 224, 3), np.uint8)
    red[..., 0] = 200
    cold = Model(read_card(write_tiny_model(tmp_path / "cold"))).answer(red)
    warm_card = write_tiny_model(tmp_path / "warm", temperature=EACH | {"artist": 4.0})
    warm = Model(read_card(warm_card)).answer(red)
    assert warm.artists.max() < cold.artists.max()
    assert warm.movements.max() == pytest.approx(float(cold.movements.max()))


def test_another_file_than_the_card_describes_is_refused(tmp_path: Path) -> None:
    card = read_card(write_tiny_model(tmp_path, sha256="0" * 64))
    with pytest.raises(ModelError, match="sha256"):
        Model(card)


def test_labels_that_do_not_fit_the_network_are_refused(tmp_path: Path) -> None:
    card = read_card(write_tiny_model(tmp_path, artists=[{"id": "x", "name": "X"}]))
    with pytest.raises(ModelError, match="its card names"):
        Model(card)


def test_a_missing_network_is_said_to_be_missing(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path)
    (tmp_path / "docent.onnx").unlink()
    with pytest.raises(ModelError, match=r"docent\.onnx cannot be read"):
        Model(read_card(path))


def test_a_missing_card_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="MODEL_CARD"):
        read_card(tmp_path / "nothing.json")


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", json.dumps({"name": "x"}).encode()])
def test_a_broken_card_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(path)


def test_a_folder_is_no_card(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_network_that_lacks_an_output_is_refused(tmp_path: Path, name: str) -> None:
    path = write_tiny_model(tmp_path)
    network = tiny_network()
    names = [output.name for output in network.graph.output]
    del network.graph.output[names.index(name)]
    data = network.SerializeToString()
    (tmp_path / "docent.onnx").write_bytes(data)
    card = json.loads(path.read_text()) | {"sha256": hashlib.sha256(data).hexdigest()}
    path.write_text(json.dumps(card))
    with pytest.raises(ModelError, match="answers"):
        Model(read_card(path))


@pytest.mark.parametrize("entry", ["temperature", "thresholds"])
def test_a_card_of_version_one_is_refused(tmp_path: Path, entry: str) -> None:
    with pytest.raises(ModelError, match="painting"):
        read_card(write_tiny_model(tmp_path, **{entry: {"artist": 1.0, "movement": 1.0}}))


def test_maps_of_other_classes_are_refused(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path)
    network = tiny_network()
    for node in network.graph.node:
        if "movement_map" in node.output:
            node.input[0] = "feature_map"
    del network.graph.output[[o.name for o in network.graph.output].index("movement_map")]
    network.graph.output.append(
        helper.make_tensor_value_info("movement_map", TensorProto.FLOAT, ["n", 7, 7, 3])
    )
    data = network.SerializeToString()
    (tmp_path / "docent.onnx").write_bytes(data)
    card = json.loads(path.read_text()) | {"sha256": hashlib.sha256(data).hexdigest()}
    path.write_text(json.dumps(card))
    with pytest.raises(ModelError, match="maps"):
        Model(read_card(path))


def test_sigmoid_survives_large_scores() -> None:
    assert [sigmoid(score) for score in (-1e9, 0.0, 1e9)] == [0.0, 0.5, 1.0]


def test_softmax_survives_large_scores() -> None:
    assert softmax(np.array([1e4, 0.0], np.float32)).tolist() == [1.0, 0.0]
