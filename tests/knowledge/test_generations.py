"""The words that tell a father from a son."""

import pytest

from knowledge.generations import split_generation, with_one_generation
from knowledge.spelling import normal


@pytest.mark.parametrize(
    ("name", "rest", "generation"),
    [
        ("Hans Holbein der Jüngere", "hans holbein", "younger"),
        ("Lucas Cranach d. Ä.", "lucas cranach", "elder"),
        ("Pieter Bruegel l'Ancien", "pieter bruegel", "elder"),
        ("Palma il Giovane", "palma", "younger"),
        ("Pieter Bruegel de Oude", "pieter bruegel", "elder"),
        ("the Younger Teniers", "teniers", "younger"),
        ("Bruegel the Younger, Pieter", "bruegel pieter", "younger"),
        ("Cy Twombly Jr.", "cy twombly", "younger"),
        ("David Teniers III", "david teniers", "third"),
        ("Питер Брейгель Младший", "питер бреигель", "younger"),
        ("三代目歌川豊国", "歌川豊国", "third"),
        ("Elder", "", "elder"),
    ],
)
def test_a_generation_is_told_from_the_name(name: str, rest: str, generation: str):
    assert split_generation(normal(name)) == (rest, generation)


@pytest.mark.parametrize("name", ["Joan Miró i Ferrà", "D. J. Smith", "Jan Wildens", "Youngerman"])
def test_a_name_without_a_generation_stays_whole(name: str):
    assert split_generation(normal(name)) == (normal(name), "")


def test_all_languages_are_written_as_one():
    assert with_one_generation("hans holbein der jungere") == "hans holbein younger"
