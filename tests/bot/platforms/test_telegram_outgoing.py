"""What becomes of a reply when the network fails on the way, and how long "typing" shows."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, NetworkError, TimedOut

from bot.conversation.replies import Paragraph, Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.outgoing import deliver, typing
from bot.platforms.telegram.reaching import Reach

CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1, "chat": CHAT, "text": "Vermeer"}
ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
TAP = {"id": "1", "from": ADA, "chat_instance": "1", "message": MESSAGE, "data": "x"}
ANSWER = Reply((Paragraph("A painter."),), replaces=True)


class FailingBot(Bot):
    """A bot whose requests fail as prepared; it keeps what it was asked to do."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__("42:token")
        self._errors = list(errors)
        self._asked: list[str] = []
        self._chats: list[int] = []

    @property
    def chats(self) -> list[int]:
        """The chats for which they were called."""
        return self._chats

    @property
    def asked(self) -> list[str]:
        """The methods that were called."""
        return self._asked

    async def _do_post(self, endpoint: str, data: dict[str, Any], **_: Any) -> Any:
        self._asked.append(endpoint)
        self._chats.append(data["chat_id"])
        if self._errors:
            raise self._errors.pop(0)
        return True if endpoint == "sendChatAction" else MESSAGE


def caused(error: NetworkError, cause: Exception) -> NetworkError:
    """The error as python-telegram-bot raises it."""
    error.__cause__ = cause
    return error


def update(**content: Any) -> Update:
    read = Update.de_json({"update_id": 1, **content}, None)
    assert read is not None
    return read


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEND_PAUSE_SECONDS", 0)


async def test_message_that_never_left_is_sent_again() -> None:
    bot = FailingBot(
        caused(NetworkError("away"), httpx.ConnectError("")),
        caused(TimedOut(), httpx.PoolTimeout("")),
    )
    await deliver(bot, update(message=MESSAGE), ANSWER, Reach())
    assert bot.asked == ["sendMessage"] * 3


async def test_message_that_may_have_arrived_is_not_sent_twice() -> None:
    bot = FailingBot(caused(TimedOut(), httpx.ReadTimeout("")))
    with pytest.raises(TimedOut):
        await deliver(bot, update(message=MESSAGE), ANSWER, Reach())
    assert bot.asked == ["sendMessage"]


async def test_edit_is_made_again_whatever_failed() -> None:
    bot = FailingBot(
        caused(TimedOut(), httpx.ReadTimeout("")), BadRequest("Message is not modified")
    )
    await deliver(bot, update(callback_query=TAP), ANSWER, Reach())
    assert bot.asked == ["editMessageText"] * 2


async def test_edit_in_a_group_that_moved_is_sent_to_where_it_went() -> None:
    bot = FailingBot(ChatMigrated(-1005))
    await deliver(bot, update(callback_query=TAP), ANSWER, Reach())
    assert bot.asked == ["editMessageText", "sendMessage"]
    assert bot.chats == [7, -1005]


def away(times: int) -> list[Exception]:
    """So many failures to reach Telegram at all."""
    return [caused(NetworkError("away"), httpx.ConnectError("")) for _ in range(times)]


async def test_network_may_stay_away_for_long() -> None:
    bot = FailingBot(*away(30))
    await deliver(bot, update(message=MESSAGE), ANSWER, Reach())
    assert bot.asked == ["sendMessage"] * 31


async def test_network_that_stays_away_is_given_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SEND_PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(limits, "UNSENT_SECONDS", 0.1)
    bot = FailingBot(*away(30))
    with pytest.raises(NetworkError):
        await deliver(bot, update(message=MESSAGE), ANSWER, Reach())
    assert 2 < len(bot.asked) < 7


async def test_stop_ends_the_waiting_for_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEND_PAUSE_SECONDS", 60)
    bot, reach = FailingBot(*away(30)), Reach()
    sending = asyncio.create_task(deliver(bot, update(message=MESSAGE), ANSWER, reach))
    await asyncio.sleep(0.05)
    reach.stopping.set()
    with pytest.raises(NetworkError):
        await asyncio.wait_for(sending, 1)
    assert bot.asked == ["sendMessage"] * 2


async def test_typing_is_shown_again_until_the_work_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "TYPING_SECONDS", 0.02)
    bot = FailingBot()
    async with typing(bot, update(message=MESSAGE)):
        await asyncio.sleep(0.2)
    shown = len(bot.asked)
    assert shown >= 3
    await asyncio.sleep(0.06)
    assert len(bot.asked) == shown


async def test_typing_that_fails_disturbs_nothing() -> None:
    bot = FailingBot(NetworkError("away"))
    async with typing(bot, update(message=MESSAGE)):
        await asyncio.sleep(0.02)
    assert bot.asked == ["sendChatAction"]
