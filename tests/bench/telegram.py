"""A hundred chats at once on a loopback Bot API, and texts a second beside the least of bots."""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.peers.telegram_server import BotApiServer

CHATS = 100
TEXTS = 1500
START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 90, 600, 60


@asynccontextmanager
async def bot(
    server: BotApiServer, module: str, *arguments: str, **settings: str
) -> AsyncIterator[None]:
    """Run a bot as its own process beside the server, from its first poll on."""
    environment = {"PATH": os.environ["PATH"], "WIKIPEDIA": "false", "WEB_PORT": "0"}
    environment |= {"LOG_LEVEL": "ERROR", **settings}
    command = [sys.executable, "-m", module, *arguments]
    polls = len(server.calls("getUpdates"))
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(START_SECONDS):
            while len(server.calls("getUpdates")) < polls + 2:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)
        yield
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def docent_late(photo: bytes) -> tuple[float, float, list[str]]:
    """Have a hundred chats send two photos each at once.

    Return how late Docent's event loop was at worst in 99 of 100 cases, in milliseconds, the
    seconds until all were answered, and what was wrong: photos not answered once and in order.
    """
    with tempfile.TemporaryDirectory() as folder:
        late = Path(folder) / "late.json"
        async with BotApiServer() as server:
            settings = _settings(server, folder)
            async with bot(server, "tests.bench.watched", str(late), **settings):
                sizes = server.people.sizes(photo)
                started = time.perf_counter()
                sent = {chat: _photos(server, chat, sizes) for chat in range(1, CHATS + 1)}
                await _answered(server, sum(map(len, sent.values())))
                seconds = time.perf_counter() - started
            wrong = _wrong(server, sent)
        lateness = sorted(json.loads(late.read_text()))
    return lateness[int(0.99 * len(lateness))], seconds, wrong


async def texts_a_second(module: str) -> float:
    """Return how many texts of a hundred chats a bot answers in a second."""
    with tempfile.TemporaryDirectory() as folder:
        async with BotApiServer() as server:
            arguments = (server.token, server.url) if module.endswith("echo") else ()
            async with bot(server, module, *arguments, **_settings(server, folder)):
                for number in range(TEXTS):
                    server.people.send_text(1 + number % CHATS, f"/start {number}")
                started = time.perf_counter()
                await _answered(server, TEXTS)
                return TEXTS / (time.perf_counter() - started)


def _settings(server: BotApiServer, folder: str) -> dict[str, str]:
    token, url = server.token, server.url
    return {"TELEGRAM_TOKEN": token, "TELEGRAM_API_URL": url, "DATA_FOLDER": folder}


def _photos(server: BotApiServer, chat: int, sizes: list[dict[str, Any]]) -> list[int]:
    return [server.people.send(chat, photo=sizes)["message_id"] for _ in range(2)]


async def _answered(server: BotApiServer, count: int) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        while len(server.log) < count:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


def _wrong(server: BotApiServer, sent: dict[int, list[int]]) -> list[str]:
    answered: dict[int, list[int]] = {chat: [] for chat in sent}
    for entry in server.log:
        replied = entry.sent.message.get("reply_to_message", {})
        answered[entry.sent.chat].append(int(replied.get("message_id", 0)))
    return [
        f"chat {chat} sent {sent[chat]}, answered were {answered[chat]}"
        for chat in sent
        if answered[chat] != sent[chat]
    ]
