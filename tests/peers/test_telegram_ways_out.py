"""Albums, files, polls and notices as they reach a strict Bot API server, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.events import Chat, Command, Tap
from bot.conversation.notices import Notice
from bot.conversation.replies import Choice, Document, Paragraph, Picture, Poll, Reply
from bot.memory.store import Store
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA, EVE = 7, 8
GROUP, CHANNEL = -1001234567890, -1002222222222
BUTTONS = ((Choice("Next", "tour:next"),),)
STOPS = tuple(
    Picture(jpeg(300, 200, colour), f"Stop <{colour}>", "image/jpeg")
    for colour in ("red", "teal", "navy")
)
FILES = (
    Document(b"%PDF-1.7", "tour.pdf", "application/pdf"),
    Document(b"stop;votes", "tour.csv", "text/csv"),
)
POLL = Poll("Who painted it?", ("Monet", "Manet"), 1, "Manet.", 30, ("quiz:1:0", "quiz:1:1"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    yield store
    await store.close()


async def test_recap_is_an_album_then_words_and_buttons_then_files(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    recap = Reply((Paragraph("Three stops."),), BUTTONS, pictures=STOPS, documents=FILES, key="r")
    assistant.replies[Command] = recap
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(GROUP, "/tour@docent_test_bot end")
        album, words, pdf, csv = [await telegram_server.next_message() for _ in range(4)]
    assert [each.text for each in album.album] == ["Stop <red>", "Stop <teal>", "Stop <navy>"]
    assert (words.text, words.button("Next")) == ("Three stops.", "tour:next")
    assert (pdf.document, csv.document) == (FILES[0].data, FILES[1].data)
    assert csv.message["document"]["file_name"] == "tour.csv"
    ((_, key, number),) = assistant.shown_keys
    assert (key, number) == ("r", str(words.message["message_id"]))


async def test_toast_alone_answers_the_tap_and_nothing_else(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    long = "That counts, and you may change it until all have chosen their painter."
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        sent = await telegram_server.next_message()
        for toast in ("Noted", long):
            assistant.replies[Tap] = Reply((), toast=toast)
            taps = len(telegram_server.calls("answerCallbackQuery"))
            telegram_server.people.tap(sent.message, "guess:1:x")
            await telegram_server.requested("answerCallbackQuery", taps + 1)
    short, alert = telegram_server.calls("answerCallbackQuery")
    assert (short["text"], "show_alert" in short) == ("Noted", False)
    assert (alert["text"], alert["show_alert"]) == (long, "true")
    assert len(telegram_server.calls("sendMessage")) == 1
    assert telegram_server.calls("editMessageText") == []


async def test_words_under_a_picture_are_changed_in_place(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.replies[Command] = Reply((Paragraph("?"),), BUTTONS, pictures=STOPS[:1])
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(ADA, "/today")
        sent = await telegram_server.next_message()
        telegram_server.people.tap(sent.message, "tour:next")
        edited = await telegram_server.next_edit()
    assert edited.message["message_id"] == sent.message["message_id"]
    assert edited.text.startswith("Johannes Vermeer")
    assert len(telegram_server.calls("editMessageCaption")) == 1


async def test_notice_takes_the_place_of_a_message_or_comes_anew(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    topic = telegram_server.people.open_topic(GROUP, "Room 5")
    chat = Chat("telegram", str(GROUP), is_group=True, thread=str(topic))
    assistant.replies[Command] = Reply((Paragraph("Guess!"),), BUTTONS, key="round:1")
    over = Reply((Paragraph("It was Manet."),))
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(GROUP, "/tour@docent_test_bot", thread=topic)
        await telegram_server.next_message()
        ((_, _, number),) = await shown(assistant)
        assistant.to_say.put_nowait(Notice("a", chat, over, number))
        edited = await telegram_server.next_edit()
        assistant.to_say.put_nowait(Notice("b", chat, over, "999"))
        new = await telegram_server.next_message()
        await told(assistant, 2)
    assert (str(edited.message["message_id"]), edited.text) == (number, "It was Manet.")
    assert new.message["message_thread_id"] == topic
    assert [number for _, number in assistant.told_notices] == [
        number,
        str(new.message["message_id"]),
    ]


async def test_poll_is_asked_in_words_in_a_channel(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    telegram_server.people.open_channel(CHANNEL)
    reply = Reply((Paragraph("Who painted it?"),), BUTTONS, poll=POLL)
    assistant.replies[Command] = reply
    channel = Chat("telegram", str(CHANNEL), is_group=True)
    async with running(telegram_server, assistant, store=store):
        telegram_server.people.send_text(CHANNEL, "/quiz")
        sent = await telegram_server.next_message()
        assistant.to_say.put_nowait(Notice("a", channel, reply))
        again = await telegram_server.next_message()
    assert [each.text for each in (sent, again)] == ["Who painted it?"] * 2
    assert len(telegram_server.calls("sendPoll")) == 1, "a notice does not know of a channel"


async def test_answer_to_a_vote_comes_to_the_chat_unless_it_would_replace_the_poll(
    telegram_server: BotApiServer, assistant: Scripted, store: Store
) -> None:
    assistant.replies[Command] = Reply((Paragraph("?"),), poll=POLL)
    people = telegram_server.people
    async with running(telegram_server, assistant, store=store):
        people.send_text(GROUP, "/quiz@docent_test_bot")
        poll = await telegram_server.next_message()
        people.vote(poll.message, ADA, 0)
        async with asyncio.timeout(5):
            while not isinstance(assistant.events[-1], Tap):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assistant.replies[Tap] = Reply((Paragraph("All have chosen."),))
        people.vote(poll.message, EVE, 1)
        all_in = await telegram_server.next_message()
    assert (all_in.text, all_in.message["chat"]["id"]) == ("All have chosen.", GROUP)
    assert len([e for e in assistant.events if isinstance(e, Tap)]) == 2


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (403, "Forbidden: bot was blocked by the user"),
    ],
)
async def test_chat_that_docent_cannot_write_to_is_no_fault_of_its_own(
    telegram_server: BotApiServer,
    assistant: Scripted,
    caplog: pytest.LogCaptureFixture,
    code: int,
    refusal: str,
) -> None:
    telegram_server.refuse("sendMessage", code, refusal)
    async with running(telegram_server, assistant):
        telegram_server.people.send_text(ADA, "Vermeer")
        await telegram_server.requested("sendMessage")
        telegram_server.people.send_text(EVE, "Vermeer")
        await telegram_server.next_message()
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


async def shown(assistant: Scripted) -> list[tuple[Chat, str, str]]:
    """Return what was shown with a key, once there is any."""
    async with asyncio.timeout(5):
        while not assistant.shown_keys:  # noqa: ASYNC110 - the assistant has no event for it
            await asyncio.sleep(0.01)
    return assistant.shown_keys


async def told(assistant: Scripted, count: int) -> None:
    """Wait until so many notices were told."""
    async with asyncio.timeout(5):
        while len(assistant.told_notices) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
