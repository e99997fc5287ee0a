"""Short words are understood as asking on about what was last told."""

from datetime import UTC, datetime

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from knowledge.articles import Article, ArticleKind, WikipediaUnavailable
from knowledge.library import Library
from tests.bot.conversation.speaking import BOB, Visitor, buttons, words


@pytest.fixture
def ann(assistant: Assistant) -> Visitor:
    return Visitor(assistant)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("and his teacher?", "Pieter Lastman"),
        ("Who taught him?", "Pieter Lastman"),
        ("works", "Notable works by Rembrandt"),
        ("show me more paintings please", "Notable works by Rembrandt"),
        ("what movement was he?", "Baroque"),
        ("Where do they hang?", "Notable works by Rembrandt"),
    ],
)
async def test_a_painter_is_asked_on_about(ann: Visitor, asked: str, told: str) -> None:
    await ann.asks("artist", "Rembrandt")
    assert told in words(await ann.says(asked))


async def test_its_time_is_drawn(ann: Visitor) -> None:
    await ann.asks("artist", "Rembrandt")
    (picture,) = (await ann.says("timeline")).pictures
    assert "Rembrandt: 1606–1669" in picture.alt


async def test_one_question_leads_to_the_next(ann: Visitor) -> None:
    await ann.asks("artist", "Anthony van Dyck")
    teacher = await ann.says("his teacher")
    assert words(teacher)
    assert "Whom" not in words(teacher)
    assert "Notable works" in words(await ann.says("and works?"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("where is it?", "Girl with a Pearl Earring is in Mauritshuis"),
        ("when was it painted", "Girl with a Pearl Earring: c. 1665"),
        ("who painted it?", "Johannes Vermeer"),
        ("more", "Johannes Vermeer"),
        ("what style is this", "Baroque"),
    ],
)
async def test_a_painting_is_asked_on_about(ann: Visitor, asked: str, told: str) -> None:
    await ann.asks("painting", "Girl with a Pearl Earring")
    assert told in words(await ann.says(asked))


async def test_a_movement_is_asked_on_about(ann: Visitor) -> None:
    await ann.asks("movement", "Impressionism")
    assert "Claude Monet" in [b.label for b in buttons(await ann.says("its painters?"))]
    assert "brushstrokes" in words(await ann.says("how do I recognise it?"))
    assert "cannot tell" in words(await ann.says("teacher?"))


async def test_more_is_what_wikipedia_says(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Article(
        title="Rembrandt",
        language="en",
        text="Rembrandt was a Dutch painter.",
        link="https://en.wikipedia.org/wiki/Rembrandt",
        shortened=True,
        fetched=datetime.now(UTC),
        kind=ArticleKind.ARTIST,
    )

    async def more(self: Library, entry: object, language: str) -> Article:
        return page

    await ann.asks("artist", "Rembrandt")
    monkeypatch.setattr(Library, "more", more)
    told = words(await ann.says("tell me more"))
    assert "Rembrandt was a Dutch painter." in told
    assert "Wikipedia: Rembrandt" in told


async def test_without_wikipedia_more_gets_a_sentence(
    ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ann.asks("artist", "Rembrandt")
    assert "no more about Rembrandt" in words(await ann.says("tell me more"))

    async def more(self: Library, entry: object, language: str) -> Article:
        raise WikipediaUnavailable("no network")

    monkeypatch.setattr(Library, "more", more)
    assert "cannot be reached" in words(await ann.says("more"))


async def test_everybody_asks_on_about_their_own_topic(ann: Visitor) -> None:
    await ann.asks("artist", "Rembrandt")
    bob = Visitor(ann.assistant, BOB)
    assert "Send me a photo" in words(await bob.says("and his teacher?"))


async def test_a_name_is_a_name_and_not_asked_on(ann: Visitor) -> None:
    await ann.asks("artist", "Rembrandt")
    assert words(await ann.says("Vermeer")).startswith("Johannes Vermeer")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("who taught Anthony van Dyck?", "Hendrick van Balen"),
        ("paintings by Vermeer", "Notable works by Johannes Vermeer"),
        ("Where do Monet's paintings hang", "Notable works by Claude Monet"),
        ("what style is Caravaggio", "Baroque"),
        ("Color Field painting", "Color Field"),
        ("more about Monet", "Claude Monet"),
        ("who painted the Mona Lisa?", "Leonardo da Vinci"),
        ("Where is the Night Watch", "Rijksmuseum"),
    ],
)
async def test_a_question_may_bring_its_name(ann: Visitor, asked: str, told: str) -> None:
    assert told in words(await ann.says(asked))


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("de", "und sein Lehrer?", "Pieter Lastman"),
        ("de", "mehr", "Rembrandt"),
        ("de", "Wo hängen die Bilder?", "Rijksmuseum"),
        ("fr", "qui était son maître ?", "Pieter Lastman"),
        ("fr", "ses œuvres", "Rijksmuseum"),
        ("es", "¿y su maestro?", "Pieter Lastman"),
        ("es", "¿dónde están sus cuadros?", "Rijksmuseum"),
        ("fr", "qui a peint La Joconde ?", "Léonard de Vinci"),
        ("it", "e il suo maestro?", "Pieter Lastman"),
        ("it", "le opere", "Rijksmuseum"),
    ],
)
async def test_every_language_asks_on(ann: Visitor, language: str, asked: str, told: str) -> None:
    await ann.asks("language", language)
    await ann.asks("artist", "Rembrandt")
    assert told in words(await ann.says(asked))


async def test_what_the_library_lost_since_is_no_topic(
    ann: Visitor, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ann.asks("artist", "Rembrandt")
    others = {id_: artist for id_, artist in parts.library.artists.items() if id_ != "rembrandt"}
    monkeypatch.setattr(parts.library, "artists", others)
    assert "Send me a photo" in words(await ann.says("and his teacher?"))
