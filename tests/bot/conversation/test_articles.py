"""`/artist` and `/movement` tell what the library knows, ask which one, or say what is missing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from knowledge.articles import Article, WikipediaUnavailable
from knowledge.library import Library
from tests.bot.conversation.speaking import Visitor, buttons, words
from tests.pictures import jpeg


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("van gogh", "Vincent van Gogh"),
        ("Vincent van Gogh", "Vincent van Gogh"),
        ("van gog", "Vincent van Gogh"),
        ("Vermer", "Johannes Vermeer"),
        ("da vinci", "Leonardo da Vinci"),
        ("hokusai", "Hokusai"),
    ],
)
async def test_a_painter_is_found_or_offered_by_any_usual_name(
    assistant: Assistant, typed: str, name: str
) -> None:
    reply = await Visitor(assistant).asks("artist", typed)
    assert name in words(reply).split("\n")[0] or name in buttons(reply)[0].label


async def test_a_life_has_its_facts_its_story_and_its_sources(assistant: Assistant) -> None:
    reply = await Visitor(assistant).asks("artist", "Monet")
    text = words(reply)
    assert "Claude Monet" in text
    assert "1840–1926" in text
    assert "French" in text
    assert "Docent's editors" in text
    assert len(text.split()) > 80


async def test_several_painters_of_one_name_become_choices(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    reply = await ann.asks("artist", "Carracci")
    labels = {choice.label for choice in buttons(reply)}
    assert {"Agostino Carracci", "Annibale Carracci"} <= labels
    chosen = await ann.taps(reply, "Annibale")
    assert words(chosen).startswith("Annibale Carracci")
    assert "Back to the guesses" not in [choice.label for choice in buttons(chosen)]


async def test_works_are_listed_with_year_and_museum(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    works = words(await ann.taps(await ann.asks("artist", "van gogh"), "Notable works"))
    assert "The Starry Night, 1889. Museum of Modern Art, New York" in works


async def test_a_movement_tells_how_to_recognise_it_and_leads_to_its_painters(
    assistant: Assistant,
) -> None:
    ann = Visitor(assistant)
    reply = await ann.asks("movement", "impressionism")
    assert "How to recognise it" in words(reply)
    assert words(await ann.taps(reply, "Claude Monet")).startswith("Claude Monet")


@pytest.mark.parametrize("command", ["artist", "movement"])
async def test_without_a_name_docent_asks_for_one(assistant: Assistant, command: str) -> None:
    assert "example" in words(await Visitor(assistant).asks(command))


async def test_an_unknown_movement_names_those_there_are(assistant: Assistant) -> None:
    reply = words(await Visitor(assistant).asks("movement", "quodlibet"))
    assert "quodlibet" in reply
    assert "Impressionism" in reply


async def test_every_painter_and_movement_of_the_library_can_be_told(
    assistant: Assistant, parts: Parts
) -> None:
    ann = Visitor(assistant)
    await ann.shows(jpeg())
    for number, id_ in enumerate(parts.library.artists):
        reply = await ann.sends_data(f"artist:{id_}:1")
        assert "tell my keepers" not in words(reply)
        for choice in buttons(reply):
            if choice.data.startswith("when"):
                assert number % 10 or (await ann.sends_data(choice.data)).about is not None
            elif not choice.data.startswith("photo"):
                assert "Sources" in words(await ann.sends_data(choice.data))
    for id_ in parts.library.movements:
        assert "Sources" in words(await ann.sends_data(f"style:{id_}"))


def article(**changes: Any) -> Article:
    base: dict[str, Any] = {
        "title": "Maria Schalcken",
        "language": "en",
        "text": "Maria Schalcken was a Dutch painter.",
        "link": "https://en.wikipedia.org/wiki/Maria_Schalcken",
        "shortened": True,
        "fetched": datetime.now(UTC),
        "kind": "artist",
    }
    return Article(**(base | changes))


@pytest.fixture
def wikipedia(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands for the library's look-up: set ``answer`` to an article, ``None`` or an exception."""
    prepared: dict[str, Any] = {"answer": None}

    async def look_up(self: Library, name: str, language: str = "en") -> Article | None:
        if isinstance(prepared["answer"], Exception):
            raise prepared["answer"]
        answer: Article | None = prepared["answer"]
        return answer

    monkeypatch.setattr(Library, "look_up", look_up)
    return prepared


async def test_wikipedia_text_carries_title_link_licence_and_that_it_is_shortened(
    assistant: Assistant, wikipedia: dict[str, Any]
) -> None:
    wikipedia["answer"] = article()
    reply = await Visitor(assistant).asks("artist", "Maria Schalcken")
    credit = reply.blocks[-1].credits[0]  # type: ignore[union-attr]
    assert (credit.name, credit.licence) == ("Wikipedia: Maria Schalcken", "CC BY-SA 4.0")
    assert credit.link.startswith("https://en.wikipedia.org/")
    assert "Shortened" in words(reply)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "do not know a painter called “Nobody Atall”"),
        (WikipediaUnavailable("down"), "Wikipedia cannot be reached just now"),
        (article(kind="other", title="Diego Maradona"), "not as a painter"),
        (article(kind="disambiguation", options=("John Smith (painter)",)), "John Smith (painter)"),
        (article(stale=True), "older copy"),
    ],
)
async def test_whatever_wikipedia_does_the_visitor_gets_an_answer(
    assistant: Assistant, wikipedia: dict[str, Any], answer: Any, sentence: str
) -> None:
    wikipedia["answer"] = answer
    assert sentence in words(await Visitor(assistant).asks("artist", "Nobody Atall"))
