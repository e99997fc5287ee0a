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
import inspect
from collections import defaultdict
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.peers.telegram_server.answers import Answer, RefusedError, error, ok
from tests.peers.telegram_server.calls import Call, read_call
from tests.peers.telegram_server.floods import Flood
from tests.peers.telegram_server.methods import Methods, not_found
from tests.peers.telegram_server.people import People
from tests.peers.telegram_server.record import Entry, Sent
from tests.peers.telegram_server.spec import BotApiSpecification
from tests.peers.telegram_server.typed import typed_problems

TOKEN = "42:AAHnotARealTokenJustForTheLoopbackPeer"
SECONDS = 10.0
"""How long a test waits for something that ought to come."""
UPLOAD_BYTES = 50 * 1024 * 1024


class BotApiServer:
    """Speaks for Telegram to one bot.

    ``problems`` are the requests that no bot ought to make. ``methods`` are the server's parts;
    what tests of Docent turn on or read is here.
    """

    def __init__(self, token: str = TOKEN) -> None:
        """Accept this token only."""
        self.token = token
        self.people = People()
        self.problems: list[str] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.methods = Methods(self.people, self.problems)
        self.late_taps = self.methods.queries.late
        """Ids of queries that are too old at once; others are after ``methods.queries.seconds``."""
        self.gates: dict[str, asyncio.Event] = {}
        """File id → what its download waits for."""
        self.url = ""
        self._specification = BotApiSpecification()
        self._canned: dict[str, list[Answer]] = defaultdict(list)
        self._change = asyncio.Condition()

    async def __aenter__(self) -> Self:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=UPLOAD_BYTES)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
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
        """Stop listening, and posting to a webhook."""
        await self.methods.delivery.close()
        await self._runner.cleanup()

    @property
    def log(self) -> list[Entry]:
        """Everything the bot sent, edited and deleted, in order."""
        return self.methods.record.log

    @property
    def floods(self) -> list[Flood]:
        """Every 429 given by flood control."""
        return self.methods.floods.given

    def strict(self, factor: float = 1.0, burst: int = 5) -> None:
        """Keep Telegram's flood limits; ``factor`` 60 makes a minute of all its rules a second."""
        self.people.clock.factor = factor
        self.methods.floods.strict(burst)

    def messages(self, chat: int) -> list[Sent]:
        """Return what a member of a chat sees now, people's messages and the bot's, in order."""
        shown = self.methods.record.shown
        return [
            shown.get(key) or Sent(message, "", message.get("text", message.get("caption", "")), {})
            for key, message in sorted(self.people.messages.items())
            if key[0] == chat
        ]

    async def next_message(self, seconds: float = SECONDS) -> Sent:
        """Return the next message, or album, the bot sends. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            return await self.methods.record.sent.get()

    async def next_edit(self, seconds: float = SECONDS) -> Sent:
        """Return the next message the bot edits. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            return await self.methods.record.edited.get()

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
        if moved := parameters.get("migrate_to_chat_id"):
            self.people.room(moved)
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
        self.methods.delivery.again.append(update)

    async def _method(self, request: web.Request) -> web.Response:
        try:
            call = await read_call(request)
        except web.HTTPRequestEntityTooLarge:
            return _json(error(413, "Request Entity Too Large"))
        await self._note(call.method, call.form)
        if request.match_info["token"] != self.token:
            return _json(error(401, "Unauthorized"))
        try:
            return _json(await self._answer(call))
        except RefusedError as refused:
            if refused.wrong:
                self.problems.append(str(refused))
            return _json(refused.answer)

    async def _answer(self, call: Call) -> Answer:
        handler = self.methods.table.get(call.method)
        if handler is None or not self._specification.knows(call.method):
            raise not_found(call.method)
        call.values = self._specification.read(call.method, call.form)
        problems = self._specification.problems(call.method, call.values)
        if problems := problems or typed_problems(call.method, call.values):
            self.problems += problems
            return error(400, f"Bad Request: {problems[0]}")
        if self._canned[call.method]:
            return self._canned[call.method].pop(0)
        result = handler(call)
        return ok(await result if inspect.isawaitable(result) else result)

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        await self._note("download", {"file": name})
        if self._canned["download"]:
            return _json(self._canned["download"].pop(0))
        if name in self.gates:
            await self.gates[name].wait()
        if name not in self.people.files or request.match_info["token"] != self.token:
            return _json(error(404, "Not Found"))
        return web.Response(body=self.people.files[name])

    async def _note(self, method: str, form: dict[str, str]) -> None:
        async with self._change:
            self.requests.append((method, form))
            self._change.notify_all()


def _json(answer: Answer) -> web.Response:
    return web.json_response(answer[1], status=answer[0])
