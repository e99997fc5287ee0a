"""The stage of a tour on Telegram: the real platform beside a Bot API server on loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from bot.platforms.telegram import limits
from tests.peers.telegram_bot import running
from tests.peers.telegram_kill import until
from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server.record import Sent
from tests.peers.tour_scenario import GAME, HAND, JOIN, Asked, Ended

GROUP = -1001234567890
HURRIED = dict.fromkeys(
    ("MESSAGES_IN_A_CHAT", "MESSAGES_IN_A_GROUP", "MESSAGES_IN_ALL"), (1000, 1.0)
)
"""This server counts no floods, so that nothing has to wait for its time."""


class OnTelegram:
    """A supergroup, or a person's own chat with the bot; persons have their numbers as ids."""

    def __init__(self, server: BotApiServer, parts: Parts, names: tuple[str, ...]) -> None:
        self.parts = parts
        self.names = names
        self._server = server
        self._run = AsyncExitStack()
        self._chat = GROUP if len(names) > 1 else 1
        self._brought: list[dict[str, Any]] = []
        self._before = 0
        for person, name in enumerate(names, start=1):
            server.people.join(GROUP, person, name)

    async def begins(self) -> None:
        await self._start()
        page = await self._told("/tour start")
        self._before = len(self._server.log)
        for person in range(2, len(self.names) + 1):
            await self._tapped(page, JOIN, person)
        await self._tapped(page, GAME, 1)
        await self._server.next_edit()

    async def shows(self, person: int, picture: bytes, *, silent: bool) -> Asked | None:
        self._server.people.send_photo(self._chat, picture, person=person)
        self._brought.append(self._server.people.updates[-1])
        if silent:
            return None
        sent = deepcopy(await self._server.next_message())  # an edit takes its buttons away
        hands = {b["text"]: b["callback_data"] for b in sent.buttons}
        asks = any(data.startswith(HAND) for data in hands.values())
        return Asked(sent.text, tuple(hands), (sent, hands)) if asks else None

    async def taps(self, person: int, asked: Asked, name: str) -> None:
        sent, hands = asked.handle
        await self._tapped(sent, hands[name], person)
        self._brought.append(self._server.people.updates[-1])

    async def again(self, number: int) -> None:
        self._server.deliver_again(self._brought[number])

    async def reads(self, asked: Asked) -> str:
        number = asked.handle[0].message["message_id"]
        await until(lambda: self._shown(number).text != asked.words)
        return self._shown(number).text

    async def restarts(self) -> None:
        await self._run.aclose()
        await self._start()

    async def ends(self) -> Ended:
        self._server.people.send_text(self._chat, "/tour end", person=1)
        words = ""
        while True:
            sent = await self._server.next_message()
            words += f"\n{sent.text}"
            if sent.message.get("document", {}).get("file_name", "").endswith(".csv"):
                return Ended(sent.document, words)

    def said(self) -> int:
        new = self._server.log[self._before :]
        return sum(entry.method.startswith("send") for entry in new)

    async def leaves(self) -> None:
        """End the bot."""
        await self._run.aclose()

    async def _start(self) -> None:
        platform = running(self._server, Assistant(self.parts), store=self.parts.store)
        await self._run.enter_async_context(platform)

    async def _told(self, words: str) -> Sent:
        self._server.people.send_text(self._chat, words, person=1)
        return await self._server.next_message()

    async def _tapped(self, on: Sent, data: str, person: int) -> None:
        query = self._server.people.tap(on.message, data, person=person)
        await until(self._answered(query["id"]))

    def _answered(self, query: str) -> Callable[[], bool]:
        calls = self._server.calls
        return lambda: any(c["callback_query_id"] == query for c in calls("answerCallbackQuery"))

    def _shown(self, number: int) -> Sent:
        return self._server.methods.record.shown[self._chat, number]


@asynccontextmanager
async def on_telegram(parts: Parts, names: tuple[str, ...]) -> AsyncIterator[OnTelegram]:
    """Give a stage; at the end, nothing that the bot asked may have been against the rules."""
    async with BotApiServer() as server:
        stage = OnTelegram(server, parts, names)
        with patch.multiple(limits, **HURRIED):
            try:
                yield stage
            finally:
                await stage.leaves()
        assert server.problems == []
