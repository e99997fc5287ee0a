"""Updates as events."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update, User

from bot.conversation.events import Clip, Command, Event, Photo, Refusal, Tap, Text, Unusable
from bot.platforms.telegram.incoming import PictureEvent, read_update

ME = User(42, "Docent", True, username="docent_bot")
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L", "language_code": "de-AT"}
FILE = {"file_id": "f", "file_unique_id": "f"}
SIZES = [
    {**FILE, "file_id": str(side), "width": side // 2, "height": side} for side in (90, 320, 1280)
]
PHOTO = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "photo": SIZES}


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the running bot has them; otherwise python-telegram-bot warns at each."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def update(group: bool = False, **content: Any) -> Update:
    """An update in which Ada sends a message."""
    chat = {"id": -5, "type": "group", "title": "T"} if group else {"id": 7, "type": "private"}
    message = {"message_id": 2, "date": 1, "chat": chat, "from": ADA, **content}
    read = Update.de_json({"update_id": 9, "message": message}, None)
    assert read is not None
    return read


def event_of(group: bool = False, **content: Any) -> Event | PictureEvent | None:
    """What that message says to the bot."""
    return read_update(update(group, **content), ME)


def text(words: str, kind: str = "mention") -> dict[str, Any]:
    """A text whose first word is an entity."""
    length = len(words.split(maxsplit=1)[0])
    return {"text": words, "entities": [{"type": kind, "offset": 0, "length": length}]}


def test_event_says_who_where_and_in_what_language() -> None:
    event = event_of(text="Vermeer")
    assert isinstance(event, Text)
    assert (event.id, event.chat.platform, event.chat.id) == ("m42:7:2", "telegram", "7")
    assert (event.person.id, event.person.name, event.language) == ("7", "Ada L", "de-at")


def test_photo_is_the_smallest_size_of_1024_or_more() -> None:
    event = event_of(photo=[*SIZES, {**FILE, "file_id": "2560", "width": 1, "height": 2560}][::-1])
    assert isinstance(event, PictureEvent)
    assert event.file.id in ("2560", "1280")
    assert isinstance(event.with_bytes(b""), Photo)


def test_photo_that_is_small_in_all_sizes_is_taken_in_the_largest() -> None:
    event = event_of(photo=SIZES[:2])
    assert isinstance(event, PictureEvent)
    assert event.file.id == "320"


@pytest.mark.parametrize(
    ("name", "mime"),
    [("IMG.HEIC", ""), ("a.avif", "application/octet-stream"), ("a", "image/heic")],
)
def test_file_with_a_pictures_name_or_type_is_a_picture(name: str, mime: str) -> None:
    event = event_of(document={**FILE, "file_name": name, "mime_type": mime})
    assert isinstance(event, PictureEvent)


LENGTH = {"duration": 1}
SIZE = {"width": 1, "height": 1}
STICKER = {**FILE, **SIZE, "type": "regular", "is_animated": False, "is_video": False}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"sticker": STICKER}, Refusal.STICKER),
        ({"sticker": {**STICKER, "is_video": True}}, Refusal.STICKER),
        ({"video": {**FILE, **SIZE, "duration": 61}}, Refusal.VIDEO),
        ({"video": {**FILE, **SIZE, **LENGTH, "file_size": 20 * 2**20 + 1}}, Refusal.VIDEO),
        ({"video_note": {**FILE, "duration": 61, "length": 1}}, Refusal.VIDEO),
        (
            {
                "animation": {**FILE, **SIZE, "duration": 61},
                "document": {**FILE, "mime_type": "image/gif"},
            },
            Refusal.VIDEO,
        ),
        ({"voice": {**FILE, **LENGTH}}, Refusal.AUDIO),
        ({"audio": {**FILE, **LENGTH}}, Refusal.AUDIO),
        ({"document": {**FILE, "file_name": "a.pdf"}}, Refusal.NOT_A_PICTURE),
        (
            {"document": {**FILE, "mime_type": "video/mp4", "file_size": 21 * 2**20}},
            Refusal.VIDEO,
        ),
        ({"location": {"latitude": 1, "longitude": 1}}, Refusal.OTHER),
        ({"some_future_thing": {}}, Refusal.OTHER),
    ],
)
def test_what_holds_no_picture_is_refused_by_its_kind(
    content: dict[str, Any], reason: Refusal
) -> None:
    event = event_of(**content)
    assert isinstance(event, Unusable)
    assert (event.reason, event.addressed) == (reason, True)


def test_what_people_send_each_other_in_a_group_is_not_addressed() -> None:
    for event in (event_of(True, sticker=STICKER), event_of(True, text="Hello")):
        assert isinstance(event, Event)
        assert not event.addressed


@pytest.mark.parametrize(
    "content",
    [
        {"video": {**FILE, **SIZE, "duration": 60, "file_size": 20 * 2**20}},
        {"video_note": {**FILE, **LENGTH, "length": 1}},
        {
            "animation": {**FILE, **SIZE, **LENGTH},
            "document": {**FILE, "mime_type": "video/mp4"},
        },
        {"document": {**FILE, "mime_type": "video/quicktime"}},
    ],
)
def test_short_video_is_one_to_look_at_where_docent_is_spoken_to(content: dict[str, Any]) -> None:
    event = event_of(**content, caption="Whose is it?")
    assert isinstance(event, PictureEvent)
    clip = event.with_bytes(b"film")
    assert isinstance(clip, Clip)
    assert (clip.video, clip.caption, clip.addressed) == (b"film", "Whose is it?", True)
    assert event.refused(Refusal.TOO_BIG).reason is Refusal.VIDEO
    assert event.refused(Refusal.NOT_DOWNLOADED).reason is Refusal.NOT_DOWNLOADED
    in_group = event_of(True, **content)
    assert isinstance(in_group, Unusable)
    assert not in_group.addressed


def test_live_photo_is_a_photo() -> None:
    live = {"live_photo": {**FILE, **SIZE, **LENGTH}, "photo": SIZES}
    event = event_of(**live)
    assert isinstance(event, PictureEvent)
    assert isinstance(event.with_bytes(b""), Photo)


def test_preview_of_a_link_is_not_a_picture() -> None:
    words = text("https://museum.example/vermeer.jpg", "url")
    event = event_of(**words, link_preview_options={"url": "https://museum.example/vermeer.jpg"})
    assert isinstance(event, Text)


def test_a_picture_that_could_not_be_had_is_explained_to_whoever_sent_it() -> None:
    event = event_of(True, photo=SIZES)
    assert isinstance(event, PictureEvent)
    assert event.refused(Refusal.TOO_BIG).addressed


@pytest.mark.parametrize("words", ["/Artist@docent_bot El Greco", "/artist\nEl Greco"])
def test_command_has_a_name_and_an_argument(words: str) -> None:
    event = event_of(True, text=words)
    assert isinstance(event, Command)
    assert (event.name, event.argument, event.picture) == ("artist", "El Greco", None)


def test_command_of_another_bot_is_none_of_ours() -> None:
    assert event_of(True, text="/artist@other_bot") is None


def test_command_that_names_no_bot_in_a_group_is_addressed_only_in_reply_to_the_bot() -> None:
    own = {**PHOTO, "photo": [], "text": "?", "from": ME.to_dict()}
    asked = [
        event_of(True, text="/dance"),
        event_of(True, text="/dance", reply_to_message={**own, "from": ADA}),
        event_of(True, text="/dance", reply_to_message=own),
        event_of(True, text="/dance@Docent_Bot"),
        event_of(text="/dance"),
    ]
    assert [isinstance(e, Command) and e.addressed for e in asked] == [False] * 2 + [True] * 3
    bare = event_of(True, text="/dance", reply_to_message={**PHOTO, "from": ADA})
    assert isinstance(bare, PictureEvent)
    assert not bare.with_bytes(b"x").addressed
    assert bare.refused(Refusal.TOO_BIG).addressed


def test_same_message_to_another_bot_is_another_event_and_delivered_again_the_same() -> None:
    """A private chat's message numbers are each bot's own; update numbers start anew."""
    first, other = update(text="a"), User(43, "Other", True, username="other_bot")
    again = Update.de_json({**first.to_dict(), "update_id": 10}, None)
    assert again is not None
    events = [read_update(first, ME), read_update(again, ME), read_update(first, other)]
    ids = [event.id for event in events if isinstance(event, Event)]
    assert ids == ["m42:7:2", "m42:7:2", "m43:7:2"]


def test_command_in_reply_to_a_photo_takes_it_unless_it_has_an_argument() -> None:
    bare = event_of(text="/artist", reply_to_message=PHOTO)
    assert isinstance(bare, PictureEvent)
    command = bare.with_bytes(b"x")
    assert isinstance(command, Command)
    assert (command.name, command.picture) == ("artist", b"x")
    assert isinstance(event_of(text="/artist Monet", reply_to_message=PHOTO), Command)


def test_command_in_reply_to_a_photo_of_another_chat_takes_it() -> None:
    external = {"origin": {"type": "user", "date": 1, "sender_user": ADA}, "photo": SIZES}
    assert isinstance(event_of(text="/artist", external_reply=external), PictureEvent)


def test_a_caption_comes_with_its_photo_without_the_bots_name() -> None:
    event = event_of(photo=SIZES, caption="View of Delft; Vermeer")
    assert isinstance(event, PictureEvent)
    photo = event.with_bytes(b"picture")
    assert isinstance(photo, Photo)
    assert photo.caption == "View of Delft; Vermeer"


def test_photo_captioned_with_a_command_is_a_photo() -> None:
    event = event_of(photo=SIZES, caption="/artist")
    assert isinstance(event, PictureEvent)
    assert isinstance(event.with_bytes(b"x"), Photo)


def test_command_to_identify_may_say_more_about_the_photo_that_it_replies_to() -> None:
    event = event_of(True, text="/identify is it Monet?", reply_to_message=PHOTO)
    assert isinstance(event, PictureEvent)
    command = event.with_bytes(b"x")
    assert isinstance(command, Command)
    assert (command.name, command.argument, command.picture) == ("identify", "is it Monet?", b"x")
    assert command.addressed


def test_what_was_sent_through_docents_own_cards_is_not_read_again() -> None:
    assert event_of(text="Claude Monet", via_bot=ME.to_dict()) is None
    other = User(9, "Gif", True, username="gif").to_dict()
    assert isinstance(event_of(text="Claude Monet", via_bot=other), Text)


def test_event_says_when_it_came_which_may_be_before_it_is_read() -> None:
    then = datetime(2026, 5, 1, tzinfo=UTC)
    for what in (update(text="a"), update(location={"latitude": 1, "longitude": 1})):
        event = read_update(what, ME, then)
        assert isinstance(event, Event)
        assert event.at == then


BOT = {"id": 42, "is_bot": True, "first_name": "Docent", "username": "docent_bot"}


@pytest.mark.parametrize("news", [{"new_chat_members": [ADA, BOT]}, {"group_chat_created": True}])
def test_a_group_that_docent_comes_into_is_told_who_it_is(news: dict[str, Any]) -> None:
    event = event_of(True, **news)
    assert isinstance(event, Command)
    assert (event.name, event.addressed, event.chat.id) == ("start", True, "-5")


def test_edits_and_service_messages_are_passed_over() -> None:
    assert event_of(True, new_chat_members=[ADA]) is None
    assert event_of(True, new_chat_title="Rooms") is None
    edited = update(text="a").to_dict()
    edited["edited_message"] = edited.pop("message")
    read = Update.de_json(edited, None)
    assert read is not None
    assert read_update(read, ME) is None


def test_tap_carries_the_buttons_data() -> None:
    query = {"id": "1", "from": ADA, "chat_instance": "1", "message": PHOTO, "data": "guess:1"}
    read = Update.de_json({"update_id": 9, "callback_query": query}, None)
    assert read is not None
    event = read_update(read, ME)
    assert isinstance(event, Tap)
    assert (event.id, event.data, event.chat.id) == ("t1", "guess:1", "7")
    del query["message"]
    lost = Update.de_json({"update_id": 9, "callback_query": query}, None)
    assert lost is not None
    assert read_update(lost, ME) is None
