"""The same recipe trains on every backend of Keras that is installed."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.recipes import small_recipe

pytest.importorskip("torch", reason="PyTorch, which reads the ImageNet weights, is not installed")

LOADED = "import keras; network = keras.saving.load_model('.training/small/checkpoint.keras'); "
SAID = "print(keras.backend.backend(), sorted(network.output_names))"


def run(backend: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with a backend; it is chosen when Keras is imported, so once a process."""
    environment = {
        **os.environ,
        "KERAS_BACKEND": backend,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("backend", ["torch", "jax"])
def test_a_recipe_trains_from_pictures_to_a_checkpoint(
    backend: str, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TensorFlow, the backend by default, is what the other tests train on."""
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"{backend}, a backend of Keras, is not installed")
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(
        small_recipe(
            data_folder, heads=[[32, 1]], tuning=[[32, 1]], batch_size=32, frozen=14, mixing=1.0
        )
    )
    trained = run(backend, "-m", "training", "train", "--recipe", "small.toml")
    assert trained.returncode == 0, trained.stderr
    history = Path(".training/small/history.jsonl").read_text().splitlines()
    assert [(e["stage"], e["epoch"]) for e in map(json.loads, history)] == [(0, 1), (1, 1)]
    assert all(json.loads(line)["loss"] > 0 for line in history)
    loaded = run(backend, "-c", f"import training.network; {LOADED}{SAID}")
    assert loaded.stdout.startswith(backend), loaded.stderr
    assert "artist" in loaded.stdout
