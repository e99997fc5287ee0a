"""``python -m knowledge new``: an entry that waits to be filled in."""

from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.checks import findings
from knowledge.reading import read_content


@pytest.mark.parametrize(
    ("kind", "name", "id_"),
    [
        ("artist", "Élisabeth Vigée Le Brun", "elisabeth-vigee-le-brun"),
        ("artist", 'Ann "the Red" O\'Hara', "ann-the-red-ohara"),
        ("movement", "Op Art", "op-art"),
        ("painting", "The Night Watch", "the-night-watch"),
    ],
)
def test_a_skeleton_can_be_read_and_the_check_says_what_it_lacks(
    folder: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str, id_: str
) -> None:
    assert main(["new", kind, name, "--folder", str(folder)]) == 0
    path = folder / f"{kind}s" / f"{id_}.toml"
    assert str(path) in capsys.readouterr().out
    if kind == "painting":
        path.write_text(path.read_text().replace('artist = ""', 'artist = "johannes-vermeer"'))
    entries = getattr(read_content(folder), f"{kind}s")
    assert (entries[id_].title if kind == "painting" else entries[id_].name) == name
    lacking = [line for line in findings(folder) if line.startswith(f"{kind}s/{id_}: ")]
    assert bool(lacking) is (kind != "painting")


def test_an_entry_that_is_there_is_not_touched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "artists/johannes-vermeer.toml").read_bytes()
    assert main(["new", "artist", "Johannes Vermeer", "--folder", str(folder)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert (folder / "artists/johannes-vermeer.toml").read_bytes() == before


def test_a_name_without_latin_letters_gets_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "artist", "葛飾北斎", "--folder", str(folder)]) == 1
    assert "as in English" in capsys.readouterr().err
