"""The command line keeps its contract: JSON, order, exit status, sentences on standard error."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.cli import main
from tests.pictures import BLUE, RED, jpeg
from tests.tiny_gallery import write_tiny_gallery
from tests.tiny_model import write_tiny_model


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MODEL_CARD", str(write_tiny_model(tmp_path / "model")))
    write_tiny_gallery(tmp_path / "model")
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("WIKIPEDIA", "false")
    monkeypatch.setenv("WEB_PORT", "0")
    monkeypatch.delenv("TELEGRAM_TOKEN", raising=False)
    (tmp_path / "red.jpg").write_bytes(jpeg(RED))
    (tmp_path / "blue.jpg").write_bytes(jpeg(BLUE))
    (tmp_path / "white.jpg").write_bytes(jpeg((255, 255, 255)))
    (tmp_path / "letter.jpg").write_text("Dear aunt")
    return tmp_path


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_identify_prints_one_object_a_line_in_order(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [str(installation / name) for name in ("blue.jpg", "red.jpg")]
    assert main(["identify", *photos, "--json"]) == 0
    found = objects(capsys.readouterr().out)
    assert [one["photo"] for one in found] == photos
    assert [one["artists"][0]["id"] for one in found] == ["katsushika-hokusai", "rembrandt"]
    assert set(found[0]) == {
        "photo",
        "verdict",
        "paintings",
        "artists",
        "movements",
        "similar",
        "milliseconds",
        "model",
    }
    assert len(found[0]["artists"]) == len(found[0]["movements"]) == 3
    assert found[1]["similar"][0] == {
        "id": "night-watch",
        "title": "The Night Watch",
        "artist": "rembrandt",
    }
    assert [len(one["similar"]) for one in found] == [5, 5]


def test_a_photo_that_cannot_be_read_is_said_and_the_others_are_answered(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [str(installation / name) for name in ("letter.jpg", "missing.jpg", "red.jpg")]
    assert main(["identify", *photos, "--json"]) == 1
    output = capsys.readouterr()
    letter, missing, red = objects(output.out)
    assert set(letter) == set(missing) == {"photo", "error"}
    assert "not a picture" in letter["error"]
    assert "No such file" in missing["error"]
    assert red["artists"][0]["id"] == "rembrandt"
    assert "not a picture" in output.err


def test_without_a_database_photos_are_answered_all_the_same(
    installation: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_FOLDER", str(installation / "red.jpg"))
    assert main(["identify", str(installation / "red.jpg"), "--json"]) == 0
    output = capsys.readouterr()
    assert objects(output.out)[0]["artists"][0]["id"] == "rembrandt"
    assert "Only the works that come with Docent are known." in output.err
    assert main(["identify", str(installation / "red.jpg"), "--collection", "Louvre"]) == 1


def test_a_name_that_is_no_utf8_is_still_valid_json(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.fsencode(installation) + b"/caf\xe9.jpg"
    Path(os.fsdecode(path)).write_bytes(jpeg(RED))
    assert main(["identify", os.fsdecode(path), "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert os.fsencode(found["photo"]) == path


@pytest.mark.parametrize("path", ["/dev/zero", "."])
def test_what_is_no_file_is_refused_without_reading_it(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["identify", path, "--json"]) == 1
    (found,) = objects(capsys.readouterr().out)
    assert found == {"photo": path, "error": "That is not a file."}


def test_a_giant_file_is_refused_without_reading_it_whole(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = installation / "giant.jpg"
    with path.open("wb") as file:
        file.truncate(8 * 2**30)
    assert main(["identify", str(path), "--json"]) == 1
    assert "too large" in objects(capsys.readouterr().out)[0]["error"]


def test_a_reader_that_has_had_enough_ends_it_quietly(installation: Path) -> None:
    photos = [str(installation / "red.jpg")] * 30
    command = [sys.executable, "-m", "bot", "identify", "--json", *photos]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_identify_without_json_speaks_to_a_reader(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = [installation / name for name in ("red.jpg", "white.jpg")]
    assert main(["identify", *map(str, photos)]) == 0
    red, painters, movements, white, advice = capsys.readouterr().out.splitlines()
    assert red == f"{photos[0]}: This looks like the hand of Rembrandt."
    assert painters.startswith("  Painters: Rembrandt 99 %, ")
    assert movements.startswith("  Movements: Baroque 99 %, ")
    assert painters.count("%") == movements.count("%") == 3
    assert white.startswith(f"{photos[1]}: This does not look like a painting to me")
    assert "closer, straight on" in advice


def test_what_is_no_painting_has_that_verdict_and_its_three_guesses_all_the_same(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["identify", "--json", str(installation / "white.jpg")]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert found["verdict"] == "not_a_painting"
    assert len(found["artists"]) == len(found["movements"]) == 3


def test_where_draws_what_counted_into_a_file(
    installation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = installation / "drawn.png"
    assert main(["identify", "--where", str(drawn), str(installation / "red.jpg")]) == 0
    with Image.open(drawn) as image:
        assert image.format == "PNG"
        assert image.size == (640, 480)
    assert "I looked" in capsys.readouterr().out


@pytest.mark.parametrize("path", ["nowhere/drawn.png", "drawn.xyz"])
def test_where_says_why_it_cannot_write(
    installation: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    photo = str(installation / "red.jpg")
    assert main(["identify", "--where", str(installation / path), photo]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_artist_json_holds_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["artist", "van gogh", "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert found["id"] == "vincent-van-gogh"
    assert (found["born"], found["died"]) == (1853, 1890)
    assert "post-impressionism" in found["movements"]
    assert found["works"][0]["title"]
    assert len(found["text"]) > 300
    assert found["sources"][0]["name"]
    assert found["language"] == "en"


def test_several_painters_of_one_name_are_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["artist", "Carracci", "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert {"agostino-carracci", "annibale-carracci"} <= {one["id"] for one in found["choices"]}


def test_movement_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["movement", "Ukiyo-e", "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert found["id"] == "ukiyo-e"
    assert found["text"]
    assert found["marks"]


def test_painting_json_tells_a_work_or_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["painting", "The Milkmaid", "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert (found["title"], found["artist_id"]) == ("The Milkmaid", "johannes-vermeer")
    assert found["museum"].startswith("Rijksmuseum")
    assert {"id", "name", "text", "sources", "language", "year", "original"} <= set(found)
    assert main(["painting", "self portrait", "--json"]) == 0
    (several,) = objects(capsys.readouterr().out)
    assert all(" by " in choice["name"] for choice in several["choices"])
    assert main(["painting", "xyzzy", "--json"]) == 1
    assert "no painting called" in objects(capsys.readouterr().out)[0]["error"]


def test_painting_for_a_reader_has_its_facts_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["painting", "The Milkmaid"]) == 0
    assert "Johannes Vermeer · " in capsys.readouterr().out
    assert main(["painting", " "]) == 1


@pytest.mark.parametrize("kind", ["artist", "movement"])
def test_what_nobody_knows_is_an_error_with_a_sentence(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([kind, "Xyzzy Qwfpgj", "--json"]) == 1
    output = capsys.readouterr()
    assert "Xyzzy Qwfpgj" in objects(output.out)[0]["error"]
    assert "Xyzzy Qwfpgj" in output.err


@pytest.mark.parametrize("name", ["", "   ", "\x1b[31m", "x" * 10_000, "🎨", "--"])
def test_a_name_that_is_none_gets_a_short_sentence(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["artist", "--json", "--", name]) == 1
    error = objects(capsys.readouterr().out)[0]["error"]
    assert len(error) < 250
    assert error.isprintable()


TWO_AT_ONCE = ["identify", "--where", "x.png", "a.jpg", "b.jpg"]


@pytest.mark.parametrize("arguments", [["frobnicate"], ["identify"], ["artist"], TWO_AT_ONCE])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2


def test_doctor_finds_a_sound_installation_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    assert "MEND" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("MODEL_CARD", "/nowhere/docent.json", "no model card"),
        ("KNOWLEDGE_FOLDER", "/nowhere", "sources.toml"),
        ("DATABASE_URL", "nonsense", "cannot be opened"),
        ("TELEGRAM_TOKEN", "not a token", "BotFather"),
        ("DISCORD_TOKEN", "not a token", "discord.com/developers"),
        ("WEB_HOST", "no.such.host.invalid", "WEB_HOST"),
    ],
)
def test_doctor_names_what_is_to_be_mended(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(["doctor"]) == 1
    report = capsys.readouterr().out
    assert "MEND" in report
    assert sentence in report


@pytest.mark.parametrize(
    ("setting", "value", "arguments"),
    [
        ("MODEL_CARD", "/nowhere/docent.json", ["identify", "x.jpg"]),
        ("KNOWLEDGE_FOLDER", "/nowhere", ["artist", "Monet"]),
        ("WEB_PORT", "many", ["doctor"]),
        ("WEB_PORT", "many", []),
        ("MODEL_CARD", "/nowhere/docent.json", []),
    ],
)
def test_what_stops_docent_is_one_sentence_and_status_one(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    value: str,
    arguments: list[str],
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1
