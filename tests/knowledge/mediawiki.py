"""A server on this machine that answers MediaWiki's query API as Wikipedia does, or fails."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Page:
    """A page; ``text`` is its plain text, the introduction being its first paragraph."""

    text: str
    description: str = ""
    props: tuple[tuple[str, str], ...] = ()
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


PAGES = {
    "Hilma Testova": Page(
        "Hilma Testova (; 3 May 1880 – 1 June 1950) was a Swedish painter of lakes. "
        + "She rowed out every morning and painted what the water did to the light. " * 20
        + "\n\n== Life ==\nShe lived by a lake.",
        "Swedish painter (1880–1950)",
        (("wikibase_item", "Q900001"), ("wikibase-shortdesc", "Swedish painter")),
    ),
    "Francis Examplar": Page(
        "Francis Examplar may refer to:\n\nFrancis Examplar (artist) (1909–1992), British painter\n"
        "Francis Examplar (footballer) (born 1980), English footballer\n"
        "Sir Francis Examplar (1561–1626), English philosopher",
        "Topics referred to by the same term",
        (("disambiguation", ""), ("wikibase_item", "Q900002")),
        links=(
            "Examplar",
            "Francis Examplar (artist)",
            "Francis Examplar (footballer)",
            "Sir Francis Examplar",
        ),
    ),
    "Francis Examplar (artist)": Page(
        "Francis Examplar (28 October 1909 – 28 April 1992) was an Irish-born British painter.",
        "British painter",
        (("wikibase_item", "Q900003"),),
    ),
    "Paul Striker": Page(
        "Paul Striker (born 4 April 1985) is an English professional footballer, a nephew of the "
        "painter Ann Striker.",
        "English footballer (born 1985)",
        (("wikibase_item", "Q900004"),),
        ("Category:English footballers", "Category:1985 births"),
    ),
    "Paul Striker (painter)": Page("Paul Striker was a Welsh painter.", "Welsh painter"),
    "Leo of Testville": Page(
        "Leo of Testville was an Italian polymath of the Renaissance who was active as a painter, "
        "engineer and theorist.",
        "Italian polymath (1452–1519)",
        (),
        ("Category:Italian Renaissance painters", "Category:Italian engineers"),
    ),
    "Ölaf Maler": Page("Ölaf Maler war ein deutscher Maler aus Dresden.", "deutscher Maler"),
    "Хильма Тестова": Page(
        "Хильма Тестова — шведская художница.",
        "шведская художница",
        (("wikibase_item", "Q900001"),),
    ),
    "Q": Page("", "letter"),
}
REDIRECTS = {"H. Testova": "Hilma Testova", "Testova": "Hilma Testova"}


class MediaWiki:
    """Serves :data:`PAGES`; ``fail`` makes every answer wrong in one way."""

    def __init__(self) -> None:
        """Prepare the server; :meth:`start` opens a free port."""
        self.fail = ""
        self.requests: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.address = ""
        self.delay = 0.0
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    async def stop(self) -> None:
        """Stop listening."""
        assert self._server is not None
        self._server.close()

    @property
    def asked(self) -> Counter[str]:
        """How often each title was asked for."""
        return Counter(request["titles"] for request in self.requests if "titles" in request)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            query = parse_qs(urlsplit(head[0].split()[1]).query, keep_blank_values=True)
            self.requests.append({key: values[0] for key, values in query.items()})
            self.headers.append(
                {name.lower(): value for name, _, value in (h.partition(": ") for h in head[1:])}
            )
            await asyncio.sleep(self.delay)
            await self._reply(writer, self.requests[-1])
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _reply(self, writer: asyncio.StreamWriter, request: dict[str, str]) -> None:
        status, extra, body = "200 OK", "", json.dumps(answer(request)).encode()
        match self.fail:
            case "429":
                status, extra, body = "429 Too Many Requests", "Retry-After: 3600\r\n", b"slow down"
            case "403":
                status, body = "403 Forbidden", b"Please set a user-agent"
            case "500":
                status, body = "500 Internal Server Error", b"<html>"
            case "broken":
                body = body[: len(body) // 2]
            case "list":
                body = b"[1, 2]"
            case "error":
                body = b'{"error": {"code": "maxlag", "info": "Waiting"}, "servedby": "mw1"}'
            case "nonsense":
                body = b'{"query": {"pages": {"7": {"pageid": "x", "title": 3, "extract": {}}}}}'
            case "hang up":
                return
        head = f"HTTP/1.1 {status}\r\n{extra}Content-Length: {len(body)}\r\n"
        writer.write(f"{head}Content-Type: application/json\r\nConnection: close\r\n\r\n".encode())
        for byte in body if self.fail == "drip" else ():
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.2)
        if self.fail != "drip":
            writer.write(body)
        await writer.drain()


def answer(request: dict[str, str]) -> dict[str, Any]:
    """Return what MediaWiki 1.43 answers to such a query (``formatversion=1``)."""
    if request.get("list") == "search":
        words = set(request["srsearch"].lower().split()) - {"painter", "pictor", "художник"}
        found = [title for title in PAGES if words <= set(title.lower().split())]
        hits = [{"ns": 0, "title": title, "pageid": 7, "size": 1} for title in found]
        info = {"totalhits": len(hits)}
        return {"batchcomplete": "", "query": {"searchinfo": info, "search": hits}}
    asked = request["titles"]
    title = REDIRECTS.get(asked, asked)
    query: dict[str, Any] = {}
    if title != asked:
        query["redirects"] = [{"from": asked, "to": title}]
    if title not in PAGES:
        query["pages"] = {"-1": {"ns": 0, "title": title, "missing": ""}}
        return {"batchcomplete": "", "query": query}
    query["pages"] = {"7": {"pageid": 7, "ns": 0, "title": title, **_props(PAGES[title], request)}}
    return {"batchcomplete": "", "query": query}


def _props(page: Page, request: dict[str, str]) -> dict[str, Any]:
    intro = page.text.split("\n\n", 1)[0]
    every: dict[str, dict[str, Any]] = {
        "extracts": {"extract": intro if "exintro" in request else page.text},
        "info": {"contentmodel": "wikitext", "fullurl": "https://evil.example/x", "length": 9},
        "pageprops": {"pageprops": dict(page.props)} if page.props else {},
        "description": {"description": page.description} if page.description else {},
        "categories": {"categories": [{"ns": 14, "title": name} for name in page.categories]},
        "links": {"links": [{"ns": 0, "title": name} for name in page.links]},
    }
    found: dict[str, Any] = {}
    for prop in request["prop"].split("|"):
        found |= every[prop]
    return found
