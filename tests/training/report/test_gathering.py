"""What a report is made from is what was prepared, and years change nothing of the split."""

import csv
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import softmax

from training.dataset import Prepared, prepare
from training.recipe import Recipe
from training.report import gather


@dataclass(frozen=True)
class Given:
    """A network's answers."""

    indices: NDArray[np.int64]
    logits: dict[str, NDArray[np.float32]]
    targets: dict[str, NDArray[np.float32]]


TEMPERATURE = {"artist": 2.0, "movement": 0.5}
THRESHOLDS = {"artist": 0.4, "movement": 0.6}


def answers(prepared: Prepared) -> Given:
    indices = prepared.part("test")
    rng = np.random.default_rng(0)
    logits = {
        "artist": rng.normal(size=(len(indices), 3)).astype(np.float32),
        "movement": rng.normal(size=(len(indices), 3)).astype(np.float32),
    }
    artists = np.eye(3, dtype=np.float32)[prepared.artist_targets(indices)]
    targets = {"artist": artists, "movement": prepared.movement_targets(indices)}
    return Given(indices, logits, targets)


def labels(prepared: Prepared) -> dict[str, list[str]]:
    return {"artist": prepared.artists, "movement": prepared.movements}


def test_both_heads_are_calibrated_named_and_counted(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    given = answers(prepared)
    parts = gather(recipe, prepared, labels(prepared), given, TEMPERATURE, THRESHOLDS)
    assert parts.network == "x@1"
    assert parts.painters.names == ("Ann Red", "Bob Green", "Cem Blue")
    assert parts.movements.names == ("Baroque", "Impressionism", "Ukiyo-e")
    assert parts.movement_of_painter == ("Baroque", "Impressionism", "Ukiyo-e")
    np.testing.assert_allclose(
        parts.movements.probabilities, softmax(given.logits["movement"], axis=1), rtol=1e-5
    )
    assert (parts.painters.threshold, parts.movements.threshold) == (0.4, 0.6)
    train = [e.artist for e in prepared.examples if e.part == "train"]
    assert parts.painters.works[0] == train.count("ann-red")
    assert [e.part for e in parts.examples] == ["test"] * len(given.indices)


def test_painters_beside_the_learnt_ones_have_their_own_column(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    given = answers(prepared)
    fourth = ((0, 0), (0, 1))
    more = replace(
        given,
        logits=given.logits | {"artist": np.pad(given.logits["artist"], fourth)},
        targets=given.targets | {"artist": np.pad(given.targets["artist"], fourth)},
    )
    asked = labels(prepared) | {"artist": [*prepared.artists, "hieronymus-bosch"]}
    painters = gather(recipe, prepared, asked, more, TEMPERATURE, THRESHOLDS).painters
    assert painters.names[-1] == "Hieronymus Bosch"
    assert painters.works.shape == (4,)
    assert painters.probabilities.sum(axis=1) == pytest.approx(1)


def test_a_painter_whose_movement_is_not_answered_is_grouped_as_other(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    given = answers(prepared)
    columns = [0, 1]
    fewer = replace(
        given,
        logits=given.logits | {"movement": given.logits["movement"][:, columns]},
        targets=given.targets | {"movement": given.targets["movement"][:, columns]},
    )
    asked = {"artist": prepared.artists, "movement": prepared.movements[:2]}
    parts = gather(recipe, prepared, asked, fewer, TEMPERATURE, THRESHOLDS)
    assert parts.movement_of_painter == ("Baroque", "Impressionism", "Other")
    assert parts.painters.order.tolist() == [0, 1, 2]


def date(folder: Path, years: dict[str, str]) -> None:
    """Write years into a folder's labels, by movement."""
    path = folder / "labels.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["year"] = years.get(row["movements"], "")
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def own(recipe: Recipe, tmp_path: Path) -> Recipe:
    """The recipe on a copy of the folder that a test may change."""
    shutil.copytree(recipe.data.folder, tmp_path / "own")
    return replace(recipe, data=replace(recipe.data, folder=tmp_path / "own"))


def test_years_do_not_change_the_key_and_come_fresh_to_an_older_cache(own: Recipe) -> None:
    first = prepare(own)
    table = own.run_folder / "cache/examples.json"
    note = json.loads(table.read_text())
    for row in note["examples"]:
        row.pop("year")
    table.write_text(json.dumps(note))  # as a cache from before there were years
    written = (own.run_folder / "cache/pictures.npy").stat().st_mtime_ns
    date(own.data.folder, {"baroque": "1650"})
    second = prepare(own)
    assert second.key == first.key
    assert (own.run_folder / "cache/pictures.npy").stat().st_mtime_ns == written
    assert [e.part for e in second.examples] == [e.part for e in first.examples]
    assert {e.year for e in first.examples} == {""}
    assert {e.year for e in second.examples if e.artist == "ann-red"} == {"1650"}


def test_matrices_show_the_oldest_movement_first_and_undated_ones_last(own: Recipe) -> None:
    date(own.data.folder, {"impressionism": "1880", "ukiyo-e": "c. 1830"})
    prepared = prepare(own)
    parts = gather(own, prepared, labels(prepared), answers(prepared), TEMPERATURE, THRESHOLDS)
    assert [parts.movements.names[n] for n in parts.movements.order] == [
        "Ukiyo-e",
        "Impressionism",
        "Baroque",
    ]
    assert [parts.painters.names[n] for n in parts.painters.order] == [
        "Cem Blue",
        "Bob Green",
        "Ann Red",
    ]
