"""Pictures on Telegram: sent with their words, as words where they cannot be, and only once."""

from typing import Any

import pytest
from telegram import Bot, CallbackQuery, Update
from telegram.error import BadRequest, ChatMigrated

from bot.conversation.replies import Choice, Note, Picture, Reply, Title
from bot.platforms.repeats import REPEAT_SECONDS, Repeats
from bot.platforms.telegram import limits
from bot.platforms.telegram.composing import Gallery, messages
from bot.platforms.telegram.outgoing import deliver
from bot.platforms.telegram.reaching import Reach
from bot.platforms.telegram.rendering import Rendered
from bot.platforms.telegram.repeats import button_of
from bot.platforms.texts import units
from tests.peers.telegram_server.spec import visible_text

PICTURE = Picture(b"jpeg", "I looked at <the sky>.", "image/jpeg")
REPLY = Reply((Note("A hint."),), ((Choice("Back", "x"),),), pictures=(PICTURE,), again="Above.")
ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "A tour", "is_forum": True}


class RecordingBot(Bot):
    """A bot that keeps what it was asked, and fails as prepared."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__("42:token")
        self._errors = list(errors)
        self._asked: list[tuple[str, dict[str, Any]]] = []

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """Every method that was called, and with what."""
        return self._asked

    async def _do_post(self, endpoint: str, data: dict[str, Any], **_: Any) -> Any:
        self._asked.append((endpoint, data))
        if self._errors:
            raise self._errors.pop(0)
        return {"message_id": 9, "date": 1, "chat": PRIVATE}


def tapped(chat: dict[str, Any] = PRIVATE, data: str = "where::1", **more: Any) -> Update:
    """A tap on the answer (message 2) to a photo (message 1)."""
    photo = {"message_id": 1, "date": 1, "chat": chat}
    message = {"message_id": 2, "date": 1, "chat": chat, "text": "?", "reply_to_message": photo}
    query = {"id": "1", "from": ADA, "chat_instance": "1", "message": message | more, "data": data}
    read = Update.de_json({"update_id": 1, "callback_query": query}, None)
    assert read is not None
    return read


def query_of(update: Update) -> CallbackQuery:
    assert update.callback_query is not None
    return update.callback_query


async def test_a_picture_is_sent_in_answer_to_its_photo_with_its_alt_text_in_the_caption() -> None:
    bot = RecordingBot()
    await deliver(bot, tapped(), REPLY, Reach())
    ((method, sent),) = bot.asked
    assert method == "sendPhoto"
    assert sent["caption"] == "I looked at &lt;the sky&gt;.\n\n<i>A hint.</i>"
    assert sent["reply_parameters"].message_id == 1
    assert sent["reply_markup"].inline_keyboard[0][0].callback_data == "x"


async def test_in_a_topic_the_picture_goes_to_that_topic() -> None:
    bot = RecordingBot()
    topic = {"message_thread_id": 5, "is_topic_message": True}
    await deliver(bot, tapped(GROUP, **topic), REPLY, Reach())
    assert bot.asked[0][1]["message_thread_id"] == 5


async def test_on_a_message_too_old_to_be_seen_the_picture_answers_that_message() -> None:
    bot = RecordingBot()
    old = {"message_id": 2, "date": 0, "chat": PRIVATE}
    query = {"id": "1", "from": ADA, "chat_instance": "1", "message": old, "data": "where::1"}
    update = Update.de_json({"update_id": 1, "callback_query": query}, None)
    await deliver(bot, update, REPLY, Reach())
    assert bot.asked[0][1]["reply_parameters"].message_id == 2


@pytest.mark.parametrize(
    "refusal", ["PHOTO_INVALID_DIMENSIONS", "not enough rights to send photos to the chat"]
)
async def test_a_picture_that_telegram_does_not_take_is_told_in_words(refusal: str) -> None:
    bot = RecordingBot(BadRequest(refusal))
    await deliver(bot, tapped(), REPLY, Reach())
    assert [method for method, _ in bot.asked] == ["sendPhoto", "sendMessage"]
    assert bot.asked[1][1]["text"].startswith("I looked at &lt;the sky&gt;.")


async def test_a_picture_above_the_limit_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PHOTO_BYTES", 3)
    bot = RecordingBot()
    await deliver(bot, tapped(), REPLY, Reach())
    assert [method for method, _ in bot.asked] == ["sendMessage"]


async def test_a_picture_follows_a_group_that_moved() -> None:
    bot = RecordingBot(ChatMigrated(-1005))
    await deliver(bot, tapped(GROUP), REPLY, Reach())
    assert [(method, data["chat_id"]) for method, data in bot.asked] == [
        ("sendPhoto", -100),
        ("sendPhoto", -1005),
    ]


def test_a_caption_has_at_most_1024_units_and_the_words_that_do_not_fit_come_after() -> None:
    long = Picture(b"png", "🖼 Painters and more painters. " * 200, "image/png")
    photo, words = messages(Reply(REPLY.blocks, pictures=(long,)))
    assert isinstance(photo, Rendered) and isinstance(words, Rendered)
    seen, problems = visible_text(photo.html)
    assert problems == []
    assert 900 < units(seen) <= 1024
    assert photo.photo == b"png"
    assert words.html == "<i>A hint.</i>"


@pytest.mark.parametrize(("count", "albums"), [(2, [2]), (10, [10]), (11, [5, 6]), (21, [7, 7, 7])])
def test_several_pictures_are_albums_with_the_words_and_buttons_after_them(
    count: int, albums: list[int]
) -> None:
    *shown, words = messages(Reply(REPLY.blocks, REPLY.choices, pictures=(PICTURE,) * count))
    galleries = [each for each in shown if isinstance(each, Gallery)]
    assert [len(gallery.photos) for gallery in galleries] == albums
    assert {photo.html for photo in galleries[0].photos} == {"I looked at &lt;the sky&gt;."}
    assert isinstance(words, Rendered)
    assert (words.html, words.photo) == ("<i>A hint.</i>", b"")
    assert words.keyboard is not None


def test_a_picture_too_large_for_an_album_is_told_in_words_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PHOTO_BYTES", 4)
    large = Picture(b"large", "Very large.", "image/jpeg")
    told, album, words = messages(Reply(REPLY.blocks, pictures=(PICTURE, large, PICTURE)))
    assert isinstance(told, Rendered)
    assert (told.html, told.photo) == ("Very large.", b"")
    assert isinstance(album, Gallery)
    assert isinstance(words, Rendered)


def test_a_second_tap_on_the_same_button_is_told_so_for_a_while() -> None:
    now = 100.0
    repeats, query = Repeats(clock=lambda: now), query_of(tapped())
    assert repeats.words(button_of(query)) == ""
    repeats.note(button_of(query), REPLY.again)
    assert repeats.words(button_of(query)) == "Above."
    assert repeats.words(button_of(query_of(tapped(data="chart::1")))) == ""
    assert repeats.words(button_of(query_of(tapped(GROUP)))) == ""
    now += REPEAT_SECONDS
    assert repeats.words(button_of(query)) == "", "the first may have been deleted since"


def test_what_may_be_shown_twice_is_not_remembered_and_memory_is_bounded() -> None:
    repeats = Repeats(most=2)
    repeats.note(button_of(query_of(tapped())), Reply((Note("A hint."),)).again)
    assert repeats.words(button_of(query_of(tapped()))) == ""
    queries = [query_of(tapped(data=f"where::{number}")) for number in range(3)]
    for query in queries:
        repeats.note(button_of(query), REPLY.again)
    assert [repeats.words(button_of(query)) for query in queries] == ["", "Above.", "Above."]


def test_a_title_that_says_what_its_picture_is_is_said_once() -> None:
    wave = Picture(b"jpeg", "The Wave", "image/jpeg")
    [shown] = messages(Reply((Title("The Wave"), Note("Room 3")), pictures=(wave,)))
    assert isinstance(shown, Rendered)
    text, problems = visible_text(shown.html)
    assert (text, problems) == ("The Wave\n\nRoom 3", [])
