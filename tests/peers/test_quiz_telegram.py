"""A quiz on Telegram: the group's own polls, one message a question, and in the end a table."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.memory.store import Store
from bot.memory.tables import QuestionRow, QuizRow
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from knowledge.library import CONTENT, Library
from knowledge.reading import read_content
from tests.peers.telegram_bot import running
from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server.record import Sent
from tests.tiny_model import write_tiny_model

GROUP = -1001234567890
ADA, EVE = 7, 8


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(read_content(CONTENT), None)


@pytest.fixture
async def parts(tmp_path: Path, library: Library) -> AsyncIterator[Parts]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    recognizer = Recognizer(Model(read_card(write_tiny_model(tmp_path / "model"))))
    yield Parts(recognizer, library, store, Phrases())
    recognizer.close()
    await store.close()


async def over(parts: Parts, number: int) -> None:
    """Let the time of a question be over, as soon as Docent knows that it is shown."""
    before = datetime.now(UTC) - timedelta(seconds=1)
    async with asyncio.timeout(5):
        while not await _ended(parts, number, before):  # noqa: ASYNC110 - nothing rings for it
            await asyncio.sleep(0.01)
    async with parts.store.writing() as session:
        await session.execute(update(QuizRow).values(due=before))
    parts.bell.ring()


async def _ended(parts: Parts, number: int, at: datetime) -> bool:
    shown = QuestionRow.ends.is_not(None) & (QuestionRow.number == number)
    async with parts.store.writing() as session:
        ended = update(QuestionRow).where(shown).values(ends=at).returning(QuestionRow.number)
        return bool((await session.execute(ended)).all())


def right(sent: Sent) -> int:
    return int(sent.message["poll"]["correct_option_ids"][0])


async def test_a_group_is_asked_by_polls_and_told_who_knew_how_much(
    telegram_server: BotApiServer, parts: Parts
) -> None:
    people = telegram_server.people
    people.join(GROUP, EVE, "Eve")
    async with running(telegram_server, Assistant(parts), store=parts.store):
        people.send_text(GROUP, "/quiz@docent_test_bot", person=ADA)
        for number in range(5):
            asked = await telegram_server.next_message()
            poll = asked.message["poll"]
            assert poll["question"].startswith(f"{number + 1}/5 ")
            assert (poll["type"], poll["is_anonymous"], poll["open_period"]) == ("quiz", False, 30)
            people.vote(asked.message, ADA, right(asked))
            people.vote(asked.message, EVE, (right(asked) + (number > 2)) % 4)
            await votes(parts, 2 * number + 2)
            await over(parts, number)
        told = await telegram_server.next_message()
    assert "1. Ada: 5 of 5" in told.text
    assert "2. Eve: 3 of 5" in told.text
    assert len([e for e in telegram_server.log if e.sent.chat == GROUP]) == 6


async def test_a_restart_between_two_questions_repeats_none_and_loses_no_vote(
    telegram_server: BotApiServer, parts: Parts
) -> None:
    people = telegram_server.people
    people.join(GROUP, EVE, "Eve")
    async with running(telegram_server, Assistant(parts), store=parts.store):
        people.send_text(GROUP, "/quiz@docent_test_bot", person=ADA)
        first = await telegram_server.next_message()
        people.vote(first.message, EVE, right(first))
        await votes(parts, 1)
    await over(parts, 0)
    async with running(telegram_server, Assistant(parts), store=parts.store):
        second = await telegram_server.next_message()
        assert second.message["poll"]["question"].startswith("2/5 ")
        people.send_text(GROUP, "/quiz@docent_test_bot stop", person=ADA)
        told = await telegram_server.next_message()
    assert "1. Eve: 1 of 2" in told.text


async def test_in_private_a_vote_brings_the_next_question_at_once(
    telegram_server: BotApiServer, parts: Parts
) -> None:
    people = telegram_server.people
    async with running(telegram_server, Assistant(parts), store=parts.store):
        people.send_text(ADA, "/quiz impressionism")
        for number in range(5):
            asked = await telegram_server.next_message()
            assert asked.message["poll"]["question"].startswith(f"{number + 1}/5 ")
            people.vote(asked.message, ADA, right(asked))
        told = await telegram_server.next_message()
    assert "You had 5 of 5 right." in told.text


async def votes(parts: Parts, count: int) -> None:
    """Wait until so many votes are kept."""
    async with asyncio.timeout(5):
        while len(await parts.quizzes.answers(1)) < count:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
