"""Who speaks on Telegram, where, and whether to Docent."""

from typing import Any

import pytest
from telegram import Update, User

from bot.conversation.events import Chat, Clip, Command, Event, Photo, Text
from bot.platforms.telegram.incoming import PictureEvent, read_update

ME = User(42, "Docent", True, username="docent_bot", can_read_all_group_messages=False)
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L"}
EVE = {"id": 8, "is_bot": False, "first_name": "Eve"}
SIZES = [{"file_id": "s", "file_unique_id": "s", "width": 900, "height": 1280}]
VIDEO = {"file_id": "v", "file_unique_id": "v", "width": 9, "height": 9, "duration": 5}
GROUP = {"id": -5, "type": "supergroup", "title": "The tour"}
CHANNEL = {"id": -100, "type": "channel", "title": "Museum news"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel"}
EVES_PHOTO = {"message_id": 1, "date": 1, "chat": GROUP, "from": EVE, "photo": SIZES}
EVES_VIDEO = {"message_id": 1, "date": 1, "chat": GROUP, "from": EVE, "video": VIDEO}
OURS = {"message_id": 1, "date": 1, "chat": GROUP, "from": ME.to_dict(), "text": "?"}


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the running bot has them; otherwise python-telegram-bot warns at each."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def read(kind: str = "message", me: User = ME, **content: Any) -> Event | PictureEvent | None:
    """What a message says; by default, Ada sends it in a group."""
    message = {"message_id": 2, "date": 1, "chat": GROUP, **content}
    if kind == "message":
        message.setdefault("from", ADA)
    update = Update.de_json({"update_id": 9, kind: message}, None)
    assert update is not None
    return read_update(update, me)


def whole(kind: str = "message", me: User = ME, **content: Any) -> Event:
    """The event of a message, with its picture."""
    event = read(kind, me, **content)
    assert event is not None
    return event.with_bytes(b"bytes") if isinstance(event, PictureEvent) else event


def naming(words: str, within: str = "text") -> dict[str, Any]:
    """Words in which ``@docent_bot`` is an entity."""
    at = words.lower().index("@docent_bot")
    entity = {"type": "mention", "offset": at, "length": 11}
    return {within: words, "entities" if within == "text" else "caption_entities": [entity]}


@pytest.mark.parametrize(
    "content",
    [
        naming("@Docent_Bot Vermeer"),
        {"text": "Vermeer", "reply_to_message": OURS},
        {"photo": SIZES, **naming("who is it, @docent_bot?", "caption")},
        {"photo": SIZES, "reply_to_message": OURS},
        {"photo": SIZES, "caption": "/identify"},
        {"photo": SIZES, "caption": "/identify@docent_bot is it Monet?"},
        {"photo": SIZES, "caption": "/artist@docent_bot"},
        {"video": VIDEO, "reply_to_message": OURS},
        {"video": VIDEO, "caption": "/identify"},
        {"text": "/help@docent_bot"},
        {"text": "/dance", "reply_to_message": OURS},
        {"text": "/identify", "reply_to_message": EVES_PHOTO},
        {"text": "/identify", "reply_to_message": EVES_VIDEO},
        {"reply_to_message": EVES_PHOTO, **naming("@docent_bot?")},
        {"text": "Vermeer", "chat": {"id": 7, "type": "private"}},
        {"photo": SIZES, "chat": {"id": 7, "type": "private"}},
    ],
)
def test_whoever_calls_for_docent_speaks_to_it(content: dict[str, Any]) -> None:
    assert whole(**content).addressed


@pytest.mark.parametrize(
    "content",
    [
        {"text": "Look at this!"},
        {"text": "@someone Vermeer", "entities": [{"type": "mention", "offset": 0, "length": 8}]},
        {"text": "Vermeer", "reply_to_message": {**OURS, "from": EVE}},
        {"photo": SIZES},
        {"photo": SIZES, "caption": "Vermeer"},
        {"photo": SIZES, "caption": "/identify@other_bot"},
        {"photo": SIZES, "caption": "/meme"},
        {"photo": SIZES, "reply_to_message": EVES_PHOTO},
        {"video": VIDEO},
        {"text": "/dance"},
        {"text": "hello", "reply_to_message": {**OURS, "forum_topic_created": {
            "name": "Rooms", "icon_color": 1}}},
    ],
)  # fmt: skip
def test_what_people_say_to_each_other_is_not_said_to_docent(content: dict[str, Any]) -> None:
    assert not whole(**content).addressed


def test_words_to_docent_and_captions_come_without_its_name() -> None:
    said = whole(**naming("@Docent_Bot Vermeer"))
    assert isinstance(said, Text)
    assert said.text == "Vermeer"
    sent = whole(photo=SIZES, **naming("who is it, @docent_bot?", "caption"))
    assert isinstance(sent, Photo)
    assert sent.caption == "who is it, ?"


def test_mention_in_reply_to_somebodys_photo_asks_about_that_photo() -> None:
    asked = whole(**naming("@docent_bot is it Monet?"), reply_to_message=EVES_PHOTO)
    assert isinstance(asked, Command)
    assert (asked.name, asked.argument, asked.picture) == ("identify", "is it Monet?", b"bytes")
    assert asked.person.id == "7"


def test_mention_in_reply_to_somebodys_video_asks_about_that_video() -> None:
    asked = whole(**naming("@docent_bot is it Monet?"), reply_to_message=EVES_VIDEO)
    assert isinstance(asked, Clip)
    assert (asked.caption, asked.video, asked.person.id) == ("is it Monet?", b"bytes", "7")


def test_photo_of_another_chat_can_be_asked_about_with_a_quote() -> None:
    elsewhere = {"origin": {"type": "user", "date": 1, "sender_user": EVE}, "photo": SIZES}
    quote = {"text": "look", "position": 0}
    asked = whole(**naming("@docent_bot"), external_reply=elsewhere, quote=quote)
    assert isinstance(asked, Command)
    assert asked.picture == b"bytes"


def test_topic_is_part_of_where_it_was_said_and_an_ordinary_thread_is_not() -> None:
    assert whole(text="a", message_thread_id=5, is_topic_message=True).chat.thread == "5"
    assert whole(text="a", message_thread_id=5).chat.thread == ""
    assert whole(text="a").chat == Chat("telegram", "-5", is_group=True)


def test_whether_docent_sees_all_of_a_group_is_told() -> None:
    open_me = User(42, "Docent", True, username="docent_bot", can_read_all_group_messages=True)
    private = {"id": 7, "type": "private"}
    seen = [whole(text="a"), whole(me=open_me, text="a"), whole(text="a", chat=private)]
    assert [event.chat.sees_all for event in seen] == [False, True, True]


def test_post_of_a_channel_is_its_own_and_runs_the_channel() -> None:
    post = whole("channel_post", chat=CHANNEL, sender_chat=CHANNEL, photo=SIZES, caption="New!")
    assert isinstance(post, Photo)
    assert (post.person.id, post.person.name) == ("channel:-100", "Museum news")
    assert post.person.runs_chat
    assert post.chat.is_group
    assert not post.addressed
    unsigned = whole("channel_post", chat=CHANNEL, text="/settings photos all")
    assert isinstance(unsigned, Command)
    assert (unsigned.name, unsigned.argument) == ("settings", "photos all")
    assert unsigned.person == post.person


def test_nothing_in_a_channel_is_said_to_docent_but_a_command() -> None:
    for content in (naming("@docent_bot hello"), {"photo": SIZES, "reply_to_message": OURS}):
        assert not whole("channel_post", chat=CHANNEL, **content).addressed
    assert whole("channel_post", chat=CHANNEL, text="/help@docent_bot").addressed
    assert whole("channel_post", chat=CHANNEL, photo=SIZES, caption="/identify").addressed


def test_anonymous_admins_of_a_group_are_one_person_who_runs_it() -> None:
    said = whole(text="/settings", sender_chat=GROUP, **{"from": ANONYMOUS})
    assert (said.person.id, said.person.name, said.person.runs_chat) == (
        "chat:-5",
        "The tour",
        True,
    )


def test_who_writes_as_a_channel_in_a_group_is_that_channel_and_does_not_run_the_group() -> None:
    said = whole(text="/settings", sender_chat=CHANNEL, **{"from": AS_CHANNEL})
    assert (said.person.id, said.person.runs_chat) == ("channel:-100", False)


def test_tap_in_a_topic_belongs_to_it_and_on_an_old_message_to_the_chat() -> None:
    answer = {**OURS, "message_thread_id": 5, "is_topic_message": True}
    old = {"message_id": 1, "date": 0, "chat": CHANNEL}
    chats = []
    for message in (answer, old):
        query = {"id": "1", "from": ADA, "chat_instance": "1", "message": message, "data": "x"}
        update = Update.de_json({"update_id": 9, "callback_query": query}, None)
        assert update is not None
        event = read_update(update, ME)
        assert isinstance(event, Event)
        assert event.person.id == "7"
        chats.append(event.chat)
    assert chats[0] == Chat("telegram", "-5", is_group=True, thread="5")
    assert chats[1] == Chat("telegram", "-100", is_group=True)
