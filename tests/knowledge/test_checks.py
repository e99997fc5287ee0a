"""``python -m knowledge check`` and ``stats``."""

from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.checks import findings
from tests.knowledge.content_folder import change

VERMEER = "artists/johannes-vermeer.toml"
HOCKNEY = "artists/david-hockney.toml"
BAROQUE = "movements/baroque.toml"
VERMEER_FR = "translations/fr/artists/johannes-vermeer.toml"
BAROQUE_FR = "translations/fr/movements/baroque.toml"
DELFT_FR = "translations/fr/paintings/vermeer-view-of-delft.toml"
WORDS_FR = "translations/fr/words.toml"
DELFT = "paintings/vermeer-view-of-delft.toml"


def test_good_content_has_no_findings_and_exits_0(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert findings(folder) == []
    assert main(["check", "--folder", str(folder)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (VERMEER, '["baroque"]', '["barock"]', 'johannes-vermeer: no movement "barock"'),
        (VERMEER, '["baroque"]', "[]", "johannes-vermeer: no movement"),
        (VERMEER, "year = 1675", "year = 1625", "lived from 1632 to 1625?"),
        (VERMEER, "year = 1675", "year = 1832", "lived from 1632 to 1832?"),
        (VERMEER, "year = 1632\n", "", "born: no year"),
        (VERMEER, 'Delft"\nsources = ["archive"]', 'Delft"', "born: no source"),
        (VERMEER, '"c. 1658"', '"1758"', 'work "The Milkmaid" of 1758 is not within'),
        (VERMEER, 'sources = ["museum"]', "sources = []", 'work "The Milkmaid" has no source'),
        (VERMEER, 'sources = ["museum"]', 'sources = ["hearsay"]', 'unknown source "hearsay"'),
        (VERMEER, 'sources = ["docent"]', "sources = []", "the story has no source"),
        (
            VERMEER,
            "vermeer9 ",
            "vermeer9 " + "more " * 90,
            "190 words, not 80 to 180",
        ),
        (BAROQUE, '["johannes-vermeer"]', '["jan-steen"]', 'baroque: no painter "jan-steen"'),
        (BAROQUE, "end = 1750", "end = 1550", "1600 is after 1550"),
        (BAROQUE, "baroque3 ", "baroque3 " + "more " * 90, "240 words, not 120 to 220"),
        (HOCKNEY, 'gender = "male"', 'other_names = ["Jan Vermeer"]', '"jan vermeer" belongs to'),
        (HOCKNEY, "hockney0 light0 water0 sky0", "vermeer0 light0 water0 sky0", "open alike"),
        (HOCKNEY, "hockney1 ", "vermeer1 ", "the same sentence"),
        (HOCKNEY, 'id = "david-hockney"', 'id = "hockney"', "is not the file's name"),
        (HOCKNEY, "[born]", "[born", "line"),
        (VERMEER, '"vermeer-view-of-delft"', '"vermeer-street"', 'no painting "vermeer-street"'),
        (VERMEER, 'title = "The Milkmaid"\n', "", "names its file of paintings/"),
        (DELFT, 'artist = "johannes-vermeer"', 'artist = "david-hockney"', "is by david-hockney"),
        (DELFT, 'artist = "johannes-vermeer"\n', "", "artist, or artist_name"),
        (DELFT, 'artist = "johannes-vermeer"', 'artist_name = "Jan Vermeer"', "is johannes-verm"),
        (DELFT, 'fr = "La Vue"', 'fr = "Vue de Delft"', "stands twice among the titles"),
        (DELFT_FR, 'id = "vermeer', 'id = "jan', "is not the file's name"),
        (DELFT_FR, '["docent"]', '["hearsay"]', "fr/paintings/vermeer-view-of-delft: unknown"),
        (WORDS_FR, "[media]", "[medium]", "words.toml: medium"),
        (DELFT, "1661", "1761", "c. 1761 is not within"),
        (DELFT, '["museum"]', "[]", "vermeer-view-of-delft: no source"),
        (DELFT, "delft1 ", "delft1 " + "more " * 120, "160 words, not 30 to 140"),
        (VERMEER_FR, 'id = "johannes', 'id = "jan', "is not the file's name"),
        (VERMEER_FR, '["docent"]', '["hearsay"]', "fr/artists/johannes-vermeer: unknown source"),
        (VERMEER_FR, "vermeerfr1 ", "vermeerfr1 " + "plus " * 130, "230 words, not 40 to 220"),
        (BAROQUE_FR, "marks = [", 'marks = ["Une autre.", ', "2 marks, not as in English"),
        (BAROQUE_FR, "fr1 light1", "vermeerfr1 light1", "the same sentence"),
        (DELFT, "Q467823", "Q167605", 'one work, "Q167605"'),
    ],
)
def test_each_fault_is_one_clear_line(folder: Path, file: str, old: str, new: str, told: str):
    change(folder / file, old, new)
    assert any(told in line for line in findings(folder)), findings(folder)


def test_findings_are_printed_a_line_each_and_exit_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    change(folder / HOCKNEY, "[born]", "[born")
    change(folder / BAROQUE, "end = 1750", "end = 1550")
    assert main(["check", "--folder", str(folder)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_stats_are_a_small_table(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["stats", "--folder", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["painters", "2"]
    assert any(line.split()[-2:] == ["1", "50%"] for line in lines)


def test_stats_of_broken_content_say_which_file(folder: Path, capsys: pytest.CaptureFixture[str]):
    change(folder / VERMEER, "[born]", "[born")
    assert main(["stats", "--folder", str(folder)]) == 1
    assert "johannes-vermeer.toml" in capsys.readouterr().err


def test_wrong_usage_exits_2():
    with pytest.raises(SystemExit) as caught:
        main(["chek"])
    assert caught.value.code == 2
