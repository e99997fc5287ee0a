"""Works are found by their titles, however visitors write them."""

import pytest

from knowledge.titles import Fit, TitledWork, TitleIndex

INDEX = TitleIndex(
    [
        TitledWork("mona", ("Mona Lisa", "La Gioconda"), "Leonardo da Vinci"),
        TitledWork("pearl", ("Girl with a Pearl Earring", "Meisje met de parel"), "Jan Vermeer"),
        TitledWork("kiss-klimt", ("The Kiss", "Der Kuss"), "Gustav Klimt"),
        TitledWork("kiss-hayez", ("The Kiss", "Il bacio"), "Francesco Hayez"),
        TitledWork("volga", ("Barge Haulers on the Volga", "Бурлаки на Волге"), "Ilya Repin"),
        TitledWork("ballet", ("L'Étoile",), "Edgar Degas"),
        TitledWork("untitled", ("",), "Nobody"),
        TitledWork("dance", ("Dance (I)",), "Henri Matisse"),
    ]
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("Mona Lisa", ["mona"]),
        ("the mona lisa", ["mona"]),
        ("gioconda", ["mona"]),
        ("La Gioconda by Leonardo", ["mona"]),
        ("Mona Lisa Leonardo da Vinci", ["mona"]),
        ("girl pearl earring", ["pearl"]),
        ("vermeer pearl", ["pearl"]),
        ("meisje met de parel", ["pearl"]),
        ("the kiss", ["kiss-klimt", "kiss-hayez"]),
        ("Klimt Kiss", ["kiss-klimt"]),
        ("der Kuß", ["kiss-klimt"]),
        ("бурлаки на волге", ["volga"]),
        ("Burlaki na Volge", ["volga"]),
        ("letoile", ["ballet"]),
        ("Mona Liza", ["mona"]),
        ("girl with the perl earing", ["pearl"]),
        ("dance", ["dance"]),
    ],
)
def test_a_title_finds_its_works(query: str, ids: list[str]) -> None:
    assert list(INDEX.find(query)) == ids


@pytest.mark.parametrize(
    "query", ["", "?", "the", "of", "Vermeer", "Leonardo da Vinci", "xyz", "kis s k"]
)
def test_what_is_no_title_finds_nothing(query: str) -> None:
    assert INDEX.find(query) == {}


def test_the_fit_is_told() -> None:
    assert INDEX.find("mona lisa") == {"mona": Fit.TITLE}
    assert INDEX.find("pearl earring") == {"pearl": Fit.WORDS}
    assert INDEX.find("mona lissa") == {"mona": Fit.ALIKE}
    assert INDEX.find("kiss hayez") == {"kiss-hayez": Fit.TITLE}


def test_no_works_have_no_titles() -> None:
    assert TitleIndex([]).find("Mona Lisa") == {}
