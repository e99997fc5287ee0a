"""Our loopback Bot API itself: long polling, webhooks, flood control."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.peers.telegram_raw import RawBot, RawError, jpeg, refused
from tests.peers.telegram_server import BotApiServer

ADA, GROUP = 7, -1001234567890
SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Hook:
    """A webhook that keeps what it is told; ``answers`` are its next statuses."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.secrets: set[str] = set()
        self.answers: list[int] = []
        self.url = ""
        self.gate = asyncio.Event()
        self.gate.set()
        self._change = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.add(request.headers.get(SECRET, ""))
        update = await request.json()
        await self.gate.wait()
        if self.answers:
            return web.Response(status=self.answers.pop(0))
        async with self._change:
            self.got.append(update)
            self._change.notify_all()
        return web.Response()

    async def holds(self, number: int) -> None:
        async with asyncio.timeout(5), self._change:
            await self._change.wait_for(lambda: len(self.got) >= number)


@pytest.fixture
async def hook(server: BotApiServer) -> AsyncIterator[Hook]:
    """A webhook at ``hook.url``, on plain HTTP."""
    server.methods.delivery.plain = True
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_come_a_hundred_at_a_time_until_they_are_confirmed(
    server: BotApiServer, bot: RawBot
) -> None:
    for number in range(120):
        server.people.send_text(ADA, str(number))
    first = await bot("getUpdates")
    assert len(first) == 100
    assert await bot("getUpdates") == first
    assert len(await bot("getUpdates", limit=3)) == 3
    rest = await bot("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == [str(n) for n in range(99, 120)]
    assert await bot("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_second_listener_ends_the_first(server: BotApiServer, bot: RawBot) -> None:
    newest = (await bot("getUpdates"))[-1]["update_id"]
    waiting = asyncio.create_task(bot("getUpdates", offset=newest + 1, timeout=5))
    await server.requested("getUpdates", 2)
    await bot("getUpdates", offset=newest + 1)
    with pytest.raises(RawError, match="409") as caught:
        await waiting
    assert "terminated by other getUpdates request" in caught.value.description


async def test_allowed_updates_hold_until_others_are_named(
    server: BotApiServer, bot: RawBot
) -> None:
    sent = await bot("sendMessage", chat_id=ADA, text="A")
    await bot("getUpdates", allowed_updates=["callback_query"])
    server.people.send_text(ADA, "not heard")
    await bot("getUpdates")
    server.people.tap(sent, "go")
    kinds = [list(update)[1] for update in await bot("getUpdates")]
    assert kinds == ["message", "callback_query"], "the first message came before the wish"
    await bot("getUpdates", allowed_updates=[])
    server.people.send_text(ADA, "heard")
    assert list((await bot("getUpdates"))[-1])[1] == "message"


async def test_webhook_has_to_be_https_on_telegrams_ports(bot: RawBot) -> None:
    async def answer(url: str, **values: str) -> str:
        return await refused(bot, "setWebhook", url=url, **values)

    assert "An HTTPS URL must be provided" in await answer("http://docent.example/hook")
    assert "only on ports" in await answer("https://docent.example:8080/hook")
    assert "unallowed characters" in await answer("https://docent.example/", secret_token="a b")


async def test_webhook_gets_updates_in_order_with_its_secret(
    server: BotApiServer, bot: RawBot, hook: Hook
) -> None:
    await bot("setWebhook", url=hook.url, secret_token="hush", max_connections=1)
    for number in range(10):
        server.people.send_text(ADA, str(number))
    await hook.holds(11)
    words = [update["message"]["text"] for update in hook.got]
    assert words == ["/start", *map(str, range(10))]
    assert hook.secrets == {"hush"}
    answer = await refused(bot, "getUpdates")
    assert answer.startswith("409 Conflict: can't use getUpdates method while webhook is active")


async def test_webhook_that_fails_is_tried_again(
    server: BotApiServer, bot: RawBot, hook: Hook
) -> None:
    hook.answers = [500, 503]
    await bot("setWebhook", url=hook.url)
    await hook.holds(1)
    assert len(hook.got) == 1
    info = await bot("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == (hook.url, 0)
    assert "503" in info["last_error_message"]


async def test_webhook_gets_no_more_at_once_than_it_takes(
    server: BotApiServer, bot: RawBot, hook: Hook
) -> None:
    hook.gate.clear()
    await bot("setWebhook", url=hook.url, max_connections=3)
    for number in range(10):
        server.people.send_text(ADA, str(number))
    await asyncio.sleep(0.2)
    assert (await bot("getWebhookInfo"))["pending_update_count"] == 11
    hook.gate.set()
    await hook.holds(11)
    assert server.methods.delivery.most_posting == 3


async def test_deleted_webhook_leaves_its_updates_to_polling(
    server: BotApiServer, bot: RawBot, hook: Hook
) -> None:
    hook.answers = [500] * 1000
    await bot("setWebhook", url=hook.url, max_connections=1)
    await asyncio.sleep(0.1)
    await bot("deleteWebhook")
    assert (await bot("getWebhookInfo"))["url"] == ""
    (update,) = await bot("getUpdates", timeout=5)
    assert update["message"]["text"] == "/start"
    assert await bot("getUpdates", offset=update["update_id"] + 1) == []


async def flooded(bot: RawBot, chat: int, times: int, **values: Any) -> int:
    """Send so often at once; return how many got through."""
    sent = 0
    for number in range(times):
        try:
            await bot("sendMessage", chat_id=chat, text=str(number), **values)
        except RawError as error:
            assert error.code == 429
            assert error.parameters["retry_after"] >= 1
        else:
            sent += 1
    return sent


async def test_chat_takes_a_burst_and_then_a_message_a_second(
    server: BotApiServer, bot: RawBot
) -> None:
    server.strict(burst=3)
    assert await flooded(bot, ADA, 6) == 3
    assert len(server.floods) == 3
    waits = [flood.retry_after for flood in server.floods]
    assert waits == sorted(set(waits)), "each request made while banned lengthens the ban"
    server.people.send_text(8, "/start")
    assert await flooded(bot, 8, 1) == 1, "another chat is not held up"


async def test_group_takes_twenty_a_minute_edits_and_albums_counted(
    server: BotApiServer, bot: RawBot
) -> None:
    server.strict(factor=60, burst=100)
    server.people.send_text(GROUP, "/tour")
    assert await flooded(bot, GROUP, 17) == 17
    sent = await bot("sendMessage", chat_id=GROUP, text="A")
    where = {"chat_id": GROUP, "message_id": sent["message_id"]}
    await bot("editMessageText", text="B", **where)
    album = [{"type": "photo", "media": "attach://a"}] * 2
    with pytest.raises(RawError, match="429"):
        await bot("sendMediaGroup", {"a": ("a.jpg", jpeg())}, chat_id=GROUP, media=album)
    await asyncio.sleep(server.floods[-1].retry_after + 0.1)
    assert await flooded(bot, GROUP, 5) == 5, "a minute of Telegram's time is over"


async def test_all_chats_together_take_thirty_a_second(server: BotApiServer, bot: RawBot) -> None:
    server.strict(factor=0.05)
    chats = range(100, 140)
    for chat in chats:
        server.people.send_text(chat, "/start")
    through = sum([await flooded(bot, chat, 1) for chat in chats])
    assert through == 30
    assert {flood.chat for flood in server.floods} == set(range(130, 140))
