"""A proxy on loopback in front of a server: passes everything on, or does one thing wrong.

::

    async with FaultProxy(mediawiki.address) as proxy:
        proxy.fault = "drips"
        ...  # ask proxy.address
    assert len(proxy.requests) == 1
"""

import asyncio
import gzip
import json
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

MEGABYTE = 2**20
GIANT = 200 * MEGABYTE
BLOCK = 64 * 1024
LONG = "9" * 400
"""A number of seconds that no clock has."""


@dataclass(frozen=True)
class Canned:
    """An answer in the server's place."""

    status: str = "200 OK"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def page(**fields: object) -> bytes:
    """Return an answer of MediaWiki about one page."""
    found = {"pageid": 7, "ns": 0, "title": "Hilma Testova", "extract": "A painter."} | fields
    return json.dumps({"batchcomplete": "", "query": {"pages": {"7": found}}}).encode()


LOGIN = b"<!DOCTYPE html><title>Hotel Bellevue</title><p>Please log in."
BUSY = b'{"error": {"code": "maxlag", "info": "Waiting for a database"}, "servedby": "mw1"}'
BOMB = gzip.compress(b'{"query": "' + bytes(100 * MEGABYTE))
"""A hundred kilobytes that unpack to a thousand times as much."""
ANSWERS = {
    "429": Canned("429 Too Many Requests", b"Slow down"),
    "429 for an hour": Canned("429 Too Many Requests", b"", {"Retry-After": "3600"}),
    "429 to a date": Canned(
        "429 Too Many Requests", b"", {"Retry-After": "Wed, 21 Oct 2065 07:28:00 GMT"}
    ),
    "429 for ever": Canned("429 Too Many Requests", b"", {"Retry-After": LONG}),
    "403": Canned("403 Forbidden", b"Please set a user-agent"),
    "500": Canned("500 Internal Server Error", LOGIN),
    "503": Canned("503 Service Unavailable", b"", {"Retry-After": "120"}),
    "a web page": Canned(body=LOGIN, headers={"Content-Type": "text/html"}),
    "an error in place of an answer": Canned(body=BUSY),
    "no bytes": Canned(),
    "a list": Canned(body=b"[1, 2]"),
    "brackets without end": Canned(body=b"[" * 100_000),
    "a page without a number": Canned(body=page(pageid="x", title=3, extract={})),
    "half a letter": Canned(body=page(title="Hilma \ud83d", extract=None, pageprops=[])),
    "a redirect to itself": Canned("302 Found", b"", {"Location": "/w/api.php?action=query"}),
    "a gzip bomb": Canned(body=BOMB, headers={"Content-Encoding": "gzip"}),
    "gzip that is none": Canned(body=b"{}", headers={"Content-Encoding": "gzip"}),
    "unknown packing": Canned(body=b"{}", headers={"Content-Encoding": "br"}),
}
CUT = ("hangs up", "hangs up half way", "half the answer")
"""Ends too early: at once, before the announced length, and as if it were whole."""
SLOW = ("silent", "drips", "drips its headers")
"""Takes longer than any visitor waits."""


class FaultProxy:
    """Passes requests on, until `fault` names one of `ANSWERS`, `CUT`, `SLOW`, or ``giant``."""

    def __init__(self, behind: str) -> None:
        """Stand in front of the server at ``behind``, such as ``http://127.0.0.1:8090``."""
        self.fault = ""
        self.delay = 0.0
        """Seconds before each answer."""
        self.requests: list[str] = []
        """The targets asked for, in order."""
        self.hosts: set[str] = set()
        self.sent = 0
        """Bytes of the latest giant answer that were taken."""
        self.address = ""
        self._behind = urlsplit(behind)
        self._talking: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen on a free port of this machine."""
        self._server = await asyncio.start_server(self._met, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening, and hang up on whoever still waits."""
        self._server.close()
        for task in self._talking:
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)

    def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._talking.add(task)
        task.add_done_callback(self._talking.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode().split("\r\n")
            self.requests.append(lines[0].split()[1])
            named = [line.partition(":") for line in lines[1:]]
            self.hosts |= {value.strip() for name, _, value in named if name.lower() == "host"}
            await asyncio.sleep(self.delay)
            await self._answer(head, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked has hung up
        finally:
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        if self.fault == "silent":
            await asyncio.sleep(3600)
        elif self.fault == "hangs up":
            return
        elif self.fault == "giant":
            await self._giant(writer)
        elif self.fault in ANSWERS:
            canned = ANSWERS[self.fault]
            writer.write(_head(canned.status, len(canned.body), canned.headers) + canned.body)
        else:
            await self._spoilt(await self._asked_behind(head), writer)
        await writer.drain()

    async def _spoilt(self, answer: bytes, writer: asyncio.StreamWriter) -> None:
        """Send the server's own answer, whole or not."""
        _, _, body = answer.partition(b"\r\n\r\n")
        match self.fault:
            case "":
                writer.write(answer)
            case "hangs up half way":
                writer.write(_head("200 OK", len(body)) + body[: len(body) // 2])
            case "half the answer":
                writer.write(answer[: len(answer) - len(body) // 2])
            case "drips" | "drips its headers":
                start = _head("200 OK", len(body))
                quick, slow = (start, body) if self.fault == "drips" else (b"", start)
                writer.write(quick)
                for byte in slow:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(1)
            case unknown:
                raise ValueError(unknown)

    async def _giant(self, writer: asyncio.StreamWriter) -> None:
        """Send an answer that begins well and goes on for 200 MB."""
        writer.write(_head("200 OK", GIANT) + b'{"query": "')
        self.sent, block = 0, b"x" * BLOCK
        while self.sent < GIANT:
            writer.write(block)
            await writer.drain()
            self.sent += BLOCK

    async def _asked_behind(self, head: bytes) -> bytes:
        """Return the server's answer, bytes as they came."""
        reader, writer = await asyncio.open_connection(self._behind.hostname, self._behind.port)
        try:
            writer.write(head.replace(b"Connection: keep-alive", b"Connection: close"))
            return await reader.read()
        finally:
            writer.close()


def _head(status: str, length: int, headers: dict[str, str] | None = None) -> bytes:
    lines = {"Content-Type": "application/json", "Content-Length": str(length)} | (headers or {})
    lines["Connection"] = "close"
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{text}\r\n".encode()
