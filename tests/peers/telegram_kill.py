"""A bot whose process is killed, as far as that can be had within one process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import CoroutineType
from typing import Any

from bot.memory.store import Store
from bot.platforms.guide import Guide
from bot.platforms.telegram import TelegramPlatform
from tests.peers.telegram_server import BotApiServer


@asynccontextmanager
async def killed(server: BotApiServer, assistant: Guide, store: Store) -> AsyncIterator[None]:
    """Run a bot that at the end of the block does nothing more, as if its process were killed."""
    before = asyncio.all_tasks()
    platform = TelegramPlatform(server.token, assistant, server.url, store=store)
    task = asyncio.create_task(platform._connected(asyncio.Event()))
    await task
    try:
        yield
    finally:
        mine = asyncio.all_tasks() - before
        for each in mine:
            if not is_the_servers(each):
                each.cancel()
        await asyncio.sleep(0.1)


def is_the_servers(task: asyncio.Task[Any]) -> bool:
    """Return whether a task works for the loopback server and not for the bot."""
    coroutine = task.get_coro()
    file = coroutine.cr_code.co_filename if isinstance(coroutine, CoroutineType) else ""
    return "aiohttp" in file or "telegram_server" in file


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(8):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


async def confirmed(server: BotApiServer) -> None:
    """Wait until Telegram was told that all updates so far may be forgotten."""
    last = server.people.updates[-1]["update_id"]
    await until(lambda: any(int(c.get("offset", 0)) > last for c in server.calls("getUpdates")))
