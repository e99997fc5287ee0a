"""The words of a question that may be a name."""

import pytest

from knowledge.queries import readings

FILLER = ("painter", "who", "was")


@pytest.mark.parametrize(
    ("query", "barest"),
    [
        ("The painter Vermeer", "vermeer"),
        ("who was Sir Joshua Reynolds?", "joshua reynolds"),
        ("Vermeer (1632-1675)", "vermeer"),
        ("La Tour", "la tour"),
        ("Teniers d. J.", "teniers younger"),
    ],
)
def test_the_last_reading_is_the_name_alone(query: str, barest: str):
    assert readings(query, FILLER)[-1] == barest


def test_the_words_as_they_stand_come_first():
    assert readings("painter Dürer", FILLER)[0] == "painter durer"


@pytest.mark.parametrize("query", ["", "the painter", "Who was the", "1853", "?!"])
def test_a_question_without_a_name_has_no_reading(query: str):
    assert readings(query, FILLER) == []
