"""``python -m bot collection …``: what keepers do with collections, as they do it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.cli import main
from bot.vision.details import FILE as DETAILS
from bot.vision.details import Describer
from bot.vision.works import FILE as FAMOUS
from bot.vision.works import Works
from tests.bot.collections.museum import ROWS, hang, picture
from tests.bot.vision.works import DESCRIBER
from tests.pictures import RED, jpeg
from tests.tiny_model import write_tiny_model

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    card = write_tiny_model(tmp_path / "model")
    DESCRIBER.write(card.parent / DETAILS)
    monkeypatch.setenv("MODEL_CARD", str(card))
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("WIKIPEDIA", "false")
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    monkeypatch.setenv("WEB_PORT", "0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_FOLDER", str(Path(__file__).parents[2] / "knowledge"))
    return tmp_path


def add(folder: Path, name: str = "A Museum", *more: str) -> int:
    return main(["collection", "add", str(folder), "--name", name, *more])


def identified(photo: Path, capsys: Output, *more: str) -> dict[str, Any]:
    assert main(["identify", "--json", str(photo), *more]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_museum_is_added_listed_recognised_exported_and_removed(
    installation: Path, capsys: Output
) -> None:
    assert add(hang(installation / "art")) == 0
    assert add(installation / "art") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "A Museum: added 3, changed 0, as they were 0, removed 0, bad rows 0."
    assert said[1] == "A Museum: added 0, changed 0, as they were 3, removed 0, bad rows 0."

    assert main(["collection", "list"]) == 0
    assert capsys.readouterr().out == "A Museum: 3 works, public\n"
    found = identified(installation / "art" / "upstairs" / "2.jpg", capsys)
    assert found["verdict"] == "painting"
    (shown,) = found["paintings"]
    assert (shown["collection"], shown["image"]) == ("A Museum", "upstairs/2.jpg")
    assert (shown["title"], shown["verified"]) == ("Scene Two", True)

    assert main(["collection", "export", "a museum"]) == 0
    assert (installation / "A Museum" / "upstairs" / "2.jpg").read_bytes() == picture(2)
    assert add(installation / "A Museum", "Copy") == 0
    assert main(["collection", "export", "museum", str(installation / "A Museum")]) == 1
    assert "holds something already" in capsys.readouterr().err

    assert main(["collection", "remove", "A MUSEUM"]) == 0
    assert main(["collection", "remove", "A Museum"]) == 1
    assert "I know no collection called “A Museum”." in capsys.readouterr().err
    assert main(["collection", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed == {"name": "Copy", "works": 3, "public": True, "platform": ""}


def test_bad_rows_are_said_by_their_line_and_the_others_are_added(
    installation: Path, capsys: Output
) -> None:
    folder = hang(installation / "art", [ROWS[0], ("none.jpg", "None"), ("", "No image"), ROWS[2]])
    (folder / "3.jpg").write_text("not a picture")
    assert add(folder) == 1
    output = capsys.readouterr()
    assert output.err.splitlines()[-3:] == [
        "Line 3: none.jpg cannot be read: No such file or directory.",
        "Line 4: It has no image.",
        "Line 5: That is not a picture I can read. JPEG, PNG, WebP, GIF, TIFF, HEIC and AVIF work.",
    ]
    assert "added 1" in output.out
    assert "bad rows 3" in output.out


def test_a_folder_that_is_none_makes_no_collection(installation: Path, capsys: Output) -> None:
    assert add(installation / "nowhere") == 1
    assert "collection.csv cannot be read" in capsys.readouterr().err
    assert add(hang(installation / "art"), "famous") == 1
    assert main(["collection", "list"]) == 0
    assert "no collection yet" in capsys.readouterr().out


def test_columns_that_nothing_is_done_with_are_said(installation: Path, capsys: Output) -> None:
    columns = ("image", "title", "price")
    folder = hang(installation / "art", [("1.jpg", "One", "7")], columns=columns)
    assert add(folder) == 0
    assert "price" in capsys.readouterr().err


def test_a_collection_is_looked_through_first_where_it_is_named(
    installation: Path, capsys: Output
) -> None:
    one = hang(installation / "one", [("1.jpg", "Here")], {"1.jpg": picture(1)})
    two = hang(installation / "two", [("1.jpg", "There")], {"1.jpg": picture(1)})
    assert add(one, "One") == add(two, "Two", "--private") == 0
    capsys.readouterr()
    photo = one / "1.jpg"
    for name, title in (("One", "Here"), ("Two", "There")):
        found = identified(photo, capsys, "--collection", name)["paintings"]
        assert [work["title"] for work in found] == [title]
    assert main(["identify", str(photo), "--collection", "Three"]) == 1
    assert "no collection called “Three”" in capsys.readouterr().err


def test_publishing_and_hiding(installation: Path, capsys: Output) -> None:
    add(hang(installation / "art"), "A", "--private")
    assert main(["collection", "publish", "A"]) == 0
    assert main(["collection", "hide", "A"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "A: 3 works, public",
        "A: 3 works, private",
    ]


def test_after_another_network_doctor_says_so_and_reindex_mends_it(
    installation: Path, capsys: Output
) -> None:
    add(hang(installation / "art"))
    other = np.full(128, 0.01, np.float32), np.eye(128, 64, dtype=np.float32)
    Describer(*other).write(installation / "model" / DETAILS)
    capsys.readouterr()
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "MEND collections: Described by another network: A Museum (3)" in said
    assert identified(installation / "art" / "1.jpg", capsys)["paintings"] == []
    assert main(["collection", "reindex"]) == 0
    assert capsys.readouterr().out == "A Museum: 3 works are enrolled again.\n"
    assert identified(installation / "art" / "1.jpg", capsys)["verdict"] == "painting"
    assert main(["doctor"]) == 0
    assert "collections: 1 with 3 works." in capsys.readouterr().out


def test_without_details_works_cannot_be_enrolled(installation: Path, capsys: Output) -> None:
    (installation / "model" / DETAILS).unlink()
    assert add(hang(installation / "art")) == 1
    assert "details.npz" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["add", "x"], ["x"], ["export"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["collection", *arguments])
    assert caught.value.code == 2


def test_a_picture_sent_as_something_else_is_no_trouble(installation: Path) -> None:
    folder = hang(installation / "art", [("1.jpg", "Red")], {"1.jpg": jpeg(RED)})
    assert add(folder) == 0, "a picture with no details is enrolled as well"


def test_known_works_without_their_description_of_details_are_said(
    installation: Path, capsys: Output
) -> None:
    (installation / "model" / DETAILS).unlink()
    Works([]).write(installation / "model" / FAMOUS)
    assert main(["collection", "reindex"]) == 1
    assert "description of details" in capsys.readouterr().err
