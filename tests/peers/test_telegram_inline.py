"""Docent named in other chats: cards by inline queries, against a server on loopback."""

import asyncio
import json
import logging

import pytest

from bot.conversation.cards import Card, cards
from bot.conversation.phrases import Phrases
from bot.conversation.replies import Credit, Credits, Paragraph, Reply, Title
from bot.conversation.speech import Parts
from knowledge.library import CONTENT, Library
from knowledge.reading import read_content
from tests.peers.telegram_bot import Scripted, jpeg, running
from tests.peers.telegram_server import BotApiServer

ADA = 7
SOURCES = Credits("Sources", (Credit("Wikipedia", "https://wikipedia.example/A&B", "CC BY-SA"),))
MONET = Card(
    "artist/claude-monet",
    "Claude Monet",
    "1840–1926 · Impressionism",
    Reply((Title("Claude <Monet>"), Paragraph("Light & water."), SOURCES)),
)


async def answer_to(server: BotApiServer, words: str, offset: str = "") -> list[str]:
    """Ask in some chat; return the ids of the cards that are offered."""
    asked = len(server.calls("answerInlineQuery"))
    query = server.people.ask_inline(words, ADA, offset)
    answer = await server.requested("answerInlineQuery", asked + 1)
    assert answer["inline_query_id"] == query["id"]
    return [result["id"] for result in json.loads(answer["results"])]


async def test_query_in_any_chat_is_answered_with_cards(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.offered = [MONET]
    async with running(telegram_server, assistant):
        assert await answer_to(telegram_server, "monet") == ["artist/claude-monet"]
    (event,) = assistant.events
    assert event.chat.id == event.person.id == str(ADA)
    assert not telegram_server.calls("sendMessage")


async def test_nothing_found_is_answered_too(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    async with running(telegram_server, assistant):
        assert await answer_to(telegram_server, "xyzzy") == []
    (call,) = telegram_server.calls("answerInlineQuery")
    assert "inline" in call["button"]


async def test_query_does_not_wait_for_a_photo_in_hand(
    telegram_server: BotApiServer, assistant: Scripted
) -> None:
    assistant.offered = [MONET]
    gate = assistant.gates[str(ADA)] = asyncio.Event()
    async with running(telegram_server, assistant):
        telegram_server.people.send_photo(ADA, jpeg())
        await telegram_server.requested("sendChatAction")
        assert await answer_to(telegram_server, "monet") == [MONET.id]
        assert not telegram_server.calls("sendMessage")
        gate.set()
        await telegram_server.next_message()


async def test_late_answer_is_noted_and_the_next_query_answered(
    telegram_server: BotApiServer, assistant: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(telegram_server, assistant):
        telegram_server.late_taps.add(telegram_server.people.ask_inline("mon", ADA)["id"])
        await telegram_server.requested("answerInlineQuery")
        assert await answer_to(telegram_server, "monet") == []
    assert "answered too late" in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


class Learned(Scripted):
    """The scripted assistant, with the cards of the real library."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts

    async def take(self, query: str) -> None:
        self.offered = await cards(self.parts, query, self.parts.library.language, 101)


async def test_every_card_of_the_library_is_one_that_telegram_takes(
    telegram_server: BotApiServer,
) -> None:
    library = Library(read_content(CONTENT), None)
    parts = object.__new__(Parts)
    vars(parts).update(library=library.in_language("de"), phrases=Phrases())
    assistant = Learned(parts)
    async with running(telegram_server, assistant):
        for query in ("", "van", "a", "impressionismus", "seerosen"):
            await assistant.take(query)
            shown: list[str] = []
            for offset in range(0, len(assistant.offered), 20):
                shown += await answer_to(telegram_server, query, str(offset or ""))
            assert shown == [card.id for card in assistant.offered[:100]]
            assert shown
