"""Prepare, train, stop, go on, evaluate and export: the whole way to a network the bot can use."""

import json
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest

from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from tests.pictures import BLUE, GREEN, RED, jpeg
from tests.training.recipes import small_recipe
from training.__main__ import main

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")


def half(folder: Path) -> str:
    """Return a recipe that ends before its last epoch."""
    return small_recipe(folder, heads=[[64, 2]], tuning=[[64, 1], [96, 1]])


def whole(folder: Path) -> str:
    """Return the same recipe with one epoch more."""
    return small_recipe(folder, heads=[[64, 2]], tuning=[[64, 1], [96, 2]])


@pytest.fixture(scope="module")
def workplace(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a short recipe was trained half way, and then to its end."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        recipe = folder / "small.toml"
        recipe.write_text(half(data_folder))
        assert main(["train", "--recipe", str(recipe)]) == 0
        recipe.write_text(whole(data_folder))
        assert main(["train", "--recipe", str(recipe)]) == 0
        assert main(["export", "--recipe", str(recipe), "--models", "models"]) == 0
    return folder


GOES_ON = """
name = "next"
version = "1.0"
batch_size = 16
balance_origins = true
[data]
folder = "{folder}"
also = ["{further}"]
test_share = 0.25
validation_share = 0.2
[network]
start_from = "{earlier}"
[[stages]]
name = "mixing"
learning_rate = 1e-9
mixing = 0.5
schedule = [[64, 1]]
"""


def history(workplace: Path) -> list[tuple[int, int]]:
    lines = (workplace / ".training/small/history.jsonl").read_text().splitlines()
    return [(entry["stage"], entry["epoch"]) for entry in map(json.loads, lines)]


def test_a_second_run_goes_on_where_the_first_stopped(workplace: Path) -> None:
    assert history(workplace) == [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3)]


def test_the_exported_network_names_the_painters_in_the_bot(workplace: Path) -> None:
    recognizer = Recognizer(Model(read_card(workplace / "models/docent.json")))
    for colour, artist in ((RED, "ann-red"), (GREEN, "bob-green"), (BLUE, "cem-blue")):
        found = recognizer.recognize_now(jpeg(colour))
        assert found.artists[0].id == artist
        assert found.artists[0].name == artist.replace("-", " ").title()


def test_the_card_holds_what_was_measured_and_the_parity_with_keras(workplace: Path) -> None:
    card = json.loads((workplace / "models/docent.json").read_text())
    assert card["measured"]["artist_top1"] > 0.8
    assert card["against_keras"]["largest_difference"] < 1e-3
    assert card["against_keras"]["same_best_guess"] >= 0.995
    assert {label["name"] for label in card["movements"]} == {
        "Baroque",
        "Impressionism",
        "Ukiyo-e",
    }
    assert "WikiArt" in card["licence"]


def test_a_network_is_not_taken_for_one_of_other_data(
    workplace: Path,
    data_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Fewer pictures under the same recipe: going on would mix the two splits."""
    shutil.copytree(workplace / ".training/small", tmp_path / ".training/small")
    shutil.copytree(data_folder, tmp_path / "data")
    labels = tmp_path / "data/labels.csv"
    lines = labels.read_text().splitlines()
    labels.write_text("\n".join(lines[:-20]) + "\n")
    monkeypatch.chdir(tmp_path)
    recipe = str(workplace / "small.toml")
    for step in ("train", "evaluate", "export"):
        assert main([step, "--recipe", recipe, "--data", str(tmp_path / "data")]) == 1
        assert "trained on other data" in capsys.readouterr().err


def test_the_exported_network_can_be_measured_and_measures_the_same(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)
    arguments = ["evaluate", "--recipe", "small.toml", "--exported", "models/docent.onnx"]
    assert main(arguments) == 0
    report = json.loads(Path(".training/small/report.json").read_text())
    card = json.loads(Path("models/docent.json").read_text())
    assert report["figures"].items() <= card["measured"].items()
    assert card["few_shot"]["painters"] == report["few_shot"]["painters"]
    assert Path(".training/small/report/report.md").is_file()
    assert "### By movement" in Path("models/README.md").read_text()


def test_steps_before_training_say_what_to_run_first(
    workplace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(workplace / "small.toml", tmp_path / "small.toml")
    monkeypatch.chdir(tmp_path)
    assert main(["evaluate", "--recipe", "small.toml"]) == 1
    assert "run the step train" in capsys.readouterr().err
    assert main(["evaluate", "--recipe", "small.toml", "--exported", "none.onnx"]) == 1
    assert "no network at none.onnx" in capsys.readouterr().err


def test_a_data_folder_that_is_none_gets_a_sentence(
    workplace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["prepare", "--recipe", str(workplace / "small.toml"), "--data", str(tmp_path)]
    assert main(arguments) == 1
    assert "labels.csv" in capsys.readouterr().err


def test_a_network_goes_on_from_an_earlier_one_with_a_further_folder(
    workplace: Path, data_folder: Path, further_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rate is next to nothing: what the painters' heads know has come from before."""
    monkeypatch.chdir(workplace)
    text = GOES_ON.format(folder=data_folder, further=further_folder, earlier="small")
    Path("next.toml").write_text(text)
    assert main(["train", "--recipe", "next.toml"]) == 0
    lineage = json.loads(Path(".training/next/lineage.json").read_text())
    assert lineage["artists"] == ["abe-gold", "ann-red", "bob-green", "cem-blue"]
    earlier, later = (
        keras.saving.load_model(f".training/{name}/checkpoint.keras", compile=False)
        for name in ("small", "next")
    )
    for head in ("artist", "movement", "artist_by_embedding"):
        mine = later.get_layer(head).get_weights()[0]
        theirs = earlier.get_layer(head).get_weights()[0]
        assert mine.shape[1] == theirs.shape[1] + 1
        assert np.abs(mine[:, 1:] - theirs).max() < 1e-5


@pytest.mark.parametrize("lost", ["lineage.json", "checkpoint.keras"])
def test_going_on_from_what_is_not_trained_says_so(
    lost: str,
    workplace: Path,
    data_folder: Path,
    further_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The earlier recipe's training may never have begun, or not come to its first epoch's end."""
    monkeypatch.chdir(tmp_path)
    earlier = tmp_path / ".training/small"
    earlier.mkdir(parents=True)
    for name in {"lineage.json", "checkpoint.keras"} - {lost}:
        shutil.copy(workplace / ".training/small" / name, earlier)
    text = GOES_ON.format(folder=data_folder, further=further_folder, earlier="small")
    Path("next.toml").write_text(text)
    assert main(["train", "--recipe", "next.toml"]) == 1
    assert "goes on from small, which is not trained yet" in capsys.readouterr().err
    assert not Path(".training/next").exists()


def test_a_network_of_another_shape_cannot_be_gone_on_from(
    workplace: Path,
    data_folder: Path,
    further_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(workplace)
    text = GOES_ON.format(folder=data_folder, further=further_folder, earlier="small")
    other = text.replace('"next"', '"other"').replace(
        "[network]", "[network]\nembedding_length = 9"
    )
    Path("other.toml").write_text(other)
    assert main(["train", "--recipe", "other.toml"]) == 1
    assert "another shape" in capsys.readouterr().err
