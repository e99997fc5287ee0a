"""The ways in which something reaches Docent on Telegram, and what it lets pass, over HTTP."""

import asyncio
from pathlib import Path

import pytest

from bot.conversation.events import Album, Clip, Command, Photo, Refusal, Tap, Text, Unusable
from bot.conversation.replies import Paragraph, Poll, Reply
from bot.memory.store import Store
from tests.films import SHARP, film
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA, EVE = 7, 8
GROUP, CHANNEL = -1001234567890, -1002222222222
NAME = "@docent_test_bot"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """An album is whole at once: its messages are there before the bot asks."""
    monkeypatch.setattr("bot.platforms.telegram.albums.ALBUM_SECONDS", 0.1)


@pytest.fixture
def assistant() -> Scripted:
    """An assistant that looks at photos only when it is asked to."""
    scripted = Scripted()
    scripted.wanted = set()
    return scripted


async def heard(server: BotApiServer, words: str = "The end") -> None:
    """Wait until all that was sent before has been dealt with."""
    server.people.send_text(ADA, words)
    await server.next_message()


async def test_photo_that_people_show_each_other_is_left_alone(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    async with running(telegram_server, assistant):
        people.send_photo(GROUP, jpeg(), caption="Look!")
        people.send_album(GROUP, [jpeg(), jpeg(colour="red")])
        people.send_document(GROUP, jpeg(), "IMG_1.HEIC", "image/heic")
        people.send_text(GROUP, f"{NAME} hello")
        await telegram_server.next_message()
    assert [type(event) for event in assistant.events] == [Text]
    for method in ("getFile", "sendChatAction"):
        assert telegram_server.calls(method) == []


async def test_photo_is_looked_at_where_the_group_wants_it(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.wanted = {str(GROUP)}
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(GROUP, jpeg())
        await telegram_server.next_message()
    (event,) = assistant.events
    assert isinstance(event, Photo)
    assert not event.addressed
    assert len(telegram_server.calls("sendChatAction")) == 1


async def test_whoever_names_docent_under_one_picture_of_an_album_means_them_all(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    async with running(telegram_server, assistant):
        people.send_photo(GROUP, jpeg(), media_group_id="5")
        people.send_photo(GROUP, jpeg(colour="red"), media_group_id="5", caption=f"{NAME} Monet?")
        await telegram_server.next_message()
    (album,) = assistant.events
    assert isinstance(album, Album)
    assert album.addressed
    assert all(photo.addressed for photo in album.photos)
    assert [photo.caption for photo in album.photos] == ["", "Monet?"]


async def test_of_an_album_with_videos_the_photos_are_looked_at(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    video = {"width": 9, "height": 9, "duration": 5}
    async with running(telegram_server, assistant):
        for content in ("video", "photo", "photo"):
            if content == "video":
                file = people.keep_file(b"film")
                people.send(ADA, video={**file, **video}, media_group_id="6")
            else:
                people.send_photo(ADA, jpeg(), media_group_id="6")
        await telegram_server.next_message()
    (album,) = assistant.events
    assert isinstance(album, Album)
    assert len(album.photos) == 2
    assert len(telegram_server.calls("getFile")) == 2


async def test_short_video_arrives_byte_for_byte_and_a_long_one_is_not_asked_for(
    telegram_server: BotApiServer, assistant: Scripted, tmp_path: Path
) -> None:
    people, content = telegram_server.people, film(tmp_path, [SHARP])
    about = {"width": 320, "height": 240}
    async with running(telegram_server, assistant):
        people.send(ADA, video={**people.keep_file(content), **about, "duration": 1}, caption="?")
        await telegram_server.next_message()
        people.send(ADA, video={**people.keep_file(content), **about, "duration": 90})
        await telegram_server.next_message()
        people.send(GROUP, video={**people.keep_file(content), **about, "duration": 1})
        await heard(telegram_server)
    clip, long, unaddressed, _ = assistant.events
    assert isinstance(clip, Clip)
    assert (clip.video, clip.caption) == (content, "?")
    assert isinstance(long, Unusable)
    assert long.reason is Refusal.VIDEO
    assert not unaddressed.addressed
    assert len(telegram_server.calls("getFile")) == 1


async def test_mention_under_someone_elses_photo_asks_about_it(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    async with running(telegram_server, assistant):
        photo = people.send_photo(GROUP, jpeg(), person=EVE)
        people.send_text(GROUP, f"{NAME} is it Monet?", reply_to=photo)
        sent = await telegram_server.next_message()
    (command,) = assistant.events
    assert isinstance(command, Command)
    assert (command.name, command.argument) == ("identify", "is it Monet?")
    assert command.picture is not None
    assert len(sent.buttons) == 2


async def test_answer_in_a_topic_stays_there_and_says_so_in_its_chat(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    topic = people.open_topic(GROUP, "Room 5")
    async with running(telegram_server, assistant):
        people.send_photo(GROUP, jpeg(), caption=NAME, thread=topic)
        sent = await telegram_server.next_message()
        people.send_text(GROUP, "nobody is spoken to", thread=topic)
        await heard(telegram_server)
    photo, words, _ = assistant.events
    assert (photo.chat.thread, words.addressed) == (str(topic), False)
    assert sent.message["message_thread_id"] == topic


async def test_answer_to_a_topic_that_was_closed_meanwhile_comes_all_the_same(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    topic = people.open_topic(GROUP, "Room 5")
    assistant.gates[str(GROUP)] = asyncio.Event()
    async with running(telegram_server, assistant):
        people.send_text(GROUP, f"{NAME} Vermeer", thread=topic)
        await heard(telegram_server)
        people.close_topic(GROUP, topic)
        assistant.gates[str(GROUP)].set()
        sent = await telegram_server.next_message()
    assert "message_thread_id" not in sent.message


async def test_channel_is_answered_only_where_it_wants_it_and_its_commands_are_heard(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    people.open_channel(CHANNEL)
    async with running(telegram_server, assistant):
        people.send_photo(CHANNEL, jpeg(), caption=f"{NAME} Today")
        people.send_text(CHANNEL, "/settings photos all")
        await telegram_server.next_message()
        assistant.wanted = {str(CHANNEL)}
        post = people.send_photo(CHANNEL, jpeg(), caption="Tomorrow")
        sent = await telegram_server.next_message()
    command, photo = assistant.events
    assert isinstance(command, Command)
    assert (command.argument, command.person.runs_chat) == ("photos all", True)
    assert command.person.id == f"channel:{CHANNEL}"
    assert isinstance(photo, Photo)
    assert sent.message["reply_to_message"]["message_id"] == post["message_id"]
    assert telegram_server.calls("getChatMember") == []


async def test_whoever_runs_a_group_is_asked_of_telegram_once(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    people = telegram_server.people
    people.room(GROUP).members[EVE] = "administrator"
    async with running(telegram_server, assistant):
        for person in (ADA, EVE, EVE):
            people.send_text(GROUP, "/settings", person=person)
            await telegram_server.next_message()
        people.send_text(GROUP, "/settings", anonymous=True)
        await telegram_server.next_message()
        people.send_text(GROUP, "/artist Monet")
        await telegram_server.next_message()
    assert [event.person.runs_chat for event in assistant.events] == [
        *(False, True, True, True, False)
    ]
    assert assistant.events[3].person.id == f"chat:{GROUP}"
    asked = [int(call["user_id"]) for call in telegram_server.calls("getChatMember")]
    assert asked == [ADA, EVE]


POLL = Poll("Who painted it?", ("Monet", "Manet"), 1, "It is Manet.", 30, ("quiz:1:0", "quiz:1:1"))


async def test_vote_in_a_poll_is_a_tap_even_after_a_restart(
    telegram_server: BotApiServer, assistant: Scripted, tmp_path: Path
) -> None:
    assistant.replies[Command] = Reply((Paragraph("In words"),), poll=POLL, key="quiz:1")
    assistant.replies[Tap] = None
    people = telegram_server.people
    topic = people.open_topic(GROUP, "Room 5")
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    try:
        async with running(telegram_server, assistant, store=store):
            people.send_text(GROUP, "/quiz@docent_test_bot", thread=topic)
            sent = await telegram_server.next_message()
        async with running(telegram_server, assistant, store=store):
            people.vote(sent.message, EVE, 1)
            people.vote(sent.message, ADA, 0)
            await heard(telegram_server)
    finally:
        await store.close()
    assert sent.message["poll"]["type"] == "quiz"
    assert not sent.message["poll"]["is_anonymous"]
    taps = [event for event in assistant.events if isinstance(event, Tap)]
    assert {(tap.person.id, tap.data) for tap in taps} == {("8", "quiz:1:1"), ("7", "quiz:1:0")}
    assert {(tap.chat.id, tap.chat.thread, tap.chat.is_group) for tap in taps} == {
        (str(GROUP), str(topic), True)
    }
    ((chat, key, number),) = assistant.shown_keys
    assert (chat.id, key, number) == (str(GROUP), "quiz:1", str(sent.message["message_id"]))


async def test_vote_in_a_poll_that_nobody_knows_is_passed_over(
    telegram_server: BotApiServer, assistant: Scripted, tmp_path: Path
) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    try:
        async with running(telegram_server, assistant, store=store):
            user = {"id": ADA, "is_bot": False, "first_name": "Ada"}
            ids = {"poll_id": "77", "option_ids": [0], "option_persistent_ids": ["0"]}
            telegram_server.people.update(poll_answer={**ids, "user": user})
            await heard(telegram_server)
    finally:
        await store.close()
    assert [type(event) for event in assistant.events] == [Text]
