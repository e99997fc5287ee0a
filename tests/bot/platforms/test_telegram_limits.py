"""Telegram's flood limits are kept, and patiently waited for where it says so."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.platforms.telegram.limiting import ChatLimiter
from bot.platforms.telegram.pacing import Pace


class Telegram:
    """Asks once for each of these waits (seconds), then answers."""

    def __init__(self, *waits: float) -> None:
        self.waits = list(waits)
        self.calls = 0

    async def __call__(self) -> bool:
        self.calls += 1
        if self.waits:
            raise RetryAfter(timedelta(seconds=self.waits.pop(0)))
        return True


async def ask(limiter: ChatLimiter, telegram: Telegram, **data: Any) -> object:
    """Have the limiter make a request."""
    endpoint = data.pop("endpoint", "sendMessage")
    return await limiter.process_request(telegram, (), {}, endpoint, data, None)


async def test_request_is_made_again_when_its_time_has_come() -> None:
    loop, telegram = asyncio.get_running_loop(), Telegram(1)
    began = loop.time()
    assert await ask(ChatLimiter(), telegram, chat_id=7)
    assert loop.time() - began >= 0.99
    assert telegram.calls == 2


async def test_only_the_chat_that_was_told_to_wait_waits() -> None:
    limiter, loop = ChatLimiter(), asyncio.get_running_loop()
    waiting = asyncio.create_task(ask(limiter, Telegram(1), chat_id=7))
    await asyncio.sleep(0)
    began = loop.time()
    await ask(limiter, Telegram(), chat_id=8)
    await ask(limiter, Telegram(), endpoint="getFile")
    assert loop.time() - began < 0.5
    same = Telegram()
    also = asyncio.create_task(ask(limiter, same, chat_id=7))
    await asyncio.sleep(0.1)
    assert same.calls == 0
    await asyncio.gather(waiting, also)


@pytest.mark.parametrize(
    ("telegram", "endpoint", "calls"),
    [
        (Telegram(0.01, 0.01, 0.01), "sendMessage", 3),
        (Telegram(3600), "sendMessage", 1),
        (Telegram(1), "sendChatAction", 1),
    ],
    ids=["three tries", "too long a wait", "a mere sign of typing"],
)
async def test_patience_is_bounded(telegram: Telegram, endpoint: str, calls: int) -> None:
    with pytest.raises(RetryAfter):
        await ask(ChatLimiter(), telegram, chat_id=7, endpoint=endpoint)
    assert telegram.calls == calls


async def test_no_typing_is_shown_in_a_chat_that_waits() -> None:
    limiter, typing = ChatLimiter(), Telegram()
    waiting = asyncio.create_task(ask(limiter, Telegram(0.2), chat_id=7))
    await asyncio.sleep(0.01)
    assert await ask(limiter, typing, chat_id=7, endpoint="sendChatAction")
    assert typing.calls == 0
    await ask(limiter, typing, chat_id=8, endpoint="sendChatAction")
    assert typing.calls == 1
    await waiting


class Paced(Pace):
    """Keeps for how many messages of which chat a turn was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[tuple[str, int]] = []

    async def turn(self, chat: str, count: int = 1) -> None:
        self.turns.append((chat, count))


async def test_only_what_posts_or_edits_is_paced_and_an_album_as_its_pictures() -> None:
    pace = Paced()
    limiter = ChatLimiter(pace=pace)
    for endpoint in ("answerCallbackQuery", "getFile", "sendChatAction", "getChatMember"):
        await ask(limiter, Telegram(), chat_id=7, endpoint=endpoint)
    assert pace.turns == []
    for endpoint in ("sendMessage", "editMessageText", "copyMessage"):
        await ask(limiter, Telegram(), chat_id=7, endpoint=endpoint)
    await ask(limiter, Telegram(), chat_id=7, endpoint="sendMediaGroup", media=[1, 2, 3])
    await ask(limiter, Telegram(), inline_message_id="a", endpoint="editMessageText")
    assert pace.turns == [("7", 1)] * 3 + [("7", 3), ("", 1)]


@pytest.mark.parametrize(
    ("refusal", "endpoint", "heeded"),
    [
        (Forbidden("bot was blocked by the user"), "sendMessage", True),
        (ChatMigrated(-2), "sendPhoto", True),
        (Forbidden("not enough rights"), "getChatMember", False),
        (BadRequest("chat not found"), "sendMessage", False),
    ],
)
async def test_a_chat_that_cannot_be_written_to_is_told_of(
    refusal: TelegramError, endpoint: str, heeded: bool
) -> None:
    told = list[tuple[int, TelegramError]]()

    async def heed(chat: int, error: TelegramError) -> None:
        told.append((chat, error))

    async def refuse() -> bool:
        raise refusal

    with pytest.raises(type(refusal)):
        await ChatLimiter(heed).process_request(refuse, (), {}, endpoint, {"chat_id": -1}, None)
    assert told == ([(-1, refusal)] if heeded else [])
