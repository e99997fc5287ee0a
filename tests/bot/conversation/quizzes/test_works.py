"""Whose hand a work is, as catalogues write it, and whether that is certain."""

import pytest

from bot.conversation.quizzes.works import certain_name, of_catalogue
from knowledge.library import Library


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Tura Cosmè (Ferrara  1430 ca. - 1495)", "Tura Cosmè"),
        (
            "Luteri Giovanni detto Dosso Dossi (Tramuschio (Mirandola) 1487 ca. - Ferrara 1542)",
            "Luteri Giovanni detto Dosso Dossi",
        ),
        ("Venturini Gaspare (Ferrara  notizie dal 1576 al 1593)", "Venturini Gaspare"),
        ("Rembrandt", "Rembrandt"),
        ("Campi Giulio (attr.) (Cremona  1500 ca. - 1572)", ""),
        ("Bastiani Lazzaro (?) (Venezia  1449 ca. - 1512)", ""),
        ("Tisi Benvenuto detto Garofalo (bottega di) (Ferrara  1481 ca. - 1559)", ""),
        ("Filippi Camillo (Ferrara 1500 - 1574)  Filippi Sebastiano (Ferrara 1528 - 1602)", ""),
        ("Carracci Annibale o Carracci Ludovico", ""),
        ("Workshop of Titian", ""),
        ("attributed to Raphael", ""),
        ("Unknown", ""),
        ("", ""),
    ],
)
def test_a_name_is_certain_or_it_is_not_asked_about(written: str, name: str) -> None:
    assert certain_name(written) == name


def test_a_painter_whom_the_library_knows_has_its_name(library: Library) -> None:
    facts = {"title": "T", "artist": "Tura Cosmè (Ferrara 1430 ca. - 1495)"}
    work = of_catalogue(library, "m/1", facts, "work:1")
    assert (work.artist, work.artist_id) == ("Cosimo Tura", "cosimo-tura")


def test_of_any_other_painter_the_years_are_known(library: Library) -> None:
    facts = {"title": "T", "artist": "Cavedone Giacomo (Sassuolo 1577 - Bologna 1660)"}
    work = of_catalogue(library, "m/1", facts, "work:1")
    assert (work.artist, work.artist_id, work.lived) == ("Cavedone Giacomo", "", 1577)
