"""Content files read into entries."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.content import ContentError, read_content
from knowledge.entries import Moment, Source
from tests.knowledge.content_folder import change


def test_an_artist_has_every_fact_of_its_file(folder: Path):
    artist = read_content(folder).artists["johannes-vermeer"]
    assert artist.name == "Johannes Vermeer"
    assert artist.other_names == ("Jan Vermeer", "Vermeer van Delft")
    assert artist.born == Moment(1632, False, "Delft")
    assert artist.died == Moment(1675, True, "Delft")
    assert artist.movements == ("baroque",)
    assert (artist.wikidata, artist.ulan) == ("Q41264", "500032927")
    assert artist.works[0].title == "The Milkmaid"
    assert artist.works[0].sources == ("museum",)
    assert artist.text.startswith("vermeer0 light0")
    assert artist.checked == date(2026, 11, 22)


def test_the_sources_of_an_entry_are_all_its_sources_the_storys_first(folder: Path):
    artist = read_content(folder).artists["johannes-vermeer"]
    assert [source.key for source in artist.sources] == ["docent", "archive", "museum"]
    assert artist.sources[1] == Source(
        "archive", "The archive", "https://example.org/archive", "CC0-1.0"
    )


def test_a_movement_has_every_fact_of_its_file(folder: Path):
    movement = read_content(folder).movements["baroque"]
    assert (movement.start, movement.end) == (1600, 1750)
    assert movement.painters == ("johannes-vermeer",)
    assert movement.marks == ("Light falls from one side.",)
    assert (movement.after, movement.before) == (("Mannerism",), ("Rococo",))


def test_the_living_have_no_death(folder: Path):
    assert read_content(folder).artists["david-hockney"].died is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Johannes Vermeer"', "name = Johannes", "line 2"),
        ('name = "Johannes Vermeer"', 'nmae = "Johannes Vermeer"', "name: Field required"),
        ("year = 1632", 'year = "1632"', "born.year"),
        ('wikidata = "Q167605"', 'wikidata = "167605"', "works.0.wikidata"),
        ('title = "The Milkmaid"', 'title = ""', "works.0.title"),
        ('id = "johannes-vermeer"', 'id = "jan-vermeer"', '"jan-vermeer" is not the file\'s name'),
        ('sources = ["museum"]', 'sources = ["gossip"]', '"gossip" is not in sources.toml'),
        ("teachers = []", "teachers = []\nmood = 1", "mood"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_or_entry(folder: Path, old: str, new: str, told: str):
    change(folder / "artists/johannes-vermeer.toml", old, new)
    with pytest.raises(ContentError) as caught:
        read_content(folder)
    assert "johannes-vermeer.toml" in str(caught.value)
    assert told in str(caught.value)


def test_a_folder_without_sources_is_refused(folder: Path):
    (folder / "sources.toml").unlink()
    with pytest.raises(ContentError, match=r"sources\.toml"):
        read_content(folder)


def test_a_file_that_is_not_text_is_refused(folder: Path):
    (folder / "artists/johannes-vermeer.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match="johannes-vermeer"):
        read_content(folder)
