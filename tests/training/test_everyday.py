"""Pictures that are no paintings: made ones repeat, collected ones keep their package's part."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.everyday import brush, collect, make, papers
from training.everyday.collect import Package, read_everyday, read_packages
from training.everyday.made import KINDS
from training.everyday.resources import open_resources


def package(folder: Path, **changes: object) -> Package:
    values = {"registry": "folder", "name": str(folder), "part": "test", "licence": "none"}
    return Package(**{**values, "groups": {"photos/*": "photo", "*": "icon"}, **changes})


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of pictures: two fit, one is small, one is long, one is no picture, one a copy."""
    folder = tmp_path / "shelf"
    (folder / "photos").mkdir(parents=True)
    noise = np.random.default_rng(0).integers(0, 255, (120, 160, 4), dtype=np.uint8)
    Image.fromarray(noise[..., :3]).save(folder / "photos/one.png")
    Image.fromarray(noise[..., :3]).save(folder / "photos/same.png")
    Image.fromarray(noise).save(folder / "clear.png")
    Image.fromarray(noise[:90, :, :3]).save(folder / "small.png")
    Image.fromarray(np.tile(noise[:100, :, :3], (1, 4, 1))).save(folder / "long.png")
    (folder / "broken.jpg").write_bytes(b"x" * 5000)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_varied_pictures_of_the_size_asked_for(kind: str) -> None:
    first, second = (KINDS[kind][0](np.random.default_rng(seed), 96) for seed in (1, 2))
    assert first.shape == (96, 96, 3)
    assert first.dtype == np.uint8
    assert not np.array_equal(first, second)


def test_bars_of_every_width_can_be_drawn() -> None:
    """Widths that were not whole numbers once put a bar's end before its beginning."""
    for seed in range(200):
        assert papers.code(np.random.default_rng(seed)).width >= 240


def test_the_same_seed_makes_the_same_pictures() -> None:
    (one, groups), (same, again), (other, _) = make(6, 1, 64), make(6, 1, 64), make(6, 2, 64)
    assert np.array_equal(one, same)
    assert groups == again
    assert not np.array_equal(one, other)


def test_documents_are_made_on_a_machine_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brush, "font_files", tuple)
    picture = KINDS["document"][0](np.random.default_rng(0), 96)
    assert picture.std() > 0


def test_pictures_are_collected_with_group_part_and_package(shelf: Path, tmp_path: Path) -> None:
    rows = collect(tmp_path / "everyday", [package(shelf)])
    assert sorted(row.group for row in rows) == ["icon", "photo"]
    assert {row.part for row in rows} == {"test"}
    assert read_everyday(tmp_path / "everyday") == rows
    for row in rows:
        with Image.open(tmp_path / "everyday" / row.image) as image:
            assert image.size == (224, 224)
            assert image.mode == "RGB"


def test_a_picture_that_two_packages_ship_stays_with_the_tested_one(
    shelf: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(shelf, other)
    packages = [package(other, part="train"), package(shelf)]
    rows = collect(tmp_path / "everyday", packages)
    assert {row.part for row in rows} == {"test"}


def test_what_is_left_out_by_hand_stays_out(shelf: Path, tmp_path: Path) -> None:
    rows = collect(tmp_path / "everyday", [package(shelf, leave=("clear*",))])
    assert [row.group for row in rows] == ["photo"]


def test_a_package_is_fetched_once(shelf: Path, tmp_path: Path) -> None:
    first = collect(tmp_path / "everyday", [package(shelf)])
    for path in shelf.rglob("*.png"):
        path.unlink()
    assert collect(tmp_path / "everyday", [package(shelf)]) == first


def test_a_package_that_cannot_be_had_is_left_out_with_a_warning(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", refused)
    missing = package(shelf, registry="pypi", name="no-such-package")
    rows = collect(tmp_path / "everyday", [missing, package(shelf)])
    assert len(rows) == 2
    assert "pypi-no-such-package is left out" in caplog.text
    assert not (tmp_path / "everyday/packages/pypi-no-such-package").exists()


def test_a_wheel_comes_through_the_ordinary_client(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def downloaded(command: list[str], cwd: Path, **_: object) -> None:
        assert command[-1] == "pictures==1.0"
        with zipfile.ZipFile(cwd / "pictures-1.0-py3-none-any.whl", "w") as wheel:
            wheel.write(shelf / "photos/one.png", "photos/one.png")

    monkeypatch.setattr(subprocess, "run", downloaded)
    asked = package(shelf, registry="pypi", name="pictures", version="1.0")
    assert [row.group for row in collect(tmp_path / "everyday", [asked])] == ["photo"]


def test_webp_pictures_come_out_of_a_compiled_qt_resource(tmp_path: Path) -> None:
    """What is no WebP, and what is cut off at the end, stays in."""
    colours = [Image.new("RGB", (120, 120), colour) for colour in ("red", "blue")]
    for number, colour in enumerate(colours):
        colour.save(tmp_path / f"{number}.webp", lossless=True)
    one, other = ((tmp_path / f"{n}.webp").read_bytes() for n in range(2))
    sound = b"RIFF\x04\0\0\0WAVE"
    (tmp_path / "zoo.rcc").write_bytes(b"qres" + one + sound + b"RIFF" + other + one[:-4])
    open_resources(tmp_path)
    assert [path.read_bytes() for path in sorted(tmp_path.glob("zoo-*.webp"))] == [one, other]


def test_without_a_collection_there_is_nothing_to_read(tmp_path: Path) -> None:
    assert read_everyday(tmp_path) == []


def test_no_package_is_both_trained_on_and_tested_on() -> None:
    parts: dict[str, set[str]] = {}
    for entry in read_packages():
        assert entry.licence
        parts.setdefault(entry.key if entry.registry != "folder" else str(entry.groups), set()).add(
            entry.part
        )
    assert all(len(found) == 1 for found in parts.values())
    assert {part for found in parts.values() for part in found} == {"train", "validation", "test"}
