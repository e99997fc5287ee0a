"""Prepare, train, stop, go on, evaluate and export: the whole way to a network the bot can use."""

import json
import shutil
from pathlib import Path

import pytest

from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from tests.pictures import BLUE, GREEN, RED, jpeg
from training.__main__ import main

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")

RECIPE = """
name = "small"
version = "1.0"
batch_size = 16
[data]
folder = "{folder}"
test_share = 0.25
validation_share = 0.2
[[stages]]
name = "heads"
learning_rate = 1e-2
schedule = [[64, 2]]
[[stages]]
name = "fine-tuning"
frozen_blocks = 12
learning_rate = 1e-3
schedule = [[64, 1], [96, {epochs}]]
"""


@pytest.fixture(scope="module")
def workplace(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a short recipe was trained half way, and then to its end."""
    folder = tmp_path_factory.mktemp("training")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        recipe = folder / "small.toml"
        recipe.write_text(RECIPE.format(folder=data_folder, epochs=1))
        assert main(["train", "--recipe", str(recipe)]) == 0
        recipe.write_text(RECIPE.format(folder=data_folder, epochs=2))
        assert main(["train", "--recipe", str(recipe)]) == 0
        assert main(["export", "--recipe", str(recipe), "--models", "models"]) == 0
    return folder


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
    assert report["figures"] == json.loads(Path("models/docent.json").read_text())["measured"]


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
