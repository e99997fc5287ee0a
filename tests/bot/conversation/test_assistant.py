"""Everything that arrives gets an answer, and no failure shows its insides."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from bot.conversation.assistant import COMMANDS, Assistant
from bot.conversation.events import Chat, Command, Person, Refusal, Text, Unusable, parse_command
from bot.conversation.help import MENU
from bot.conversation.replies import Choice
from bot.conversation.speech import Parts, pack
from bot.memory.chats import Chats
from bot.vision.recognizer import Recognizer
from tests.bot.conversation.speaking import ANN, CHAT, Visitor, buttons, words
from tests.pictures import jpeg

GROUP = Chat("test", "group", is_group=True)


@pytest.mark.parametrize("command", ["start", "help"])
async def test_hello_and_help_say_what_to_do(assistant: Assistant, command: str) -> None:
    reply = words(await Visitor(assistant).asks(command))
    assert "photo" in reply
    assert "never your photo" in reply
    assert "photos of a tour, until a day after its end" in reply
    assert "on Telegram is kept until it is dealt with" in reply


async def test_help_names_every_command(assistant: Assistant) -> None:
    text = words(await Visitor(assistant).asks("help"))
    assert all(f"/{name}" in text for name in COMMANDS if name != "start")


async def test_the_menu_is_made_of_commands_there_are(assistant: Assistant) -> None:
    assert set(MENU) == set(COMMANDS)
    assert all(assistant.menu().values())


async def test_an_unknown_command_points_to_help(assistant: Assistant) -> None:
    assert "/help" in words(await Visitor(assistant).asks("frobnicate"))


@pytest.mark.parametrize(
    "text", ["hello there", "?", "🎨", "x" * 5000, "   ", "who are you, Docent?"]
)
async def test_other_words_get_a_helpful_answer(assistant: Assistant, text: str) -> None:
    assert "photo" in words(await Visitor(assistant).says(text))


async def test_a_bare_name_is_taken_for_a_question(assistant: Assistant) -> None:
    ann = Visitor(assistant)
    assert words(await ann.says("Monet")).startswith("Claude Monet")
    assert words(await ann.says("impressionism")).startswith("Impressionism")


async def test_words_that_are_merely_near_a_name_get_the_hint_with_names_to_tap(
    assistant: Assistant,
) -> None:
    reply = await Visitor(assistant).says("bonjour")
    assert "photo" in words(reply)
    assert "Rosa Bonheur" in [choice.label for choice in buttons(reply)]


async def test_people_talking_to_each_other_in_a_group_are_left_alone(assistant: Assistant) -> None:
    person = Person("ann")
    talk = Text(id="1", chat=GROUP, person=person, text="Monet was great", addressed=False)
    assert await assistant.handle(talk) is None
    sticker = Unusable(id="2", chat=GROUP, person=person, reason=Refusal.STICKER, addressed=False)
    assert await assistant.handle(sticker) is None
    spoken = Text(id="3", chat=GROUP, person=person, text="what is this?", addressed=True)
    assert await assistant.handle(spoken) is not None


async def test_a_command_that_may_be_another_bots_is_left_alone(assistant: Assistant) -> None:
    dance = Command(id="1", chat=GROUP, person=ANN, name="dance", addressed=False)
    assert await assistant.handle(dance) is None
    assert await assistant.handle(replace(dance, id="2", name="help")) is not None


@pytest.mark.parametrize("reason", list(Refusal))
async def test_whatever_is_no_picture_gets_its_own_sentence(
    assistant: Assistant, reason: Refusal
) -> None:
    reply = await assistant.handle(Unusable(id="1", chat=CHAT, person=ANN, reason=reason))
    assert len(words(reply)) > 20


async def test_a_fault_of_ours_shows_an_id_that_the_log_has_too(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(self: Recognizer, *given: object) -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr(Recognizer, "recognize", broken)
    with caplog.at_level(logging.ERROR):
        reply = words(await Visitor(assistant).shows(jpeg()))
    assert "secret insides" not in reply
    incident = reply.rstrip(".").split()[-1]
    assert incident in caplog.text
    assert "secret insides" in caplog.text


async def test_an_answer_is_told_though_what_it_is_about_cannot_be_kept(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def locked(*given: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(Chats, "talk_about", locked)
    assert words(await Visitor(assistant).says("Monet")).startswith("Claude Monet")
    assert "could not be kept" in caplog.text


async def test_every_button_fits_every_platform(assistant: Assistant, parts: Parts) -> None:
    million = replace(await parts.store.remember_photo("test", "chat", "ann", "1", {}), id=10**9)
    for artist in parts.library.artists.values():
        for verb in ("guess", "artist", "works"):
            assert Choice(artist.name, pack(verb, artist.id, million))
    for movement in parts.library.movements.values():
        assert Choice(movement.name, pack("style", movement.id, million))


def test_a_button_that_no_platform_could_carry_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Choice("x", "ж" * 33)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/artist Monet", ("artist", "Monet")),
        ("/artist@docent_bot  Monet ", ("artist", "Monet")),
        ("/artist\nClaude Monet", ("artist", "Claude Monet")),
        ("/HELP", ("help", "")),
        ("  /help", ("help", "")),
        ("/", None),
        ("no command", None),
        ("", None),
    ],
)
def test_commands_are_told_from_other_text(text: str, expected: tuple[str, str] | None) -> None:
    assert parse_command(text) == expected
