"""`/compare` sets two painters or two movements side by side."""

import pytest

from bot.conversation.assistant import Assistant
from tests.bot.conversation.speaking import Visitor, buttons, words


@pytest.fixture
def ann(assistant: Assistant) -> Visitor:
    return Visitor(assistant)


@pytest.mark.parametrize(
    "asked",
    [
        "Monet and Manet",
        "Monet vs. Manet",
        "monet, manet",
        "Claude Monet Édouard Manet",
        "monet manet",
        "Monet und Manet",
    ],
)
async def test_two_painters_are_told_one_after_the_other(ann: Visitor, asked: str) -> None:
    told = await ann.asks("compare", asked)
    lines = words(told).splitlines()
    assert lines[0] == "Claude Monet"
    assert lines[1].startswith("1840–1926 · French")
    assert lines.index("Édouard Manet") > 3
    assert any(line.startswith("Movements: Impressionism") for line in lines)
    assert lines[-1].startswith("Both were there from 1840 to 1883.")
    assert [b.label for b in buttons(told)] == ["Claude Monet", "Édouard Manet"]
    assert "Claude Monet" in words(await ann.taps(told, "Claude Monet"))


async def test_two_movements_are_told_with_their_marks(ann: Visitor) -> None:
    lines = words(await ann.asks("compare", "Baroque and Rococo")).splitlines()
    assert lines[0] == "Baroque"
    assert lines[1].startswith("1600–1750 · Italy")
    assert lines.count("How to recognise it") == 2
    assert lines[-1].startswith("Both were there from")


async def test_a_name_of_several_words_is_read_whole(ann: Visitor) -> None:
    lines = words(await ann.asks("compare", "Die Brücke and Der Blaue Reiter")).splitlines()
    assert lines[0] == "Die Brücke"
    assert "Der Blaue Reiter" in lines


async def test_those_who_never_met_are_told_so(ann: Visitor) -> None:
    told = words(await ann.asks("compare", "Giotto and Picasso"))
    assert told.splitlines()[-1].startswith("Their lives did not overlap.")


async def test_a_very_long_question_is_cut_and_answered(ann: Visitor) -> None:
    told = words(await ann.asks("compare", "Monet and Manet " + "and then some more " * 200))
    assert "Manet" in told
    assert len(told) < 300


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Which two?"),
        ("Monet", "Which two?"),
        ("Monet and Baroque", "One of these is a painter and the other a movement"),
        ("Monet and Claude Monet", "Both names mean Claude Monet"),
        ("Monet and Quodlibetus", "no painter and no movement called “Quodlibetus”"),
        ("Monet and Carracci", "Annibale Carracci"),
    ],
)
async def test_what_cannot_be_compared_gets_a_sentence(ann: Visitor, asked: str, told: str) -> None:
    assert told in words(await ann.asks("compare", asked))
