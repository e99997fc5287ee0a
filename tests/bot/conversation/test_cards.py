"""Painters, movements and paintings as cards for any chat."""

from datetime import date

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.cards import OF_TODAY, TOLD, Card, cards
from bot.conversation.events import Chat, Person, Text
from bot.conversation.replies import Credits, Paragraph, Title
from bot.conversation.speech import Parts
from bot.memory.store import Place

DAY = date(2026, 3, 30)
"""Van Gogh's birthday."""


def asked(text: str, language: str = "en") -> Text:
    person = Person("7", "Ann")
    return Text(id="q", chat=Chat("telegram", "7"), person=person, language=language, text=text)


async def found(parts: Parts, query: str, most: int = 20, language: str = "en") -> list[Card]:
    return await cards(parts.in_language(language), query, language, most, DAY)


async def titles(parts: Parts, query: str, most: int = 20, language: str = "en") -> list[str]:
    return [card.title for card in await found(parts, query, most, language)]


async def test_painter_is_a_card_with_years_story_and_sources(parts: Parts) -> None:
    first, *_ = await found(parts, "monet")
    assert (first.id, first.title) == ("artist/claude-monet", "Claude Monet")
    assert first.description == "1840–1926 · Impressionism"
    title, _, story, *_, sources = first.reply.blocks
    assert title == Title("Claude Monet")
    assert isinstance(story, Paragraph) and 100 < len(story.text) <= TOLD
    assert isinstance(sources, Credits) and sources.credits
    assert first.reply.choices == ()


async def test_movement_is_a_card_and_its_painters_follow(parts: Parts) -> None:
    first, *others = await found(parts, "cubism")
    assert first.title == "Cubism"
    assert first.description.startswith("1907–")
    assert "Georges Braque" in {card.title for card in others}


async def test_painting_with_a_story_is_a_card(parts: Parts) -> None:
    first = (await found(parts, "girl with a pearl"))[0]
    assert first.title == "Girl with a Pearl Earring"
    assert first.description == "Johannes Vermeer · c. 1665 · Mauritshuis, The Hague"
    assert all(len(b.text) <= TOLD for b in first.reply.blocks if isinstance(b, Paragraph))


async def test_beginnings_slips_and_other_scripts_lead_to_a_painter(parts: Parts) -> None:
    assert (await titles(parts, "impre"))[0] == "Impressionism"
    assert (await titles(parts, "Vermer"))[0] == "Johannes Vermeer"
    assert (await titles(parts, "Моне"))[0] == "Claude Monet"
    assert {"Vincent van Gogh", "Jan van Eyck"} <= set(await titles(parts, "van", 50))


async def test_works_of_the_painter_who_is_meant_follow(parts: Parts) -> None:
    assert "The Milkmaid" in await titles(parts, "Vermeer")


async def test_no_card_comes_twice_and_there_are_never_too_many(parts: Parts) -> None:
    for query in ("van", "e", "monet", ""):
        ids = [card.id for card in await found(parts, query, 30)]
        assert len(ids) == len(set(ids))
        assert 0 < len(ids) <= 30
        assert [card.id for card in await found(parts, query, 5)] == ids[:5]


@pytest.mark.parametrize("query", ["xyzzy", "b" * 256])
async def test_what_nobody_is_called_finds_nothing(parts: Parts, query: str) -> None:
    assert await found(parts, query) == []


async def test_without_a_word_there_are_well_known_painters_others_each_day(parts: Parts) -> None:
    today = await titles(parts, " ")
    assert await titles(parts, "?! 💛") == today
    assert "Vincent van Gogh" in today[:OF_TODAY]
    tomorrow = await cards(parts, "", "en", 20, date(2026, 3, 31))
    assert len(tomorrow) >= 8
    assert len({card.title for card in tomorrow} - set(today)) >= 4


async def test_cards_are_in_the_language_of_who_asks(parts: Parts) -> None:
    first = (await found(parts, "Vermeer", language="de"))[0]
    assert first.description.endswith("Goldenes Zeitalter der Niederlande")
    assert isinstance(first.reply.blocks[-1], Credits)
    assert first.reply.blocks[-1].label == "Quellen"


async def test_assistant_speaks_what_was_chosen_in_the_private_chat(
    assistant: Assistant, parts: Parts
) -> None:
    assert (await assistant.cards(asked("Cubism", "fr"), 3)).found[0].title == "Cubisme"
    await parts.chats.speak(Place("telegram", "7", "7"), "it")
    italian = await assistant.cards(asked("xyzzy", "fr"), 3)
    assert italian.found == ()
    assert italian.nothing.startswith("Nessun risultato")
    assert (await assistant.cards(asked("Cubism", "fr"), 3)).found[0].title == "Cubismo"


async def test_assistant_finds_nothing_rather_than_failing(
    assistant: Assistant, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    await parts.store.close()
    vars(parts).pop("library", None)
    told = await assistant.cards(asked("monet"), 3)
    assert told.found == ()
    assert told.nothing.startswith("Nothing found")
    assert "No cards" in caplog.text
