"""A small data folder of made pictures, in the shape training reads."""

import csv
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.pictures import BLUE, GREEN, RED, encoded, painting
from training.recipe import DataPlan, Recipe, StagePlan

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


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three painters of 30 works each and two of 6 who are no class, half in a zip."""
    folder = tmp_path_factory.mktemp("data")
    painters = [
        ("ann-red", RED, "baroque", 30, "yes"),
        ("bob-green", GREEN, "impressionism", 30, "yes"),
        ("cem-blue", BLUE, "ukiyo-e", 30, "yes"),
        ("dan-pink", (220, 120, 160), "baroque", 6, "no"),
        ("eve-cyan", (40, 200, 200), "ukiyo-e|impressionism", 6, "no"),
    ]
    rows = []
    with zipfile.ZipFile(folder / "images.zip", "w") as archive:
        for artist, colour, movements, works, is_class in painters:
            for number in range(works):
                name = f"{artist}-{number}.jpg"
                data = encoded(painting(colour, (96, 64), seed=zlib.crc32(name.encode())))
                in_zip = number % 2 == 0
                if in_zip:
                    archive.writestr(name, data)
                else:
                    (folder / name).write_bytes(data)
                title = "twice" if number in (0, 1) else f"work {number}"
                origin = "a" if number % 3 else "b"
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
    return folder


@pytest.fixture
def recipe(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    monkeypatch.chdir(tmp_path)
    stage = StagePlan("heads", 1e-3, ((64, 1),))
    plan = DataPlan(data_folder, test_share=0.3, validation_share=0.2)
    return Recipe("x", "1", plan, (stage,), batch_size=8)
