"""A chat is answered in the language of whoever asks, or in the one it chose."""

from dataclasses import replace

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Command
from tests.bot.conversation.speaking import ANN, BOB, CHAT, Visitor, buttons, fresh, words
from tests.pictures import RED, jpeg


@pytest.fixture
def ann(assistant: Assistant) -> Visitor:
    return Visitor(assistant)


@pytest.mark.parametrize("asked", ["de", "Deutsch", "german", "allemand", "tedesco", "ALEMÁN"])
async def test_a_chat_chooses_its_language_by_any_of_its_names(ann: Visitor, asked: str) -> None:
    assert "Deutsch" in words(await ann.asks("language", asked))
    told = words(await ann.asks("movement", "Impressionism"))
    assert "Impressionismus" in told
    assert "How to recognise it" not in told
    assert "Impressionismus" in words(await Visitor(ann.assistant, BOB).asks("movement", "Monet"))


async def test_a_button_chooses_and_auto_goes_back(ann: Visitor) -> None:
    which = await ann.asks("language")
    assert [b.label for b in buttons(which)][:5] == [
        *("Deutsch", "English", "Español", "Français", "Italiano"),
    ]
    assert "Français" in words(await ann.taps(which, "Français"))
    told = words(await ann.asks("artist", "Caravaggio"))
    assert told.startswith("Le Caravage")
    await ann.asks("language", "auto")
    assert words(await ann.asks("artist", "Caravaggio")).startswith("Caravaggio")


async def test_the_language_follows_the_app_until_one_is_chosen(assistant: Assistant) -> None:
    asked = Command(id=fresh(), chat=CHAT, person=ANN, name="artist", argument="Tizian")
    spanish = await assistant.handle(replace(asked, language="es-MX"))
    assert words(spanish).startswith("Tiziano")


async def test_what_is_not_translated_comes_in_english_with_a_line_that_says_so(
    ann: Visitor,
) -> None:
    await ann.asks("language", "it")
    told = words(await ann.asks("artist", "Rachel Ruysch"))
    english = words(await Visitor(ann.assistant, BOB, replace(CHAT, id="other")).asks("language"))
    assert "Rachel Ruysch" in told
    assert english
    assert "inglese" in told


async def test_guesses_are_named_in_the_language_of_the_chat(ann: Visitor) -> None:
    await ann.asks("language", "fr")
    labels = [button.label for button in buttons(await ann.shows(jpeg(RED)))]
    assert any("mouvement" in label.lower() for label in labels)


async def test_a_language_we_lack_is_said(ann: Visitor) -> None:
    told = await ann.asks("language", "Klingon")
    assert "“Klingon”" in words(told)
    assert len(buttons(told)) == 6
    assert "no longer know" in words(await ann.sends_data("language:xx"))
