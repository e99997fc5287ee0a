"""A visitor asks why: the photo with what counted, the chart, what is alike; or words instead."""

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.reasons import where_words
from bot.conversation.replies import Picture, Reply
from bot.conversation.shelf import SIDE, Shelf
from bot.conversation.speech import Parts
from bot.vision.drawing import PLACES
from bot.vision.recognizer import Attention
from tests.bot.conversation.speaking import Visitor, words
from tests.pictures import RED, jpeg, painting

VERSION_1: dict[str, Any] = {
    "verdict": "artist",
    "paintings": [],
    "artists": [{"id": "rembrandt", "name": "Rembrandt", "confidence": 0.9}],
    "movements": [{"id": "baroque", "name": "Baroque", "confidence": 0.8}],
    "similar": [],
    "milliseconds": 40.0,
    "model": "docent@1",
}
"""What was stored before there were maps, a gallery and five guesses."""


def picture_of(reply: Reply) -> tuple[Picture, Image.Image]:
    (picture,) = reply.pictures
    return picture, Image.open(io.BytesIO(picture.data))


def labels(reply: Reply) -> list[list[str]]:
    return [[choice.label for choice in row] for row in reply.choices]


async def test_the_reasons_are_one_calm_row_below_the_guesses(assistant: Assistant) -> None:
    rows = labels(await Visitor(assistant).shows(jpeg(RED)))
    assert [len(row) for row in rows] == [1, 1, 1, 1, 3]
    assert rows[-1] == ["Where I looked", "Chart", "More like this"]


async def test_where_i_looked_is_drawn_on_the_photo_and_said(assistant: Assistant) -> None:
    image = painting((30, 30, 30), (1600, 800))
    image.paste(painting(RED, (400, 200)), (0, 0))
    ann = Visitor(assistant)
    reply = await ann.taps(await ann.shows(encoded_png(image)), "Where I looked")
    picture, drawn = picture_of(reply)
    assert (picture.mime, drawn.format) == ("image/jpeg", "JPEG")
    assert max(drawn.size) <= SIDE
    assert drawn.width == 2 * drawn.height
    assert "the upper left" in picture.alt
    assert "Rembrandt" in words(reply)
    assert "a hint, not a proof" in words(reply)
    assert not reply.replaces
    assert reply.again


def encoded_png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("lost", ["restart", "age"])
async def test_where_i_looked_is_said_in_words_once_the_photo_is_gone(
    assistant: Assistant, parts: Parts, lost: str
) -> None:
    photo = await Visitor(assistant).shows(jpeg(RED))
    if lost == "age":
        parts.shelf.drop(1)
    else:
        assistant = Assistant(replace(parts, shelf=Shelf()))
    reply = await Visitor(assistant).taps(photo, "Where I looked")
    assert reply.pictures == ()
    assert words(reply).startswith("I looked")
    assert "I do not keep photos" in words(reply)
    assert reply.again == "", "a second tap may come when the photo has been sent again"
    again = await Visitor(assistant).shows(jpeg(RED))
    assert (await Visitor(assistant).taps(again, "Where I looked")).pictures


async def test_no_photo_is_ever_in_the_database(
    assistant: Assistant, parts: Parts, tmp_path: Any
) -> None:
    ann, photo = Visitor(assistant), jpeg(RED)
    await ann.taps(await ann.shows(photo), "Where I looked")
    copy = parts.shelf.get(1)
    assert copy is not None
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert copy[600:700] not in path.read_bytes()
            assert photo[600:700] not in path.read_bytes()


async def test_the_chart_shows_and_says_five_painters_and_five_movements(
    assistant: Assistant,
) -> None:
    ann = Visitor(assistant)
    reply = await ann.taps(await ann.shows(jpeg(RED)), "Chart")
    picture, drawn = picture_of(reply)
    assert (picture.mime, drawn.format) == ("image/png", "PNG")
    painters, movements = picture.alt.splitlines()
    assert painters.startswith("Painters: Rembrandt 99 %, ")
    assert movements.startswith("Movements: Baroque 99 %, ")
    assert painters.count("%") == movements.count("%") == 5
    assert "100 %" not in picture.alt


async def test_more_like_this_names_five_works_and_leads_to_the_painters_it_knows(
    assistant: Assistant,
) -> None:
    ann = Visitor(assistant)
    photo = await ann.shows(jpeg(RED))
    reply = await ann.taps(photo, "More like this")
    lines = words(reply).splitlines()
    assert lines[0] == "More like this"
    assert lines[1:6] == [
        "The Night Watch, Rembrandt, 1642",
        "Title not known, Rembrandt, 1632",
        "The Red Vineyard, Vincent van Gogh, 1888",
        "Haystacks, Claude Monet",
        "A <Red> Study, Master Of The Red Wall, about 1500",
    ]
    assert labels(reply) == [
        ["Rembrandt", "Vincent van Gogh"],
        ["Claude Monet"],
        ["Back to the guesses"],
    ]
    assert words(await ann.taps(reply, "van Gogh")).startswith("Vincent van Gogh")
    assert (await ann.taps(reply, "Back")).choices == photo.choices


async def test_without_a_gallery_there_is_no_button_for_what_is_alike(
    assistant: Assistant, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.recognizer, "_gallery", None)
    ann = Visitor(assistant)
    assert labels(await ann.shows(jpeg(RED)))[-1] == ["Where I looked", "Chart"]
    assert "no works that look alike" in words(await ann.sends_data("alike::1"))


async def test_a_photo_of_version_1_still_answers_every_button(
    assistant: Assistant, parts: Parts
) -> None:
    await parts.store.remember_photo("test", "chat", "ann", "old", VERSION_1)
    ann = Visitor(assistant)
    guesses = await ann.sends_data("photo::1")
    assert labels(guesses)[-1] == ["Chart"]
    assert "did not note where I looked" in words(await ann.sends_data("where::1"))
    assert "no works that look alike" in words(await ann.sends_data("alike::1"))
    picture, _ = picture_of(await ann.sends_data("chart::1"))
    assert picture.alt == "Painters: Rembrandt 90 %.\nMovements: Baroque 80 %."


@pytest.mark.parametrize("data", ["where", "where:", "where::2", "chart:x", "alike::9"])
async def test_a_reason_for_no_photo_of_this_chat_gets_a_sentence(
    assistant: Assistant, data: str
) -> None:
    ann = Visitor(assistant)
    await ann.shows(jpeg(RED))
    assert "no longer know" in words(await ann.sends_data(data))


@pytest.mark.parametrize("place", [place for row in PLACES for place in row])
def test_every_place_has_words(place: str) -> None:
    assert Phrases().say(f"place_{place}")


def attention(*bright: tuple[int, int]) -> Attention:
    return tuple(tuple(100 if (y, x) in bright else 0 for x in range(7)) for y in range(7))


@pytest.mark.parametrize(
    ("bright", "sentence"),
    [
        ([(3, 3)], "I looked mostly at the centre of the picture."),
        ([(0, 0), (6, 6)], "the upper left of the picture and at the lower right."),
        ([(y, x) for y in range(7) for x in range(7)], "I looked at the whole picture"),
    ],
)
def test_where_it_looked_is_a_sentence(bright: list[tuple[int, int]], sentence: str) -> None:
    assert sentence in where_words(Phrases().say, attention(*bright))
