"""Replies of every kind on their way to Telegram."""

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.conversation.events import Chat
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Document, Paragraph, Picture, Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.outgoing import TapAnswer, deliver, deliver_notice, deliver_to
from bot.platforms.telegram.reaching import Reach
from tests.bot.platforms.telegram_bots import (
    CHANNEL,
    FORUM,
    SIZE,
    TOPIC,
    RecordingBot,
    said,
    tapped,
)

BUTTONS = ((Choice("Next", "x"),),)
WORDS = Reply((Paragraph("A painter."),), BUTTONS, replaces=True)
PICTURES = tuple(Picture(b"jpeg", f"Stop {n}", "image/jpeg") for n in (1, 2))
PDF = Document(b"%PDF", "tour.pdf", "application/pdf")
CSV = Document(b"a;b", "tour.csv", "text/csv")
GONE = BadRequest("Message to edit not found")
NO_TEXT = BadRequest("There is no text in the message to edit")
SAME = BadRequest("Message is not modified: it is the same")


async def test_the_number_of_the_message_with_the_buttons_is_told() -> None:
    bot = RecordingBot()
    reply = Reply(WORDS.blocks, BUTTONS, pictures=PICTURES, documents=(PDF, CSV))
    assert await deliver(bot, said(), reply, Reach()) == 12
    assert bot.methods == ["sendMediaGroup", "sendMessage", "sendDocument", "sendDocument"]
    assert await deliver(bot, tapped(), WORDS, Reach()) == 2
    assert await deliver(bot, said(), Reply((), toast="Noted"), Reach()) is None


async def test_several_pictures_are_an_album_with_captions() -> None:
    bot = RecordingBot()
    await deliver(bot, tapped(FORUM, text="?", **TOPIC), Reply((), pictures=PICTURES), Reach())
    ((method, sent),) = bot.asked
    assert method == "sendMediaGroup"
    assert [photo.caption for photo in sent["media"]] == ["Stop 1", "Stop 2"]
    assert {photo.parse_mode for photo in sent["media"]} == {"HTML"}
    assert sent["message_thread_id"] == 5
    assert sent["reply_parameters"].message_id == 1


async def test_an_album_that_telegram_does_not_take_is_told_in_one_message() -> None:
    bot = RecordingBot(BadRequest("not enough rights to send photos to the chat"))
    await deliver(bot, said(), Reply(WORDS.blocks, pictures=PICTURES), Reach())
    assert bot.methods == ["sendMediaGroup", "sendMessage", "sendMessage"]
    assert bot.asked[1][1]["text"] == "• Stop 1\n• Stop 2"
    assert bot.asked[2][1]["text"] == "A painter."


async def test_files_come_last_under_their_names_and_refer_to_nothing() -> None:
    bot = RecordingBot()
    await deliver(bot, said(FORUM, text="?", **TOPIC), Reply((), documents=(PDF,)), Reach())
    ((method, sent),) = bot.asked
    assert (method, sent["document"].filename, sent["message_thread_id"]) == (
        "sendDocument",
        "tour.pdf",
        5,
    )
    assert sent["document"].input_file_content == b"%PDF"
    assert "reply_parameters" not in sent


async def test_a_file_that_cannot_be_sent_does_not_keep_the_others() -> None:
    bot = RecordingBot(BadRequest("not enough rights to send documents to the chat"))
    await deliver(bot, said(), Reply((), documents=(PDF, CSV)), Reach())
    assert bot.methods == ["sendDocument"] * 2


async def test_a_file_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOCUMENT_BYTES", 3)
    bot = RecordingBot()
    await deliver(bot, said(), Reply((), documents=(PDF, CSV)), Reach())
    (_, words), (method, _) = bot.asked
    assert words["text"] == "<i>tour.pdf</i>"
    assert method == "sendDocument"


async def test_files_come_with_words_that_take_the_place_of_others() -> None:
    bot = RecordingBot()
    reply = Reply(WORDS.blocks, replaces=True, documents=(PDF,))
    assert await deliver(bot, tapped(), reply, Reach()) == 2
    assert bot.methods == ["editMessageText", "sendDocument"]


async def test_words_under_a_picture_are_changed_there() -> None:
    bot = RecordingBot()
    assert await deliver(bot, tapped(photo=[SIZE], caption="Old"), WORDS, Reach()) == 2
    ((method, sent),) = bot.asked
    assert (method, sent["caption"], sent["message_id"]) == ("editMessageCaption", "A painter.", 2)
    assert sent["reply_markup"].inline_keyboard[0][0].callback_data == "x"


async def test_words_too_long_for_a_caption_are_a_message_of_their_own() -> None:
    bot = RecordingBot()
    long = Reply((Paragraph("A painter. " * 100),), replaces=True)
    assert await deliver(bot, tapped(photo=[SIZE], caption="Old"), long, Reach()) == 11
    ((method, sent),) = bot.asked
    assert method == "sendMessage"
    assert len(sent["text"]) > limits.CAPTION_UNITS


GROUP = Chat("telegram", "-100", is_group=True, thread="5")


async def test_a_notice_is_a_message_in_its_chat_and_topic() -> None:
    bot = RecordingBot()
    assert await deliver_notice(bot, Notice("n", GROUP, WORDS), Reach()) == 11
    ((method, sent),) = bot.asked
    assert (method, sent["chat_id"], sent["message_thread_id"]) == ("sendMessage", -100, 5)
    assert "reply_parameters" not in sent


@pytest.mark.parametrize(
    ("errors", "methods", "number"),
    [
        ([], ["editMessageText"], 2),
        ([SAME], ["editMessageText"], 2),
        ([NO_TEXT], ["editMessageText", "editMessageCaption"], 2),
        ([NO_TEXT, SAME], ["editMessageText", "editMessageCaption"], 2),
        ([GONE], ["editMessageText", "sendMessage"], 12),
        ([NO_TEXT, BadRequest("There is no caption in the message to edit")],
         ["editMessageText", "editMessageCaption", "sendMessage"], 13),
        ([ChatMigrated(-1005)], ["editMessageText", "sendMessage"], 12),
    ],
)  # fmt: skip
async def test_a_notice_takes_the_place_of_a_message_where_that_is_still_there(
    errors: list[Exception], methods: list[str], number: int
) -> None:
    bot = RecordingBot(*errors)
    assert await deliver_notice(bot, Notice("n", GROUP, WORDS, "2"), Reach()) == number
    assert bot.methods == methods


async def test_a_notice_with_pictures_does_not_take_the_place_of_words() -> None:
    bot = RecordingBot()
    reply = Reply(WORDS.blocks, pictures=PICTURES)
    await deliver_notice(bot, Notice("n", GROUP, reply, "2"), Reach())
    assert bot.methods == ["sendMediaGroup", "sendMessage"]


@pytest.mark.parametrize(
    "refusal", ["TOPIC_CLOSED", "Bad Request: message thread not found", "TOPIC_DELETED"]
)
async def test_a_topic_that_is_closed_or_gone_is_left(refusal: str) -> None:
    bot = RecordingBot(BadRequest(refusal))
    reply = Reply(WORDS.blocks, pictures=PICTURES[:1], documents=(PDF,))
    await deliver(bot, said(FORUM, text="?", **TOPIC), reply, Reach())
    assert bot.methods == ["sendPhoto", "sendPhoto", "sendDocument"]
    assert [sent.get("message_thread_id") for _, sent in bot.asked] == [5, None, None]


async def test_a_group_where_every_topic_is_closed_is_given_up() -> None:
    bot = RecordingBot(BadRequest("TOPIC_CLOSED"), BadRequest("TOPIC_CLOSED"))
    with pytest.raises(BadRequest):
        await deliver(bot, said(FORUM, text="?", **TOPIC), WORDS, Reach())
    assert bot.methods == ["sendMessage"] * 2


async def test_all_of_a_reply_follows_a_group_that_moved() -> None:
    bot = RecordingBot(ChatMigrated(-1005))
    await deliver(bot, said(FORUM, text="?"), Reply(WORDS.blocks, documents=(PDF,)), Reach())
    assert [sent["chat_id"] for _, sent in bot.asked] == [-100, -1005, -1005]


async def test_a_group_that_is_said_to_move_to_itself_is_given_up() -> None:
    bot = RecordingBot(ChatMigrated(-100), None)
    with pytest.raises(ChatMigrated):
        await deliver(bot, said(FORUM), WORDS, Reach())


async def test_where_docent_may_not_write_nothing_else_is_tried() -> None:
    bot = RecordingBot(Forbidden("bot was kicked from the supergroup chat"))
    with pytest.raises(Forbidden):
        await deliver(bot, said(FORUM), Reply(WORDS.blocks, pictures=PICTURES), Reach())
    assert bot.methods == ["sendMediaGroup"]


async def test_a_message_that_is_gone_is_answered_without_a_reference() -> None:
    bot = RecordingBot()
    await deliver(bot, said(FORUM), WORDS, Reach())
    assert bot.asked[0][1]["reply_parameters"].allow_sending_without_reply


async def test_a_post_of_a_channel_is_answered_there() -> None:
    bot = RecordingBot()
    await deliver(bot, said(CHANNEL, "channel_post", text="/help"), WORDS, Reach())
    ((_, sent),) = bot.asked
    assert (sent["chat_id"], sent["reply_parameters"].message_id) == (-200, 2)


async def test_a_reply_to_what_is_no_message_goes_to_its_chat_and_topic() -> None:
    bot = RecordingBot()
    assert await deliver_to(bot, GROUP, WORDS, Reach()) == 11
    assert bot.asked[0][1]["message_thread_id"] == 5


LONG = "That counts, and you may still change your mind until all have chosen."


@pytest.mark.parametrize(
    ("toast", "alone", "alert"),
    [("Noted", True, None), (LONG, True, True), (LONG, False, None), ("", True, None)],
)
async def test_a_long_toast_that_is_all_that_is_said_stays_until_it_is_closed(
    toast: str, alone: bool, alert: bool | None
) -> None:
    bot, update = RecordingBot(), tapped()
    query = update.callback_query
    assert query is not None
    query.set_bot(bot)
    await TapAnswer(query).give(toast, alone=alone)
    ((_, sent),) = bot.asked
    assert (sent.get("text"), sent.get("show_alert")) == (toast or None, alert)
