"""The very painting is measured on a user's own folders beside a peer; famous works are shipped."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.vision.works import Works
from tests.bot.vision.works import DESCRIBER, hung, scene
from tests.tiny_model import write_tiny_model
from training import sift_peer
from training.evaluate_gallery import evaluate_gallery
from training.famous import write_famous
from training.recipe import TrainingError

WORKS = {"estense": (1, 2, 3), "famous": (11, 12), "famous-more": (12, 13)}
PLACE = np.array([[300, 200], [700, 220], [690, 520], [310, 500]], np.float32)


def write_table(path: Path, columns: str, rows: list[str]) -> None:
    path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three collections of scenes, one of them in two, and visitors' photos of the first."""
    listed = []
    for name, seeds in WORKS.items():
        folder = tmp_path / name
        (folder / "images").mkdir(parents=True)
        for seed in seeds:
            scene(seed).save(folder / f"images/{seed}.png")
            listed.append(f"{name},images/{seed}.png,scene-{seed}")
        rows = [f"images/{seed}.png,Scene {seed},Ann,1900" for seed in seeds]
        write_table(folder / "collection.csv", "image,title,artist,year", rows)
    for number, seed in enumerate((2, 50, 1, 51)):
        hung((seed, PLACE)).save(tmp_path / f"estense/{number}.png")
    visits = ["0.png,1", "1.png,", "2.png,0", "3.png,"]
    write_table(tmp_path / "estense/visits.csv", "photo,paintings", visits)
    write_table(tmp_path / "famous.csv", "folder,image,id", listed)
    monkeypatch.setattr("training.famous.TABLE", tmp_path / "famous.csv")
    monkeypatch.setattr("training.famous.CONTENT", library(tmp_path / "knowledge"))
    return tmp_path


def library(folder: Path) -> Path:
    """Write what is known of the scenes."""
    (folder / "paintings").mkdir(parents=True)
    (folder / "sources.toml").write_text("")
    for seed in {seed for seeds in WORKS.values() for seed in seeds}:
        lines = [f'id = "scene-{seed}"', f'title = "Scene {seed}"', 'artist_name = "Ann"']
        text = "\n".join([*lines, 'museum = "A Museum, Rome"', "checked = 2026-11-23", ""])
        (folder / f"paintings/scene-{seed}.toml").write_text(text)
    return folder


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A tiny network, with what describes details beside it."""
    path = write_tiny_model(tmp_path / "models")
    DESCRIBER.write(path.parent / "details.npz")
    return path


def test_all_that_can_be_found_is_found(
    data: Path, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in (("TIMED_WORKS", 12), ("TIMED_PHOTOS", 2), ("PEER_PHOTOS", 4), ("VIEW", 700)):
        monkeypatch.setattr(f"training.evaluate_gallery.{name}", few)
    figures = evaluate_gallery(card, data)
    assert json.loads((card.parent / "works.json").read_text()) == figures
    assert figures["works"] == 7
    assert (figures["visits"], figures["other_visits"]) == (2, 2)
    assert figures["visits_one_found"] == figures["visits_all_found"] == 1
    assert figures["reproductions"] == figures["reproductions_found"] == 1
    assert figures["strangers"] == 4
    assert figures["docent_found"] == figures["peer_found"] == 1
    claims = ("other_visits", "strangers", "docent", "peer")
    assert [figures[f"{name}_claimed"] for name in claims] == [0] * 4
    assert figures["views"] == 7
    assert figures["views_found"] > 0.7
    assert figures["timed_works"] == 12
    assert figures["milliseconds_12_megapixels"] > 0
    assert figures["milliseconds_enrolled"] > 0
    assert 10_000 < figures["bytes_a_work"] < 20_000


def test_a_missing_collection_is_said_so(data: Path, card: Path) -> None:
    (data / "famous/collection.csv").unlink()
    with pytest.raises(TrainingError, match="famous"):
        evaluate_gallery(card, data)


def test_the_peer_finds_a_slanted_work_and_nothing_else() -> None:
    known = [sift_peer.learn(str(seed), scene(seed)) for seed in (1, 2, 3)]
    assert sift_peer.find(hung((2, PLACE)), known) == ["2"]
    assert sift_peer.find(hung((60, PLACE)), known) == []
    assert sift_peer.find(hung(), known) == []


def test_famous_works_are_enrolled_with_what_is_said_of_them(data: Path, card: Path) -> None:
    works = Works.read(write_famous(card, data))
    assert len(works) == 7
    work = works[3].work
    assert (work.id, work.collection, work.title) == ("scene-11", "famous", "Scene 11")
    assert (work.artist, work.place, work.text) == ("Ann", "A Museum, Rome", "")
    assert len(works[3].details.points) > 100


def test_a_famous_work_without_its_picture_is_said_so(data: Path, card: Path) -> None:
    (data / "famous/images/11.png").unlink()
    with pytest.raises(TrainingError, match=r"11\.png"):
        write_famous(card, data)
