"""Tidying and shortening encyclopedia text."""

import pytest

from knowledge.prose import shorten, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Monet (; 14 November 1840)", "Monet (14 November 1840)"),
        ("Monet ( ), a painter", "Monet, a painter"),
        ("Monet (, ; French)  painted .", "Monet (French) painted."),
        ("One.\n\n\n Two.\nThree.", "One.\n\nTwo.\n\nThree."),
    ],
)
def test_what_the_plain_text_leaves_behind_is_tidied(text: str, tidied: str):
    assert tidy(text) == tidied


def test_a_short_text_stays_whole():
    assert shorten("A text. It is short.", 30) == ("A text. It is short.", False)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("He painted. She sang and sang.", "He painted."),
        ("He met J. M. W. Turner in St. Ives. They left.", "He met J. M. W. Turner in St. Ives."),
        ("Born c. 1600 in Delft. He stayed there all his life long.", "Born c. 1600 in Delft."),
        ("画家である。彼は東京で生まれた。" + "長" * 40, "画家である。彼は東京で生まれた。"),
        ('"Who is it?" he asked. Nobody answered him that day.', '"Who is it?" he asked.'),
    ],
)  # fmt: skip
def test_a_text_ends_with_its_last_whole_sentence(text: str, short: str):
    assert shorten(text, len(short) + 5) == (short, True)


def test_a_text_without_a_sentence_in_time_is_cut_between_words():
    assert shorten("one two three four", 12) == ("one two…", True)
