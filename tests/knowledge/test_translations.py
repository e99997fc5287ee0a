"""The library as it is told in another language."""

from pathlib import Path

import pytest

from knowledge.content import ContentError
from knowledge.entries import Moment
from knowledge.library import Library
from knowledge.names import Match
from knowledge.reading import read_content
from tests.knowledge.content_folder import change


@pytest.fixture
def library(folder: Path) -> Library:
    return Library(read_content(folder), None)


async def test_what_is_translated_is_told_in_the_language(library: Library) -> None:
    french = library.in_language("fr-CA")
    vermeer = french.artists["johannes-vermeer"]
    assert (vermeer.name, vermeer.nationality) == ("Jean Vermeer", "néerlandais")
    assert (vermeer.born, vermeer.died) == (
        Moment(1632, False, "Delft"),
        Moment(1675, True, "Delft la Belle"),
    )
    story = await french.story(vermeer, "fr")
    assert story.text.startswith("vermeerfr0")
    assert (story.language, story.note) == ("fr", "")
    baroque = french.movements["baroque"]
    assert (baroque.name, baroque.region) == ("Le Baroque", "Italie")
    assert baroque.marks == ("La lumière tombe d'un côté.",)
    assert (baroque.start, baroque.painters) == (1600, ("johannes-vermeer",))


def test_paintings_are_called_as_the_language_calls_them(library: Library) -> None:
    french = library.in_language("fr")
    assert french.paintings["vermeer-view-of-delft"].title == "La Vue"
    assert library.paintings["vermeer-view-of-delft"].title == "View of Delft"
    titles = [work.title for work in french.artists["johannes-vermeer"].works]
    assert titles == ["La Vue", "The Milkmaid"]
    for told in (library, french):
        assert list(told.find_painting("La Vue")) == ["vermeer-view-of-delft"]
        assert list(told.find_painting("View of Delft")) == ["vermeer-view-of-delft"]


def test_texts_and_facts_of_paintings_are_told_as_far_as_they_are_translated(
    library: Library,
) -> None:
    french = library.in_language("fr")
    delft = french.paintings["vermeer-view-of-delft"]
    assert delft.text.startswith("delftfr0")
    assert (delft.medium, delft.museum) == ("huile sur toile", "Mauritshuis, La Haye")
    assert delft.artist == "Jean Vermeer"
    assert french.is_translated(delft)
    unknown = french.paintings["unknown-view"]
    assert (unknown.title, unknown.artist) == ("A View", "Somebody")
    assert not french.is_translated(unknown)
    assert library.is_translated(library.paintings["unknown-view"])


def test_facts_of_a_life_are_told_though_its_text_is_in_english(library: Library) -> None:
    hockney = library.in_language("fr").artists["david-hockney"]
    assert (hockney.nationality, hockney.text[:8]) == ("britannique", "hockney0")


async def test_what_is_not_translated_yet_is_in_english_and_says_so(library: Library) -> None:
    french = library.in_language("fr")
    story = await french.story(french.artists["david-hockney"], "fr")
    assert story.text.startswith("hockney0")
    assert (story.language, story.note) == ("en", "in_english")


async def test_english_stays_english_and_so_does_a_language_we_lack(library: Library) -> None:
    assert library.in_language("en-GB") is library
    assert library.in_language("ja") is library
    assert library.in_language("fr").in_language("en") is library
    story = await library.story(library.artists["johannes-vermeer"], "ja")
    assert (story.language, story.note) == ("en", "")


def test_names_of_every_language_are_found_in_every_language(library: Library) -> None:
    for told in (library, library.in_language("fr")):
        assert told.find_artist("Jean Vermeer") == Match(("johannes-vermeer",), sure=True)
        assert told.find_movement("art baroque").ids == ("baroque",)
        assert told.find_movement("Барокко").ids == ("baroque",)


@pytest.mark.parametrize("entry", ["artists/johannes-vermeer", "movements/baroque"])
def test_a_translation_of_nothing_is_refused(folder: Path, entry: str) -> None:
    path = folder / f"translations/fr/{entry}.toml"
    change(path, f'"{path.stem}"', '"nobody"')
    path.rename(path.with_stem("nobody"))
    with pytest.raises(ContentError, match=r'no (painter|movement) "nobody"'):
        read_content(folder)
