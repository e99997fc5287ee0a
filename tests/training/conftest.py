"""A small data folder of made pictures, in the shape training reads."""

import csv
import io
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pictures import BLUE, GREEN, RED, encoded, painting
from training.recipe import DataPlan, Recipe, StagePlan

# `train` asks oneDNN for bfloat16; here the same process exports, and compares with full precision.
os.environ["TF_SET_ONEDNN_FPMATH_MODE"] = "FP32"
os.environ["ONEDNN_DEFAULT_FPMATH_MODE"] = "STRICT"

COLUMNS = [
    "archive",
    "image",
    "artist",
    "artist_name",
    "movements",
    "title",
    "year",
    "origin",
    "public_domain",
    "artist_class",
]


Painter = tuple[str, tuple[int, int, int], str, str, list[str]]
"""Id, main colour, movements, whether a class, and the titles of the works."""


def write_folder(folder: Path, painters: list[Painter], origins: str = "ab") -> None:
    """Write ``labels.csv`` and the pictures: every other one in a zip, the rest plain files."""
    rows = []
    with zipfile.ZipFile(folder / "images.zip", "w") as archive:
        for artist, colour, movements, is_class, titles in painters:
            for number, title in enumerate(titles):
                name = f"{artist}-{number}.jpg"
                seed = zlib.crc32(f"{folder.name}{name}".encode())
                data = encoded(painting(colour, (96, 64), seed=seed))
                in_zip = number % 2 == 0
                if in_zip:
                    archive.writestr(name, data)
                else:
                    (folder / name).write_bytes(data)
                origin = origins[0] if number % 3 else origins[-1]
                place = "images.zip" if in_zip else ""
                shown = artist.replace("-", " ").title()
                public = "yes" if artist != "cem-blue" else "no"
                rows.append(
                    (place, name, artist, shown, movements, title, "", origin, public, is_class)
                )
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    (folder / "labels.csv").write_text(table.getvalue(), encoding="utf-8")


def works(count: int) -> list[str]:
    """Return titles of which the first two are the same."""
    return ["twice", "twice", *(f"work {number}" for number in range(2, count))]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three painters of 30 works each and two of 6 who are no class, half in a zip."""
    folder = tmp_path_factory.mktemp("pictures") / "data"
    folder.mkdir()
    painters = [
        ("ann-red", RED, "baroque", "yes", works(30)),
        ("bob-green", GREEN, "impressionism", "yes", works(30)),
        ("cem-blue", BLUE, "ukiyo-e", "yes", works(30)),
        ("dan-pink", (220, 120, 160), "baroque", "no", works(6)),
        ("eve-cyan", (40, 200, 200), "ukiyo-e|impressionism", "no", works(6)),
    ]
    write_folder(folder, painters)
    return folder


@pytest.fixture(scope="session")
def further_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Works by Ann, ten of them in the first folder too, and two painters who are only here."""
    folder = tmp_path_factory.mktemp("pictures") / "further"
    folder.mkdir()
    painters = [
        ("ann-red", RED, "baroque", "no", [f"work {number}" for number in range(20, 35)]),
        ("abe-gold", (200, 170, 60), "art-nouveau", "yes", works(20)),
        ("gus-grey", (120, 120, 120), "baroque", "no", works(20)),
    ]
    write_folder(folder, painters, origins="c")
    return folder


@pytest.fixture
def recipe(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    monkeypatch.chdir(tmp_path)
    stage = StagePlan("heads", 1e-3, ((64, 1),))
    plan = DataPlan(data_folder, test_share=0.3, validation_share=0.2)
    return Recipe("x", "1", plan, (stage,), batch_size=8)


@pytest.fixture
def wider(recipe: Recipe, further_folder: Path) -> Recipe:
    """The recipe with a further folder."""
    data = replace(recipe.data, also=(further_folder,), also_unseen_painter_share=0.0)
    return replace(recipe, name="wider", data=data)
