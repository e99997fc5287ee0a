"""The CSV of a tour, read back by the standard library."""

import csv
import io

import pytest

from bot.conversation.recap.data import Recap
from bot.conversation.recap.table import COLUMNS, recap_csv
from tests.bot.conversation.recap.tours import START, stop, tour


def rows(recap: Recap) -> list[dict[str, str]]:
    text = recap_csv(recap).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def of_one(**changed: object) -> dict[str, str]:
    (row,) = rows(Recap("", START, START, (stop(1, **changed),), (), 1))
    return row


def test_every_stop_is_a_row_under_names_that_stay() -> None:
    found = rows(tour(7, 3, pictures=False))
    assert [row["number"] for row in found] == [str(n) for n in range(1, 8)]
    assert tuple(found[0]) == COLUMNS
    assert found[1]["artist"] == "Mikalojus Konstantinas Čiurlionis"
    assert found[0]["time"] == "2026-11-23T14:10:00+00:00"
    assert found[0]["guessed"] == "4"


def test_it_begins_with_the_mark_that_excel_looks_for_and_ends_its_lines_as_the_rfc_has_it() -> (
    None
):
    data = recap_csv(tour(2, 1, pictures=False))
    assert data.startswith(b"\xef\xbb\xbfnumber,time,")
    assert data.count(b"\r\n") == 3
    assert data.count(b"\n") == 3


@pytest.mark.parametrize("text", ["=1+1", "+49", "-3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    row = of_one(title=text, artist=text, artist_id=text, year=text, movement=text, room=text)
    assert {row[c] for c in ("title", "artist", "artist_id", "year", "movement", "room")} == {
        f"'{text}"
    }


def test_no_name_among_others_is_a_formula() -> None:
    row = of_one(by=("Ann", "=HYPERLINK(1)"), right=("@Bob",))
    assert row["seen_by"] == "Ann; '=HYPERLINK(1)"
    assert row["right"] == "'@Bob"


def test_quotes_commas_and_lines_stay_in_their_cell() -> None:
    row = of_one(title='The "Wave",\nor: x', by=("Ann, B.",), decided="")
    assert row["title"] == 'The "Wave",\nor: x'
    assert row["seen_by"] == "Ann, B."
    assert row["decided_by"] == ""
