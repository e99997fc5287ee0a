"""The stage of a tour in the web chat: the real application, and a page that does as ours does."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from bot.platforms.web import create_app
from tests.bot.platforms.web_guide import identify, sentence
from tests.peers.tour_scenario import HAND, Asked, Ended


class OnWeb:
    """One visitor and their browser, which remembers its cookie and what is on its screen."""

    def __init__(self, parts: Parts, names: tuple[str, ...]) -> None:
        assert names == ("Guest",), "the web chat has one visitor, and this is their name"
        self.parts = parts
        self.names = names
        self._cookies = httpx.Cookies()
        self._requests: list[dict[str, Any]] = []
        self._screen: dict[str, str] = {}
        self._said = 0
        self._restarted()

    def _restarted(self) -> None:
        app = create_app(Assistant(self.parts), identify, sentence)
        transport = httpx.ASGITransport(app)
        self._page = httpx.AsyncClient(
            transport=transport, base_url="http://docent", cookies=self._cookies
        )
        self._news = asyncio.create_task(app.state.news.run())

    async def begins(self) -> None:
        await self._page.get("/")
        await self._written("/tour start")
        await self._written("/tour game")
        self._said = 0

    async def shows(self, person: int, picture: bytes, *, silent: bool) -> Asked | None:
        files, data = {"photo": ("photo.png", picture, "image/png")}, {"id": str(uuid4())}
        answer = await self._asked({"url": "/api/chat/photo", "files": files, "data": data})
        assert answer is not None
        hands = {each["label"]: each["data"] for row in answer["choices"] for each in row}
        if not any(data.startswith(HAND) for data in hands.values()):
            return None
        assert answer["message"] and answer["expects_news"]
        self._screen[answer["message"]] = words = said_by(answer)
        await self._heard(shown=[answer["message"]])
        return Asked(words, tuple(hands), (answer["message"], hands))

    async def taps(self, person: int, asked: Asked, name: str) -> None:
        message, hands = asked.handle
        body = {"id": str(uuid4()), "data": hands[name], "message": message}
        answer = await self._asked({"url": "/api/chat/tap", "json": body})
        assert answer is not None and answer["toast"] and not answer["blocks"]

    async def again(self, number: int) -> None:
        """Send a request once more, as a browser does whose answer was lost."""
        answer = await self._page.post(**self._requests[number])
        assert answer.status_code in (200, 204), answer.text

    async def reads(self, asked: Asked) -> str:
        message, _ = asked.handle
        async with asyncio.timeout(10):
            while self._screen[message] == asked.words:
                await self._heard()
        return self._screen[message]

    async def restarts(self) -> None:
        await self.leaves()
        self._restarted()

    async def ends(self) -> Ended:
        answer = await self._written("/tour end")
        (table,) = [each for each in answer["documents"] if each["name"].endswith(".csv")]
        return Ended(base64.b64decode(table["data"]), said_by(answer))

    def said(self) -> int:
        return self._said

    async def leaves(self) -> None:
        """Close the browser and the application; the cookie stays."""
        self._cookies = self._page.cookies
        self._news.cancel()
        await asyncio.gather(self._news, return_exceptions=True)
        await self._page.aclose()

    async def _written(self, words: str) -> dict[str, Any]:
        body = {"id": str(uuid4()), "text": words}
        answer = await self._page.post("/api/chat/text", json=body)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        if content["message"]:
            await self._heard(shown=[content["message"]])
        return content

    async def _asked(self, request: dict[str, Any]) -> dict[str, Any] | None:
        self._requests.append(request)
        answer = await self._page.post(**request)
        assert answer.status_code in (200, 204), answer.text
        content: dict[str, Any] | None = answer.json() if answer.content else None
        self._said += bool(content and content["blocks"])
        return content

    async def _heard(self, shown: list[str] | None = None) -> None:
        """Ask for the news, put them in place of what they answer, and report that they are there.

        News without a place would be a message of their own.
        """
        told = await self._page.post(
            "/api/chat/news", json={"shown": shown or [], "wait": not shown}
        )
        items = told.json()["items"]
        for item in items:
            self._said += item["message"] not in self._screen
            self._screen[item["message"]] = said_by(item["answer"])
        if items:
            await self._page.post("/api/chat/news", json={"told": [each["id"] for each in items]})


def said_by(answer: dict[str, Any]) -> str:
    """Return all that an answer says, a block a line."""
    lines = []
    for block in answer["blocks"]:
        lines += block["items"] if block["kind"] == "bullets" else [block.get("text", "")]
    return "\n".join(lines)


@asynccontextmanager
async def on_web(parts: Parts, names: tuple[str, ...]) -> AsyncIterator[OnWeb]:
    """Give a stage."""
    stage = OnWeb(parts, names)
    try:
        yield stage
    finally:
        await stage.leaves()
