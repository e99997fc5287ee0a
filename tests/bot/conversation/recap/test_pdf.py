"""The PDF of a tour, read back by pypdf, which knows nothing of what wrote it."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from bot.conversation.recap.data import Recap, Standing
from bot.conversation.recap.pdf import recap_pdf
from bot.conversation.speech import Say
from knowledge.library import Library
from tests.bot.conversation.recap.conftest import saying
from tests.bot.conversation.recap.tours import WORKS, stop, tour


def read(library: Library, recap: Recap, language: str = "en") -> PdfReader:
    told = library.in_language(language)
    return PdfReader(io.BytesIO(recap_pdf(told, saying(language), language, recap)))


def words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def headings(pdf: PdfReader) -> list[tuple[int, str]]:
    def under(entries: list[object], level: int) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for entry in entries:
            inner = isinstance(entry, list)
            found += under(entry, level + 1) if inner else [(level, entry["/Title"])]
        return found

    return under(pdf.outline, 0)


def test_it_tells_every_title_painter_and_name(library: Library) -> None:
    told = words(read(library, tour(6, 5, pictures=False)))
    assert all(title in told for title, *_ in WORKS)
    for name in ("Čiurlionis", "QiBaiShi", "Ελ Γκρέκο", "Édouard Manet", "Zoë", "Łukasz", "Ольга"):
        assert name in told, name
    assert "דוד" in told
    assert "محمد" in told
    assert "\N{REPLACEMENT CHARACTER}" not in told


def test_it_says_whose_it_is_and_in_which_language(library: Library) -> None:
    pdf = read(library, tour(2, 2, pictures=False), "fr")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Notre visite\u00a0: Gallerie Estensi"
    assert pdf.metadata.author == "Docent"
    assert pdf.root_object["/Lang"] == "fr"
    assert "23 novembre 2026" in words(pdf)


def test_a_reader_can_jump_to_each_stop(library: Library) -> None:
    found = headings(read(library, tour(3, 6, pictures=False)))
    assert [title for level, title in found if level == 0] == [
        "The stops",
        "The movements we met",
        "The guessing game",
    ]
    assert found[1] == (1, "1. The Great Wave by Katsushika Hokusai, c. 1831")
    assert len(found) == 6


def test_each_picture_has_its_words(library: Library) -> None:
    pdf = read(library, tour(2, 1))
    elements = pdf.root_object["/StructTreeRoot"]["/K"][0]["/K"]
    alts = [element.get_object()["/Alt"] for element in elements]
    first, second = (f"Stop {n}: {WORKS[n - 1][0]}" for n in (1, 2))
    assert [alt.split(" by ")[0] for alt in alts] == [second, first, second]  # the cover's first
    assert [len(page.images) for page in pdf.pages] == [1, 2]


def test_the_movements_are_told_with_their_years_and_a_mark(library: Library) -> None:
    told = words(read(library, tour(6, 1, pictures=False)))
    assert "Impressionism, 1867–1886" in told
    assert f"Typical of Impressionism: {library.movements['impressionism'].marks[0]}" in told
    assert "Sources: Docent's editors" in told


def test_nothing_is_said_of_movements_and_game_where_there_were_none(
    library: Library, say: Say
) -> None:
    stops = (stop(1, movement_id="", title="", artist="", year="", by=(), right=(), decided=""),)
    pdf = read(library, replace(tour(1, 1, game=False), stops=stops))
    told = words(pdf)
    assert headings(pdf) == [(0, "The stops"), (1, "1. A work that kept its secret")]
    assert say("recap_open") in told
    assert "Sources" not in told
    assert "Points" not in told


def test_who_has_no_points_stands_in_no_rank(library: Library) -> None:
    table = (Standing(1, "Ann", 3, 5, 2), Standing(1, "Bob", 3, 5, 2), Standing(3, "Cleo", 0, 5, 0))
    told = words(read(library, replace(tour(1, 3, pictures=False), standings=table)))
    assert "1. Ann 3 2" in told
    assert "1. Bob 3 2" in told
    assert "3. Cleo" not in told
    assert "thank you, Cleo" in told


def test_sixty_stops_with_pictures_stay_below_ten_megabytes_and_on_their_pages(
    library: Library,
) -> None:
    recap = tour(60, 30)
    data = recap_pdf(library, saying("en"), "en", recap)
    assert len(data) < 10_000_000
    pdf = PdfReader(io.BytesIO(data))
    assert len(headings(pdf)) == 63
    assert 15 <= len(pdf.pages) <= 20
    assert all(page.extract_text().strip() for page in pdf.pages)
    assert "Zoë 3" in words(pdf)


def test_the_same_tour_gives_the_same_file(library: Library) -> None:
    recap = tour(2, 2)
    assert len({recap_pdf(library, saying("en"), "en", recap) for _ in range(2)}) == 1


@pytest.mark.parametrize(
    "text", ["x" * 5000, "word " * 2000, "葛飾 " * 300, "😀\n\0\t", "{title}**"]
)
def test_no_text_spoils_it(library: Library, text: str) -> None:
    seen = stop(1, title=text, artist=text, year=text, room=text, movement=text, movement_id="")
    recap = replace(tour(1, 1), title=text, stops=(replace(seen, by=(text,) * 30),))
    assert 1 <= len(read(library, recap).pages) <= 5
