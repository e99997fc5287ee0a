"""A photo of a known work is answered with that work; who doubts it gets the guesses."""

import numpy as np
import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.paintings import room_line
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from tests.bot.conversation.speaking import BOB, CHAT, Visitor, buttons, words
from tests.bot.vision.works import hung
from tests.pictures import RED, encoded, jpeg

LEFT = np.array([[60, 200], [380, 220], [380, 450], [60, 470]], np.float32)
RIGHT = np.array([[520, 180], [900, 160], [905, 480], [515, 455]], np.float32)


@pytest.fixture
def ann(knowing: Parts) -> Visitor:
    return Visitor(Assistant(knowing))


def photo(*works: tuple[int, np.ndarray]) -> bytes:
    return encoded(hung(*works), quality=92)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in buttons(reply)]


async def test_an_album_is_one_question(ann: Visitor) -> None:
    one = await ann.shows_album(jpeg(RED), photo((1, LEFT)), photo((1, RIGHT)))
    assert words(one).splitlines()[0] == "The <Wave>"
    two = await ann.shows_album(photo((2, LEFT)), b"no picture", photo((1, RIGHT)))
    assert labels(two)[:2] == ["A Study", "The <Wave>"]
    none = await ann.shows_album(b"no picture", b"nor this")
    assert "not a picture" in words(none)


@pytest.mark.parametrize(
    ("room", "shown"),
    [("", ""), ("4", "Room 4"), ("XIV", "Room XIV"), ("Room 4", "Room 4"), ("Sala 2", "Sala 2")],
)
def test_a_room_is_shown_as_one(parts: Parts, room: str, shown: str) -> None:
    assert room_line(parts.phrases.say, room) == shown


async def test_a_known_work_is_named_with_all_that_is_known_of_it(ann: Visitor) -> None:
    reply = await ann.shows(photo((1, RIGHT)))
    assert words(reply).splitlines()[0] == "The <Wave>"
    assert "Hokusai · 1831 · A Museum, Paris · Room 7" in words(reply)
    assert "Look." in words(reply)
    assert words(reply).splitlines()[-1] == "Docent's editors"
    assert labels(reply) == [
        "Katsushika Hokusai",
        "Movement: Ukiyo-e",
        "More like this",
        "Not this one",
    ]


async def test_a_work_by_nobody_we_know_has_no_button_for_the_painter(ann: Visitor) -> None:
    reply = await ann.shows(photo((2, RIGHT)))
    assert "Somebody Unheard-of" in words(reply)
    (credit,) = reply.blocks[-1].credits
    assert (credit.name, credit.link) == ("A Museum", "https://docent.example/2")
    assert labels(reply) == ["More like this", "Not this one"]


async def test_from_the_painter_the_way_leads_back_to_the_work(ann: Visitor) -> None:
    life = await ann.taps(await ann.shows(photo((1, RIGHT))), "Hokusai")
    assert "1760–1849" in words(life)
    back = await ann.taps(life, "Back to the photo")
    assert back.replaces
    assert words(back).splitlines()[0] == "The <Wave>"


async def test_who_doubts_the_work_gets_the_guesses_and_nobody_else(
    ann: Visitor, knowing: Parts
) -> None:
    shown = await ann.shows(photo((1, RIGHT)))
    reply = await ann.taps(shown, "Not this one")
    assert reply.toast == "Noted: it is not The <Wave>."
    assert reply.replaces
    assert "If it is not the work I named" in words(reply)
    assert " %" in labels(reply)[0]
    assert await knowing.store.denials(1) == {"famous/the-wave": {"ann"}}
    life = await ann.taps(reply, labels(reply)[0].split(" · ")[0])
    assert "If it is not the work I named" in words(await ann.taps(life, "Back"))
    bob = Visitor(Assistant(knowing), BOB)
    assert labels(await bob.taps(shown, "More like this"))[-1] == "Back to the photo"


async def test_of_several_works_one_may_be_chosen_or_denied(ann: Visitor) -> None:
    reply = await ann.shows(photo((1, RIGHT), (2, LEFT)))
    assert "from left to right" in words(reply)
    assert words(reply).index("A Study") < words(reply).index("The <Wave> by Hokusai")
    assert labels(reply) == ["A Study", "The <Wave>", "More like this"]
    wave = await ann.taps(reply, "The <Wave>")
    assert "Look." in words(wave)
    assert "from left to right" in words(await ann.taps(wave, "Back to the photo"))
    left = await ann.taps(wave, "Not this one")
    assert words(left).splitlines()[0] == "A Study"


async def test_a_likely_work_is_asked_about(ann: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.vision.finder.FEWEST_AGREEING", 1000)
    reply = await ann.shows(photo((1, RIGHT)))
    assert "Could it be The <Wave>?" in labels(reply)
    asked = await ann.taps(reply, "Could it be")
    assert "Look." in words(asked)
    assert "Could it be The <Wave>?" in words(asked)


async def test_an_unknown_work_gets_guesses_as_ever(ann: Visitor) -> None:
    reply = await ann.shows(photo((40, RIGHT)))
    assert " %" in labels(reply)[0] or "It is a painting" in labels(reply)[0]


@pytest.mark.parametrize("data", ["work:9:1", "work:x:1", "notthis:9:1", "notthis::1"])
async def test_a_button_for_a_work_that_is_not_there_is_an_old_one(ann: Visitor, data: str) -> None:
    await ann.shows(photo((1, RIGHT)))
    assert "a photo I no longer know" in words(await ann.sends_data(data))


async def test_what_was_recognised_before_works_were_known_is_still_answered(
    ann: Visitor, knowing: Parts
) -> None:
    await ann.shows(photo((1, RIGHT)))
    seen = await knowing.store.photo(1, CHAT.platform, CHAT.id)
    assert seen is not None
    old = {key: value for key, value in seen.recognition.items() if key != "paintings"}
    old["verdict"] = "unsure"
    kept = await knowing.store.remember_photo(CHAT.platform, CHAT.id, "ann", "old", old)
    assert " %" in labels(await ann.sends_data(f"photo::{kept.id}"))[0]
