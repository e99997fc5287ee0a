"""A caption that names a painter, a movement or a painting is weighed and answered first."""

from dataclasses import replace

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Photo
from bot.conversation.guesses import answer
from bot.conversation.hints import TRUST, answer_hint, weigh
from bot.conversation.replies import Note, Paragraph, Reply
from bot.conversation.speech import Parts, seen_photo
from bot.memory.store import SeenPhoto
from bot.vision.recognizer import Guess, Painting, Recognition, Verdict
from tests.bot.conversation.speaking import ANN, CHAT, Visitor, buttons, words
from tests.pictures import BLUE, RED, jpeg

GUESSES = (
    Guess("edouard-manet", "Édouard Manet", 0.4),
    Guess("claude-monet", "Claude Monet", 0.21),
    Guess("edgar-degas", "Edgar Degas", 0.1),
    Guess("paul-cezanne", "Paul Cézanne", 0.05),
    Guess("rembrandt", "Rembrandt", 0.02),
)
STYLES = (
    Guess("realism", "Realism", 0.4),
    Guess("impressionism", "Impressionism", 0.3),
    Guess("baroque", "Baroque", 0.1),
)
OLYMPIA = Painting(
    "edouard-manet-olympia", "famous", "", "Olympia", "Édouard Manet", artist_id="edouard-manet"
)
PEARL = Painting(
    *("vermeer-girl-with-a-pearl-earring", "famous", "", "Girl with a Pearl Earring"),
    artist="Johannes Vermeer",
    artist_id="johannes-vermeer",
)


def recognized(*works: Painting, verdict: Verdict = Verdict.UNSURE) -> Recognition:
    if any(work.verified for work in works):
        verdict = Verdict.PAINTING
    return Recognition(verdict, GUESSES, STYLES, 1.0, "tiny@0", paintings=works)


def verified(work: Painting) -> Painting:
    return replace(work, verified=True, confidence=0.99)


async def hinted(
    parts: Parts, caption: str, recognition: Recognition | None = None, language: str = "en"
) -> Reply:
    """Return the whole reply to a photo that was recognised so."""
    event = Photo(id="1", chat=CHAT, person=ANN, language=language, picture=b"", caption=caption)
    stored = SeenPhoto(1, "test", "chat", "ann", (recognition or recognized()).to_json())
    parts = parts.in_language(language)
    seen = seen_photo(parts, stored)
    return await answer_hint(parts, event, seen, answer(parts, parts.say(event), seen))


def first(reply: Reply) -> str:
    block = reply.blocks[0]
    assert isinstance(block, Paragraph)
    return block.text


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in buttons(reply)]


def test_a_word_multiplies_the_odds_also_against_what_is_not_shown() -> None:
    weighed = {guess.id: guess.confidence for guess in weigh(GUESSES, ["claude-monet"])}
    odds = weighed["claude-monet"] / (1 - weighed["claude-monet"])
    assert odds == pytest.approx(TRUST * 0.21 / 0.79)
    assert weighed["edouard-manet"] / weighed["edgar-degas"] == pytest.approx(4)
    others = (1 - sum(guess.confidence for guess in GUESSES)) / (1 + (TRUST - 1) * 0.21)
    assert sum(weighed.values()) + others == pytest.approx(1)
    assert weigh(GUESSES, ["nobody"]) == GUESSES


async def test_hint_that_agrees_with_a_work_known_on_sight_is_confirmed(parts: Parts) -> None:
    known = recognized(verified(PEARL))
    for caption in ("Vermeer?", "Girl with a Pearl Earring", "Dutch Golden Age"):
        assert first(await hinted(parts, caption, known)).startswith("Yes, "), caption
    assert first(await hinted(parts, "Vermeer?", known)) == (
        "Yes, well seen: Girl with a Pearl Earring by Johannes Vermeer."
    )


async def test_known_work_by_another_hand_is_said_kindly(parts: Parts) -> None:
    reply = await hinted(parts, "is this Monet?", recognized(verified(PEARL)))
    assert first(reply) == (
        "Not Claude Monet this time. I recognise it: Girl with a Pearl Earring by Johannes Vermeer."
    )
    assert "Claude Monet" in labels(reply)
    assert "Not Guernica" in first(await hinted(parts, "Guernica", recognized(verified(PEARL))))
    style = first(await hinted(parts, "Cubism?", recognized(verified(PEARL))))
    assert style.startswith("I would not call it Cubism: Johannes Vermeer is")


async def test_known_work_of_an_unknown_hand_neither_confirms_nor_denies(parts: Parts) -> None:
    known = recognized(verified(Painting("7", "Ours", "7.jpg", "A Study")))
    assert "not whose it is" in first(await hinted(parts, "Monet?", known))
    assert "not whose it is" in first(await hinted(parts, "Cubism?", known))


async def test_of_several_works_those_by_the_named_hand_are_told(parts: Parts) -> None:
    told = first(await hinted(parts, "Manet", recognized(verified(PEARL), verified(OLYMPIA))))
    assert told == "Yes, well seen: Olympia by Édouard Manet."


async def test_hint_among_the_guesses_is_weighed_and_marked(parts: Parts) -> None:
    reply = await hinted(parts, "is this Monet?")
    assert first(reply) == (
        "Claude Monet is my second guess too, at 21 %. With your hint I would lean that way."
    )
    assert reply.blocks[1] == Note(
        "With your hint, which I count fourfold: "
        "Claude Monet 52 % (your hint), Édouard Manet 25 %, Edgar Degas 6 %."
    )
    assert labels(reply)[:3] == [
        "Édouard Manet · 40 %",
        "Claude Monet · 21 %",
        "Edgar Degas · 10 %",
    ]
    assert labels(reply) == labels(await hinted(parts, ""))


async def test_weak_guess_stays_behind_and_gets_a_button(parts: Parts) -> None:
    reply = await hinted(parts, "Rembrandt!")
    assert first(reply) == (
        "Rembrandt is my fifth guess too, at 2 %. "
        "With your hint it comes nearer, but Édouard Manet stays ahead."
    )
    assert "Rembrandt 8 % (your hint)" in words(reply)
    assert labels(reply)[-1] == "Rembrandt"


async def test_the_first_guess_needs_no_weighing_where_it_is_named_anyway(parts: Parts) -> None:
    reply = await hinted(parts, "Manet?", recognized(verdict=Verdict.ARTIST))
    assert first(reply) == "I think so too: Édouard Manet, at 40 %."
    assert "fourfold" not in words(reply)
    doubted = await hinted(parts, "Manet?")
    assert "my first guess too, at 40 %" in first(doubted)


async def test_painter_whom_the_network_knows_but_does_not_see(parts: Parts) -> None:
    reply = await hinted(parts, "van Gogh?")
    assert first(reply) == "I see little of Vincent van Gogh in it."
    assert labels(reply)[:3] == labels(await hinted(parts, ""))[:3]
    assert buttons(reply)[-1].data == "artist:vincent-van-gogh:1"


async def test_painter_whom_the_network_never_learnt_is_told_of_by_a_button(parts: Parts) -> None:
    reply = await hinted(parts, "Is it by Artemisia Gentileschi?")
    assert first(reply).startswith("I have not learnt to recognise Artemisia Gentileschi")
    assert buttons(reply)[-1].data == "artist:artemisia-gentileschi:1"


async def test_movements_are_weighed_alike(parts: Parts) -> None:
    reply = await hinted(parts, "Ist das impressionistisch?", language="de")
    assert "Impressionismus ist auch meine zweite Vermutung, mit 30\xa0%" in first(reply)
    assert "Impressionismus 63\xa0% (Ihr Hinweis)" in words(reply)
    assert "I see little of Fauvism" in first(await hinted(parts, "fauvism?"))
    assert "not learnt to recognise Art Informel" in first(await hinted(parts, "Tachisme?"))
    sure = await hinted(parts, "Realism", recognized(verdict=Verdict.MOVEMENT))
    assert first(sure) == "I think so too: Realism, at 40 %."


async def test_title_that_is_not_verified(parts: Parts) -> None:
    reply = await hinted(parts, "Guernica?")
    assert first(reply) == "I did not recognise it as Guernica by Pablo Picasso."
    assert buttons(reply)[-1].data == "painting:picasso-guernica"
    assert "fourfold" not in words(reply)
    with_painter = await hinted(parts, "Olympia by Manet")
    assert first(with_painter) == "I did not recognise it as Olympia by Édouard Manet."
    assert "Édouard Manet is my first guess too" in words(with_painter)


async def test_title_that_is_a_likely_one(parts: Parts) -> None:
    reply = await hinted(parts, "The Wave?", recognized(Painting("9", "Ours", "", "The Wave", "X")))
    assert first(reply).startswith("It may well be The Wave by X")


async def test_two_names_are_weighed_together(parts: Parts) -> None:
    reply = await hinted(parts, "Monet or Degas?")
    assert "Claude Monet is my second guess too" in first(reply)
    assert words(reply).count("(your hint)") == 2
    assert "Rubens or Vincent van Gogh" in first(await hinted(parts, "Rubens or van Gogh?"))


async def test_where_there_is_no_painting_there_is_nothing_to_weigh(parts: Parts) -> None:
    reply = await hinted(parts, "Monet?", recognized(verdict=Verdict.NOT_A_PAINTING))
    assert first(reply) == "I see no painting here that I could compare with Claude Monet."


async def test_other_captions_change_nothing(parts: Parts) -> None:
    assert await hinted(parts, "with my friend Martin") == await hinted(parts, "")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
async def test_every_answer_is_there_in_every_language(parts: Parts, language: str) -> None:
    whole = [recognized(), recognized(verified(PEARL)), recognized(verdict=Verdict.NOT_A_PAINTING)]
    for recognition in whole:
        for caption in ("Monet", "Vermeer", "Cubism", "Baroque", "Guernica", "Renaissance?"):
            told = first(await hinted(parts, caption, recognition, language))
            assert "{" not in told and "hunch" not in told
            if language != "en":
                assert told != first(await hinted(parts, caption, recognition))


async def test_photo_and_album_are_answered_by_the_assistant_in_one_message(
    assistant: Assistant, parts: Parts
) -> None:
    ann = Visitor(assistant)
    reply = await ann.shows(jpeg(RED), caption="is this Hokusai?")
    assert first(reply).startswith("Katsushika Hokusai is my ")
    stored = await parts.store.photo(1, "test", "chat")
    plain = await ann.shows(jpeg(RED))
    again = await parts.store.photo(2, "test", "chat")
    assert stored and again
    assert stored.recognition["artists"] == again.recognition["artists"]
    album = await ann.shows_album(jpeg(RED), jpeg(BLUE), captions=("", "van Gogh?"))
    assert "Vincent van Gogh is my " in first(album)
    back = await ann.taps(await ann.taps(reply, "Rembrandt"), "Back")
    assert back.choices == plain.choices or labels(back) == labels(plain)


async def test_caption_that_enrols_a_work_is_no_hint(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    await ann.asks("collection", "new Ours")
    kept = await ann.shows(jpeg(RED), caption="Guernica; Pablo Picasso")
    assert "did not recognise" not in words(kept)
