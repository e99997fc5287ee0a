"""`/timeline` draws a painter or a movement among those of the time, and says what it drew."""

import io

import pytest
from PIL import Image

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from tests.bot.conversation.speaking import Visitor, buttons, words


async def test_a_movement_stands_among_those_before_and_after_with_its_painters(
    assistant: Assistant,
) -> None:
    ann = Visitor(assistant)
    drawn = await ann.asks("timeline", "Impressionism")
    (picture,) = drawn.pictures
    assert Image.open(io.BytesIO(picture.data)).format == "PNG"
    first, *lines = picture.alt.splitlines()
    assert first == "Timeline of Impressionism."
    assert "Impressionism: 1867–1886" in lines
    assert "Claude Monet: 1840–1926" in lines
    assert lines.index("Impressionism: 1867–1886") < lines.index("Post-Impressionism: 1886–1905")
    assert "Claude Monet and" not in words(await ann.taps(drawn, "Impressionism"))


async def test_a_painter_stands_between_movement_and_works_in_the_order_of_years(
    assistant: Assistant,
) -> None:
    drawn = await Visitor(assistant).asks("timeline", "Vermeer")
    lines = drawn.pictures[0].alt.splitlines()[1:]
    assert "Johannes Vermeer: 1632–1675" in lines
    years = [int(line.rsplit(": ", 1)[1]) for line in lines if "–" not in line]
    assert years == sorted(years)
    assert len(years) >= 3


async def test_the_button_under_a_life_leads_to_its_timeline(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    drawn = await ann.taps(await ann.asks("artist", "Monet"), "Timeline")
    assert drawn.pictures
    assert "Claude Monet" in [button.label for button in buttons(drawn)]


async def test_every_movement_can_be_drawn(assistant: Assistant, parts: Parts) -> None:
    ann = Visitor(assistant)
    for id_ in parts.library.movements:
        assert (await ann.sends_data(f"when:{id_}")).pictures, id_


async def test_a_painter_without_years_is_not_drawn_but_said_so(
    assistant: Assistant, parts: Parts
) -> None:
    drawn = await Visitor(assistant).asks("timeline", "Sharaku")
    assert drawn.pictures or "not know the years" in words(drawn)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Whose timeline?"),
        ("Quodlibetus", "no painter and no movement called “Quodlibetus”"),
        ("Carracci", "Whom do you mean?"),
    ],
)
async def test_what_cannot_be_drawn_gets_a_sentence(
    assistant: Assistant, asked: str, told: str
) -> None:
    assert told in words(await Visitor(assistant).asks("timeline", asked))


async def test_a_button_for_nothing_is_an_old_one(assistant: Assistant) -> None:
    assert "no longer know" in words(await Visitor(assistant).sends_data("when:nobody"))
