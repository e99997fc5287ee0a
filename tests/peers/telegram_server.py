"""A Telegram Bot API server on loopback: holds requests against the published description.

::

    async with BotApiServer() as server:
        server.people.send_photo(chat=7, picture=jpeg)
        sent = await server.next_message()
        server.people.tap(sent.message, sent.buttons[0]["callback_data"])
        edited = await server.next_edit()

    assert server.problems == []
"""

import asyncio
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.peers.telegram_outbox import Answer, Outbox, Sent, error, ok
from tests.peers.telegram_people import BOT, People
from tests.peers.telegram_spec import BotApiSpecification

TOKEN = "42:AAHnotARealTokenJustForTheLoopbackPeer"
SECONDS = 10.0
"""How long a test waits for something that ought to come."""


class BotApiServer:
    """Speaks for Telegram to one bot."""

    def __init__(self, token: str = TOKEN) -> None:
        """Accept this token only."""
        self.token = token
        self.people = People()
        self.problems: list[str] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.late_taps: set[str] = set()
        self.gates: dict[str, asyncio.Event] = {}
        """File id → what its download waits for."""
        self.url = ""
        self._specification = BotApiSpecification()
        self._canned: dict[str, list[Answer]] = defaultdict(list)
        self._again: list[dict[str, Any]] = []
        self._confirmed = 0
        self._outbox = Outbox(self.people, self.problems)
        self._change = asyncio.Condition()

    async def __aenter__(self) -> Self:
        """Listen on a free port of this machine."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{file}", self._file)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def next_message(self, seconds: float = SECONDS) -> Sent:
        """Return the next message the bot sends. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            return await self._outbox.sent.get()

    async def next_edit(self, seconds: float = SECONDS) -> Sent:
        """Return the next message the bot edits. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            return await self._outbox.edited.get()

    async def requested(self, method: str, times: int = 1) -> dict[str, str]:
        """Wait until a method was called so many times; return the last call's parameters."""
        async with asyncio.timeout(SECONDS), self._change:
            await self._change.wait_for(lambda: len(self.calls(method)) >= times)
        return self.calls(method)[times - 1]

    def calls(self, method: str) -> list[dict[str, str]]:
        """Return the parameters of every call of a method so far."""
        return [parameters for name, parameters in self.requests if name == method]

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        """Answer the next call of a method with an error; ``retry_after`` is a parameter."""
        body = {"ok": False, "error_code": code, "description": description}
        self._canned[method].append((code, {**body, "parameters": parameters}))

    def answer_nothing(self, method: str) -> None:
        """Answer the next call of a method with ``{"ok": true}`` and no result."""
        self._canned[method].append((200, {"ok": True}))

    def answer(self, method: str, result: object) -> None:
        """Answer the next call of a method with this result."""
        self._canned[method].append(ok(result))

    def deliver_again(self, update: dict[str, Any]) -> None:
        """Deliver an update once more under its old number."""
        self._again.append(update)

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = await request.post()
        files = {
            name: value.file.read()
            for name, value in form.items()
            if isinstance(value, web.FileField)
        }
        parameters = {
            name: f"attach://{name}" if name in files else str(value)
            for name, value in form.items()
        }
        async with self._change:
            self.requests.append((method, parameters))
            self._change.notify_all()
        if request.match_info["token"] != self.token:
            return _json(error(401, "Unauthorized"))
        if problems := self._specification.problems(method, parameters):
            self.problems += problems
            return _json(error(400, f"Bad Request: {problems[0]}"))
        if self._canned[method]:
            return _json(self._canned[method].pop(0))
        if method == "getUpdates":
            return _json(await self._get_updates(parameters))
        return _json(self._answer(method, parameters, files))

    def _answer(self, method: str, parameters: dict[str, str], files: dict[str, bytes]) -> Answer:
        match method:
            case "getMe":
                return ok(BOT)
            case "sendMessage":
                return self._outbox.send_message(parameters)
            case "sendPhoto":
                return self._outbox.send_photo(parameters, files["photo"])
            case "editMessageText":
                return self._outbox.edit_message(parameters)
            case "getFile":
                return self._get_file(parameters["file_id"])
            case "answerCallbackQuery" if parameters["callback_query_id"] in self.late_taps:
                return error(400, "Bad Request: query is too old and response timeout expired")
            case _:
                return ok(True)

    async def _get_updates(self, parameters: dict[str, str]) -> Answer:
        """Wait for updates as long as asked; an offset confirms all before it."""
        self._confirmed = max(self._confirmed, int(parameters.get("offset", "0")))
        end = asyncio.get_running_loop().time() + float(parameters.get("timeout", "0"))
        while asyncio.get_running_loop().time() < end:
            new = [
                update for update in self.people.updates if update["update_id"] >= self._confirmed
            ]
            if new or self._again:
                again, self._again = self._again, []
                return ok([*again, *new])
            await asyncio.sleep(0.01)
        return ok([])

    def _get_file(self, file_id: str) -> Answer:
        content = self.people.files.get(file_id)
        if content is None:
            return error(400, "Bad Request: invalid file_id")
        size = {"file_size": len(content), "file_path": file_id}
        return ok({"file_id": file_id, "file_unique_id": file_id, **size})

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        async with self._change:
            self.requests.append(("download", {"file": name}))
            self._change.notify_all()
        if self._canned["download"]:
            return _json(self._canned["download"].pop(0))
        if name in self.gates:
            await self.gates[name].wait()
        return web.Response(body=self.people.files[name])


def _json(answer: Answer) -> web.Response:
    return web.json_response(answer[1], status=answer[0])
