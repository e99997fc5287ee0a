"""Photos, files and words on Telegram, against a Bot API server on loopback."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image

from bot.conversation.events import Album, Command, Photo, Refusal, Text, Unusable
from bot.conversation.replies import Paragraph, Reply
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA, GROUP = 7, -1001234567890


async def test_photo_is_taken_in_the_smallest_size_that_suffices(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg(4000, 3000))
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Photo)
    with Image.open(BytesIO(event.picture)) as picture:
        assert picture.size == (1280, 960)


async def test_an_album_is_one_question_with_one_answer(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.replies[Album] = Reply((Paragraph("One work, seen three times."),))
    async with running(telegram_server, assistant):
        album = {"media_group_id": "77"}
        first = telegram_server.people.send_photo(ADA, jpeg(), caption="Whose is it?", **album)
        for colour in ("red", "navy"):
            telegram_server.people.send_photo(ADA, jpeg(colour=colour), **album)
        telegram_server.people.send_text(ADA, "Well?")
        answer, after = [await telegram_server.next_message() for _ in range(2)]
    assert (answer.text, after.text) == ("One work, seen three times.", "Text heard")
    question, words = assistant.events
    assert isinstance(question, Album)
    assert isinstance(words, Text)
    assert [photo.caption for photo in question.photos] == ["Whose is it?", "", ""]
    assert question.id == question.photos[0].id
    assert len({photo.picture for photo in question.photos}) == 3
    assert str(first["message_id"]) in question.id


async def test_what_cannot_be_had_of_an_album_is_left_out(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        album = {"media_group_id": "78"}
        large = {"size": 21 * 1024 * 1024}
        telegram_server.people.send_document(ADA, jpeg(), "a.png", **large, **album)
        telegram_server.people.send_photo(ADA, jpeg(), **album)
        await telegram_server.next_message()
        telegram_server.people.send_document(ADA, jpeg(), "b.png", **large, media_group_id="79")
        telegram_server.people.send_document(ADA, jpeg(), "c.png", **large, media_group_id="79")
        await telegram_server.next_message()
    photo, refused = assistant.events
    assert isinstance(photo, Photo)
    assert isinstance(refused, Unusable)
    assert refused.reason is Refusal.TOO_BIG


async def test_photo_in_a_group_is_answered_in_reply(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        photo = telegram_server.people.send_photo(GROUP, jpeg(), caption="@docent_test_bot")
        sent = await telegram_server.next_message()
    assert f'"message_id": {photo["message_id"]}' in sent.request["reply_parameters"]
    (event,) = assistant.events
    assert isinstance(event, Photo)
    assert event.chat.is_group
    assert event.addressed


async def test_reply_goes_to_the_topic_it_was_asked_in(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        topic = {"message_thread_id": 5, "is_topic_message": True}
        telegram_server.people.send_photo(GROUP, jpeg(), caption="/identify", **topic)
        sent = await telegram_server.next_message()
    assert sent.request["message_thread_id"] == "5"


async def test_command_in_reply_to_someones_photo_takes_its_picture(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.wanted = set()
    async with running(telegram_server, assistant):
        photo = telegram_server.people.send_photo(GROUP, jpeg(), person=8)
        telegram_server.people.send_text(GROUP, "/artist@docent_test_bot", reply_to=photo)
        sent = await telegram_server.next_message()
    (command,) = assistant.events
    assert isinstance(command, Command)
    assert (command.name, command.argument, command.person.id) == ("artist", "", "7")
    assert command.picture is not None
    assert command.picture.startswith(b"\xff\xd8")
    assert len(sent.buttons) == 2


async def test_picture_sent_as_a_file_arrives_byte_for_byte(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    content = jpeg()
    async with running(telegram_server, assistant):
        telegram_server.people.send_document(ADA, content, "IMG_1.HEIC")
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Photo)
    assert event.picture == content


async def test_file_above_20_mb_is_not_asked_for(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        telegram_server.people.send_document(ADA, b"x", "a.tif", "image/tiff", size=21 * 2**20)
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Unusable)
    assert event.reason is Refusal.TOO_BIG
    assert telegram_server.calls("getFile") == []


async def test_file_that_telegram_calls_too_big_is_refused_as_such(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    telegram_server.refuse("getFile", 400, "Bad Request: file is too big")
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.next_message()
    assert [getattr(event, "reason", None) for event in assistant.events] == [Refusal.TOO_BIG]


@pytest.mark.parametrize("failures", [1, 2])
async def test_download_is_tried_twice(
    telegram_server: BotApiServer, assistant: Scripted, failures: int
) -> None:
    for _ in range(failures):
        telegram_server.refuse("download", 502, "Bad Gateway")
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Photo if failures == 1 else Unusable)
    assert getattr(event, "reason", Refusal.NOT_DOWNLOADED) is Refusal.NOT_DOWNLOADED
    assert len(telegram_server.calls("download")) == 2


async def test_download_that_hangs_ends_with_a_refusal(
    telegram_server: BotApiServer, assistant: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.telegram.pictures.DOWNLOAD_SECONDS", 0.1)
    async with running(telegram_server, assistant):
        message = telegram_server.people.send_document(ADA, jpeg(), "a.jpg")
        telegram_server.gates[message["document"]["file_id"]] = asyncio.Event()
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Unusable)
    assert event.reason is Refusal.NOT_DOWNLOADED


async def test_reply_follows_a_group_that_became_a_supergroup(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    telegram_server.refuse(
        "sendMessage", 400, "Bad Request: group chat was upgraded", migrate_to_chat_id=GROUP
    )
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(-55, jpeg(), caption="@docent_test_bot")
        sent = await telegram_server.next_message()
    assert sent.message["chat"]["id"] == GROUP


async def test_text_names_and_other_things_arrive_as_events(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 1}
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(GROUP, "@docent_test_bot Vermeer")
        telegram_server.people.send(ADA, voice=voice)
        await telegram_server.next_message()
        await telegram_server.next_message()
    text, other = sorted(assistant.events, key=lambda event: event.id)
    assert isinstance(text, Text)
    assert (text.text, text.addressed) == ("Vermeer", True)
    assert isinstance(other, Unusable)
    assert other.reason is Refusal.AUDIO
