"""Polls on Telegram: asked where they can be, in words elsewhere; a vote is a tap."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import PollAnswer, Update
from telegram.error import BadRequest

from bot.conversation.events import Chat, Tap
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Paragraph, Picture, Poll, Reply
from bot.memory.polls import AskedPoll
from bot.platforms.telegram import limits
from bot.platforms.telegram.adapter import Adapter
from bot.platforms.telegram.composing import Quiz, messages
from bot.platforms.telegram.incoming import read_vote
from bot.platforms.telegram.outgoing import deliver, deliver_notice
from bot.platforms.telegram.reaching import Reach
from tests.bot.platforms.telegram_bots import CHANNEL, FORUM, TOPIC, RecordingBot, said
from tests.peers.scripted import ScriptedAssistant

POLL = Poll("Who?", ("Monet", "Manet"), 1, "It is Manet.", 30, ("quiz:1:0", "quiz:1:1"))
IN_WORDS = ((Choice("Monet", "quiz:1:0"), Choice("Manet", "quiz:1:1")),)
REPLY = Reply((Paragraph("Who painted it?"),), IN_WORDS, poll=POLL, key="quiz:1")
ASKED = AskedPoll("telegram", "777", "-100", "5", True, POLL.data)


class Book:
    """A book of polls in memory."""

    def __init__(self) -> None:
        self.kept: list[AskedPoll] = []

    async def keep(self, poll: AskedPoll) -> None:
        """Keep a poll."""
        self.kept.append(poll)

    async def find(self, platform: str, poll: str) -> AskedPoll | None:
        """Find none."""
        return None


async def test_a_poll_is_a_quiz_that_tells_who_answered_and_is_kept() -> None:
    bot, book = RecordingBot(), Book()
    update = said(FORUM, text="/quiz", **TOPIC)
    assert await deliver(bot, update, REPLY, Reach(), book) == 11
    ((method, sent),) = bot.asked
    assert method == "sendPoll"
    assert (sent["question"], sent["type"], sent["is_anonymous"]) == ("Who?", "quiz", False)
    assert [option.text for option in sent["options"]] == ["Monet", "Manet"]
    assert (sent["correct_option_ids"], sent["explanation"]) == ([1], "It is Manet.")
    assert (sent["open_period"], sent["message_thread_id"]) == (30, 5)
    assert book.kept == [ASKED]


async def test_a_picture_comes_before_its_poll() -> None:
    bot = RecordingBot()
    shown = replace(REPLY, pictures=(Picture(b"jpeg", "A work", "image/jpeg"),))
    assert await deliver(bot, said(FORUM), shown, Reach(), Book()) == 12
    assert bot.methods == ["sendPhoto", "sendPoll"]
    assert bot.asked[0][1]["caption"] == "A work"


async def test_a_notice_may_be_a_poll() -> None:
    bot, book = RecordingBot(), Book()
    chat = Chat("telegram", "-100", is_group=True, thread="5")
    assert await deliver_notice(bot, Notice("n", chat, REPLY, "2"), Reach(), book) == 11
    assert bot.methods == ["sendPoll"]
    assert book.kept == [ASKED]


async def test_where_no_poll_can_be_sent_its_words_and_buttons_ask() -> None:
    book = Book()
    refused = RecordingBot(BadRequest("not enough rights to send polls to the chat"))
    assert await deliver(refused, said(FORUM), REPLY, Reach(), book) == 12
    without, channel = RecordingBot(), RecordingBot()
    await deliver(without, said(FORUM), REPLY, Reach())
    await deliver(channel, said(CHANNEL, "channel_post", text="/quiz"), REPLY, Reach(), book)
    for bot in (refused, without, channel):
        method, sent = bot.asked[-1]
        assert (method, sent["text"]) == ("sendMessage", "Who painted it?")
        assert len(sent["reply_markup"].inline_keyboard[0]) == 2
    assert (refused.methods[0], without.methods[0], channel.methods[0]) == (
        "sendPoll",
        "sendMessage",
        "sendMessage",
    )
    assert book.kept == []


@pytest.mark.parametrize(
    "options", [("Monet",), ("Monet",) * 2, ("Monet", " "), tuple("abcdefghijk")]
)
def test_options_that_telegram_would_refuse_are_asked_in_words(options: tuple[str, ...]) -> None:
    poll = replace(POLL, options=options, data=tuple(f"q:{o}" for o in options))
    assert not any(isinstance(each, Quiz) for each in messages(replace(REPLY, poll=poll), True))


def test_a_poll_is_within_telegrams_limits() -> None:
    long = Poll("Who? " * 99, ("Monet " * 30, "Manet " * 30), 0, "a\nb\nc\nd " * 30, 1, ("a", "b"))
    (quiz,) = messages(replace(REPLY, poll=long), polls=True)
    assert isinstance(quiz, Quiz)
    assert 250 < len(quiz.question) <= 300
    assert all(60 < len(option) <= 100 for option in quiz.options)
    assert 100 < len(quiz.explanation) <= 200
    assert quiz.explanation.startswith("a\nb\nc d a")
    assert quiz.explanation.count("\n") == 2
    assert quiz.seconds == 5
    (slow,) = messages(replace(REPLY, poll=replace(POLL, seconds=9999)), polls=True)
    assert isinstance(slow, Quiz)
    assert slow.seconds == 600


class LateBook(Book):
    """A book in which a poll is found only the second time that it is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.looked = 0

    async def find(self, platform: str, poll: str) -> AskedPoll | None:
        """Find the poll that these tests ask."""
        self.looked += 1
        return ASKED if self.looked > 1 else None


async def test_a_vote_that_comes_before_its_poll_is_kept_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "POLL_KEPT_SECONDS", 0)
    guide = ScriptedAssistant(REPLY)
    adapter = Adapter(RecordingBot(), guide, polls=LateBook())
    await adapter.answer(Update(1, poll_answer=answer(1)), None)
    (tap,) = guide.events
    assert isinstance(tap, Tap)
    assert tap.data == "quiz:1:1"


def answer(*options: int, **who: Any) -> PollAnswer:
    """An answer to the poll, by Ada if nobody else is named."""
    user = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "de"}
    chosen = [str(option) for option in options]
    ids = {"poll_id": "777", "option_ids": list(options), "option_persistent_ids": chosen}
    return PollAnswer.de_json({**ids, **(who or {"user": user})}, None)


def test_a_vote_is_a_tap_on_that_option_in_the_chat_where_it_was_asked() -> None:
    then = datetime(2026, 5, 1, tzinfo=UTC)
    tap = read_vote(answer(1), ASKED, then)
    assert tap is not None
    assert (tap.data, tap.person.id, tap.person.name, tap.language) == (
        "quiz:1:1",
        "7",
        "Ada",
        "de",
    )
    assert tap.chat == Chat("telegram", "-100", is_group=True, thread="5")
    assert tap.at == then
    again = read_vote(answer(1), ASKED, then)
    assert again is not None
    assert again.id == tap.id


def test_a_vote_that_was_taken_back_or_is_for_nothing_known_is_ignored() -> None:
    now = datetime.now(UTC)
    assert read_vote(answer(), ASKED, now) is None
    assert read_vote(answer(2), ASKED, now) is None


def test_a_vote_in_the_name_of_a_group_is_that_groups() -> None:
    tap = read_vote(answer(0, voter_chat={**FORUM, "id": -5}), ASKED, datetime.now(UTC))
    assert tap is not None
    assert tap.person.id == "chat:-5"
