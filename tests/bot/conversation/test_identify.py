"""A photo gets one message with three guesses; a tap is kept and tells the painter's life."""

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.vision.recognizer import Guess, Recognition, Verdict
from tests.bot.conversation.speaking import BOB, Visitor, buttons, words
from tests.pictures import BLUE, RED, jpeg

WHITE = (255, 255, 255)


async def test_a_photo_gets_three_guesses_with_percentages_and_the_movement(
    assistant: Assistant,
) -> None:
    reply = await Visitor(assistant).shows(jpeg(RED))
    guesses = buttons(reply)[:3]
    assert guesses[0].label.startswith("Rembrandt · ")
    assert all(choice.label.endswith(" %") for choice in guesses)
    assert not reply.replaces
    assert "Rembrandt" in words(reply)
    assert "Movement: Baroque" in words(reply)


async def test_nothing_is_ever_a_hundred_percent_sure(assistant: Assistant) -> None:
    reply = await Visitor(assistant).shows(jpeg((255, 0, 0)))
    assert "100 %" not in words(reply) + str(buttons(reply))
    assert "· 0 %" not in str(buttons(reply))


async def test_a_tap_is_kept_and_tells_the_life_with_sources(
    assistant: Assistant, parts: Parts
) -> None:
    ann = Visitor(assistant)
    reply = await ann.taps(await ann.shows(jpeg(RED)), "Rembrandt")
    assert reply.replaces
    assert reply.toast == "Noted: Rembrandt"
    assert "1606–1669" in words(reply)
    assert "Sources" in words(reply)
    labels = [choice.label for choice in buttons(reply)]
    assert labels == [
        *("Movement: Baroque", "Movement: Dutch Golden Age"),
        *("Notable works", "Timeline", "Back to the guesses"),
    ]
    assert await parts.store.guesses(1) == {"ann": "rembrandt"}


async def test_a_guess_can_be_changed_and_counts_once_a_person(
    assistant: Assistant, parts: Parts
) -> None:
    ann, bob = Visitor(assistant), Visitor(assistant, BOB)
    photo = await ann.shows(jpeg(RED))
    life = await ann.taps(photo, "Rembrandt")
    await ann.taps(await ann.taps(life, "Back"), "Monet")
    await bob.taps(photo, "Hokusai")
    assert await parts.store.guesses(1) == {"ann": "claude-monet", "bob": "katsushika-hokusai"}


async def test_the_way_back_shows_the_guesses_and_what_was_guessed(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    photo = await ann.shows(jpeg(RED))
    back = await ann.taps(await ann.taps(photo, "Rembrandt"), "Back")
    assert back.replaces
    assert back.choices == photo.choices
    assert "Your guess: Rembrandt" in words(back)


async def test_every_button_of_a_photo_leads_somewhere_and_back(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    photo = await ann.shows(jpeg(BLUE))
    life = await ann.taps(photo, "Hokusai")
    works = await ann.taps(life, "Notable works")
    assert "Great Wave" in words(works)
    movement = await ann.taps(life, "Movement: Ukiyo-e")
    assert "How to recognise it" in words(movement)
    for reply in (works, movement, await ann.taps(photo, "Movement")):
        assert (await ann.taps(reply, "Back to the guesses")).choices == photo.choices
    assert words(await ann.taps(works, "Hokusai")) == words(life)


async def test_the_same_event_twice_is_one_photo(assistant: Assistant, parts: Parts) -> None:
    ann = Visitor(assistant)
    first = await ann.shows(jpeg(RED), "same")
    assert await ann.shows(jpeg(RED), "same") == first
    assert await parts.store.photo(2, "test", "chat") is None


async def test_a_button_works_after_a_restart(assistant: Assistant, parts: Parts) -> None:
    photo = await Visitor(assistant).shows(jpeg(RED))
    restarted = Visitor(Assistant(parts))
    assert "1606–1669" in words(await restarted.taps(photo, "Rembrandt"))


async def test_a_button_of_another_chat_tells_nothing(assistant: Assistant, parts: Parts) -> None:
    photo = await Visitor(assistant).shows(jpeg(RED))
    stranger = Visitor(assistant, BOB, Chat("test", "elsewhere"))
    for choice in buttons(photo)[:3]:
        assert "no longer know" in words(await stranger.sends_data(choice.data))
    assert await parts.store.guesses(1) == {}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "guess",
        "guess:rembrandt",
        "guess:leonardo-da-vinci:1",
        "guess:rembrandt:999",
        "guess:rembrandt:x",
        "guess:rembrandt:-1",
        "guess:rembrandt:99999999999999999999999",
        "guess:rembrandt:٣",
        "artist:rembrandt:999",
        "artist:rembrandt:" + 30 * "é",
        "photo:",
        "photo::999",
        "photo:7:8:9",
        "artist:nobody",
        "works:nobody",
        "style:nobody",
        "artist:a:b:c",
        "delete:everything",
    ],
)
async def test_a_forged_or_forgotten_button_gets_a_sentence(
    assistant: Assistant, parts: Parts, data: str
) -> None:
    ann = Visitor(assistant)
    await ann.shows(jpeg(RED))
    assert "no longer know" in words(await ann.sends_data(data))
    assert await parts.store.guesses(1) == {}


async def test_identify_in_answer_to_a_photo_looks_at_that_photo(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    for command in ("identify", "artist", "movement"):
        reply = await ann.asks(command, picture=jpeg(RED))
        assert buttons(reply)[0].label.startswith("Rembrandt")


async def test_help_in_answer_to_a_photo_is_still_help(assistant: Assistant) -> None:
    assert not buttons(await Visitor(assistant).asks("help", picture=jpeg(RED)))


async def test_identify_without_a_photo_asks_for_one(assistant: Assistant) -> None:
    assert "photo" in words(await Visitor(assistant).asks("identify"))


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [(b"", "empty"), (b"hello", "not a picture"), (jpeg()[:2000], "damaged")],
)
async def test_a_photo_that_cannot_be_used_gets_its_own_sentence(
    assistant: Assistant, parts: Parts, picture: bytes, sentence: str
) -> None:
    reply = await Visitor(assistant).shows(picture)
    assert sentence in words(reply)
    assert not buttons(reply)
    assert await parts.store.photo(1, "test", "chat") is None


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (Verdict.ARTIST, "the hand of Claude Monet"),
        (Verdict.MOVEMENT, "this looks like Impressionism"),
        (Verdict.UNSURE, "I am not sure"),
        (Verdict.NOT_A_PAINTING, "I still doubt that this is a painting"),
    ],
)
async def test_doubt_is_said_aloud(parts: Parts, verdict: Verdict, sentence: str) -> None:
    from bot.conversation.guesses import opinion

    recognition = Recognition(
        verdict,
        (Guess("claude-monet", "Claude Monet", 0.4),),
        (Guess("impressionism", "Impressionism", 0.4),),
        1.0,
        "x@1",
    )
    said = opinion(Phrases().say, recognition)
    assert sentence in said
    assert ("Claude Monet" in said) == (verdict is Verdict.ARTIST), "no painter is named in doubt"


async def test_what_is_no_painting_is_told_warmly_with_the_guesses_one_tap_away(
    assistant: Assistant, parts: Parts
) -> None:
    ann = Visitor(assistant)
    reply = await ann.shows(jpeg(WHITE), "same")
    assert "does not look like a painting to me" in words(reply)
    assert "closer, straight on" in words(reply)
    assert not any(label.name in words(reply) for label in parts.recognizer.card.artists)
    assert [choice.label for choice in buttons(reply)] == ["It is a painting: show your guesses"]
    assert await ann.shows(jpeg(WHITE), "same") == reply

    guesses = await ann.taps(reply, "It is a painting")
    assert guesses.replaces
    assert "I still doubt" in words(guesses)
    assert [choice.data.split(":")[0] for choice in buttons(guesses)][:4] == [
        "guess",
        "guess",
        "guess",
        "style",
    ]
    name = buttons(guesses)[0].label.split(" · ")[0]
    life = await ann.taps(guesses, name)
    assert life.toast == f"Noted: {name}"
    assert (await ann.taps(life, "Back to the guesses")).choices == guesses.choices


async def test_only_the_three_guesses_that_are_offered_can_be_tapped(
    assistant: Assistant, parts: Parts
) -> None:
    ann = Visitor(assistant)
    await ann.shows(jpeg(RED))
    stored = await parts.store.photo(1, "test", "chat")
    assert stored is not None
    fourth = stored.recognition["artists"][3]["id"]
    assert "no longer know" in words(await ann.sends_data(f"guess:{fourth}:1"))
    assert await parts.store.guesses(1) == {}
