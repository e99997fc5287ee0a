"""Names of Docent's own painters and movements that once went wrong."""

from pathlib import Path

import pytest

from knowledge.library import CONTENT, Library
from knowledge.names import Match
from knowledge.reading import read_content


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(read_content(Path(CONTENT)), None)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("ゴッホ", "vincent-van-gogh"),
        ("フェルメール", "johannes-vermeer"),
        ("クロード・モネ", "claude-monet"),
        ("梵高", "vincent-van-gogh"),
        ("达芬奇", "leonardo-da-vinci"),
        ("達文西", "leonardo-da-vinci"),
        ("毕加索", "pablo-picasso"),
        ("고흐", "vincent-van-gogh"),
        ("피카소", "pablo-picasso"),
        ("פיקאסו", "pablo-picasso"),
        ("Πικάσο", "pablo-picasso"),
        ("Ελ Γκρέκο", "el-greco"),
        ("Θεοτοκόπουλος", "el-greco"),
        ("Микеланджело", "michelangelo"),
        ("Ренуар", "pierre-auguste-renoir"),
        ("Энгр", "jean-auguste-dominique-ingres"),
        ("Сера", "georges-seurat"),
        ("Брейгель", "pieter-bruegel-the-elder"),
        ("Cranach", "lucas-cranach-the-elder"),
        ("Teniers", "david-teniers-the-younger"),
        ("Wright", "joseph-wright"),
        ("Rivera", "diego-rivera"),
        ("Ribera", "jusepe-de-ribera"),
    ],
)
def test_a_painter_is_known_by_this_name(library: Library, name: str, id_: str):
    assert library.find_artist(name) == Match((id_,), sure=True)


@pytest.mark.parametrize(
    "name",
    ["Lucas Cranach the Younger", "Marke", "MManet", "black", "copper", "guide", "angel"],
)
def test_a_name_that_may_be_another_is_not_sure(library: Library, name: str):
    assert not library.find_artist(name).sure


@pytest.mark.parametrize("name", ["painter", "Younger", "curtain"])
def test_this_is_nobody(library: Library, name: str):
    assert library.find_artist(name) == Match()


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("the impressionists", "impressionism"),
        ("印象派", "impressionism"),
        ("AbEx", "abstract-expressionism"),
        ("キュビスム", "cubism"),
    ],
)
def test_a_movement_is_known_by_this_name(library: Library, name: str, id_: str):
    assert library.find_movement(name) == Match((id_,), sure=True)


def test_every_full_name_finds_its_own_painter_among_others_of_the_name(library: Library):
    lost = [
        (name, artist.id)
        for artist in library.artists.values()
        for name in (artist.name, *artist.other_names)
        if artist.id not in library.find_artist(name).ids
    ]
    assert not lost
