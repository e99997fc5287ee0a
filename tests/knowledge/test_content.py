"""Content files read into entries."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from knowledge.content import ContentError, content_files
from knowledge.entries import Moment, Source
from knowledge.library import CONTENT
from knowledge.reading import read_content
from tests.knowledge.content_folder import change


def test_an_artist_has_every_fact_of_its_file(folder: Path):
    artist = read_content(folder).artists["johannes-vermeer"]
    assert artist.name == "Johannes Vermeer"
    assert artist.other_names == ("Jan Vermeer", "Vermeer van Delft")
    assert artist.born == Moment(1632, False, "Delft")
    assert artist.died == Moment(1675, True, "Delft")
    assert artist.movements == ("baroque",)
    assert (artist.wikidata, artist.ulan) == ("Q41264", "500032927")
    assert [work.title for work in artist.works] == ["View of Delft", "The Milkmaid"]
    milkmaid = artist.works[1]
    assert milkmaid.id == "johannes-vermeer-the-milkmaid"
    assert (milkmaid.artist_id, milkmaid.artist) == ("johannes-vermeer", "Johannes Vermeer")
    assert (milkmaid.year, milkmaid.medium) == ("c. 1658", "oil on canvas")
    assert [source.key for source in milkmaid.sources] == ["museum"]
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


def test_a_painting_has_every_fact_of_its_file(folder: Path):
    paintings = read_content(folder).paintings
    delft = paintings["vermeer-view-of-delft"]
    assert (delft.title, delft.original) == ("View of Delft", "Gezicht op Delft")
    assert delft.other_titles == ("Vue de Delft",)
    assert (delft.artist_id, delft.artist) == ("johannes-vermeer", "Johannes Vermeer")
    assert delft.museum == "Mauritshuis, The Hague"
    assert delft.text.startswith("delft0")
    assert [source.key for source in delft.sources] == ["docent", "museum"]
    unknown = paintings["unknown-view"]
    assert (unknown.artist_id, unknown.artist) == ("", "Somebody")
    assert set(paintings) == {delft.id, unknown.id, "johannes-vermeer-the-milkmaid"}


def test_a_painting_that_the_painters_file_does_not_name_comes_last(folder: Path):
    vermeer = folder / "artists/johannes-vermeer.toml"
    change(vermeer, '[[works]]\npainting = "vermeer-view-of-delft"\n\n', "")
    works = read_content(folder).artists["johannes-vermeer"].works
    assert [work.title for work in works] == ["The Milkmaid", "View of Delft"]


def test_works_of_one_title_have_ids_of_their_own_that_a_button_can_carry(folder: Path):
    vermeer = folder / "artists/johannes-vermeer.toml"
    row = '[[works]]\ntitle = "The Milkmaid"\nyear = "1660"\nsources = ["museum"]\n\n'
    longer = row.replace("Milkmaid", "Milkmaid in a Very Long Kitchen by a Window" * 2)
    change(vermeer, "[story]", row + row + longer + longer + "[story]")
    ids = [work.id for work in read_content(folder).artists["johannes-vermeer"].works]
    assert ids[2] == "johannes-vermeer-1660-the-milkmaid"
    assert len(set(ids)) == len(ids) == 6
    assert all(len(id_) <= 54 for id_ in ids)


def test_the_living_have_no_death(folder: Path):
    assert read_content(folder).artists["david-hockney"].died is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Johannes Vermeer"', "name = Johannes", "line 2"),
        ('name = "Johannes Vermeer"', 'nmae = "Johannes Vermeer"', "name: Field required"),
        ("year = 1632", 'year = "1632"', "born.year"),
        ('wikidata = "Q167605"', 'wikidata = "167605"', "works.1.wikidata"),
        ('title = "The Milkmaid"', 'title = ""', "works.1"),
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


def test_readme_says_how_much_there_is():
    content = read_content(CONTENT)
    women = sum(artist.gender == "female" for artist in content.artists.values())
    works = content.paintings.values()
    counts = (len(works), sum(bool(w.museum) for w in works), sum(bool(w.text) for w in works))
    readme = Path("README.md").read_text(encoding="utf-8")
    assert f"| {len(content.artists)}; {women} |" in readme
    assert f"| {len(content.movements)} |" in readme
    assert "| " + "; ".join(f"{count:,}" for count in counts) + " |" in readme


def test_every_content_file_travels_with_the_package():
    with Path("pyproject.toml").open("rb") as file:
        patterns = tomllib.load(file)["tool"]["setuptools"]["package-data"]["knowledge"]
    packed = {path for pattern in patterns for path in CONTENT.glob(pattern)}
    assert {path for path in content_files(CONTENT) if path.exists()} == packed
