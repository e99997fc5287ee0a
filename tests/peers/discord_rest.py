"""Discord's REST API on loopback, as far as a run of a bot goes."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.peers.discord_spec import PATH, DiscordSpecification

ME = {
    **{"id": "42", "username": "docent", "discriminator": "0", "avatar": None, "bot": True},
    **{"verified": True, "mfa_enabled": False, "global_name": None},
}
APPLICATION: dict[str, Any] = {
    **{"id": "4242", "name": "docent", "description": "", "icon": None, "flags": 0},
    **{"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "owner": ME},
    **{"team": None, "cover_image": None, "summary": ""},
}
ANN = {"id": "7", "username": "ann", "discriminator": "0", "avatar": None, "global_name": "Ann"}
PRIVATE = {"id": "77", "type": 1, "recipients": [ANN], "last_message_id": None}
MESSAGE = {
    **{"channel_id": "77", "author": ME, "content": "", "type": 0, "tts": False, "flags": 0},
    **{"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "pinned": False},
    **{"mention_everyone": False, "mentions": [], "mention_roles": [], "embeds": []},
    **{"attachments": [], "components": []},
}


@dataclass
class Bucket:
    """So many messages in every window of so many seconds; more are refused, and counted."""

    most: int
    seconds: float
    floods: int = 0
    _taken: int = 0
    _end: float = 0.0

    def take(self) -> web.Response | None:
        """Count a message; return the refusal of one too many."""
        now = time.monotonic()
        if now >= self._end:
            self._taken, self._end = 0, now + self.seconds
        if self._taken < self.most:
            self._taken += 1
            return None
        self.floods += 1
        wait = round(self._end - now, 3)
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        return answered(body, 429, Via="1.1 google", **self.headers())

    def headers(self) -> dict[str, str]:
        """Return what Discord tells of a bucket with every answer."""
        left = max(self._end - time.monotonic(), 0.0) + 0.01
        return {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(self.most),
            "X-RateLimit-Remaining": str(self.most - self._taken),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }


class Rest:
    """Answers requests, keeps them, and notes what is against Discord's description."""

    def __init__(self) -> None:
        """Start without messages."""
        self.requests: asyncio.Queue[tuple[str, str, Any]] = asyncio.Queue()
        self.refusals: list[web.Response] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []
        self.bucket = Bucket(50, 1.0)
        self.gateway = ""
        self.numbers = itertools.count(1000)
        self._specification = DiscordSpecification() if PATH.exists() else None

    async def requested(self, path: str, method: str = "") -> Any:
        """Return the body of the next request to a path."""
        while True:
            how, asked, body = await asyncio.wait_for(self.requests.get(), 5)
            if asked == path and method in ("", how):
                return body

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        body = await _body(request)
        self.requests.put_nowait((request.method, request.path, body))
        self._check(request, body)
        if request.path in ("/gateway", "/gateway/bot"):
            limit = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            return answered({"url": self.gateway, "shards": 1, "session_start_limit": limit})
        known = {"/users/@me": ME, "/oauth2/applications/@me": APPLICATION}
        known |= {"/applications/@me": APPLICATION, "/channels/77": PRIVATE}
        if request.path in known:
            return answered(known[request.path])
        if request.path.endswith("/commands"):
            return answered([])
        if self.refusals:
            return self.refusals.pop()
        return self.bucket.take() or self._message(request, body or {})

    def _check(self, request: web.Request, body: Any) -> None:
        told = body
        if isinstance(body, dict):
            told = {name: part for name, part in body.items() if name != "files"}
        if self._specification is not None:
            self.problems += self._specification.problems(request.method, request.path, told)

    def _message(self, request: web.Request, body: dict[str, Any]) -> web.Response:
        """Return a message as it now is: a new one, or one that was changed."""
        number = request.path.rpartition("/")[2]
        if request.method == "PATCH" and number not in self.messages:
            return answered({"message": "Unknown Message", "code": 10008}, 404)
        number = number if request.method == "PATCH" else str(next(self.numbers))
        before = self.messages.get(number, MESSAGE | {"id": number})
        said = {name: body[name] for name in ("content", "embeds", "components") if name in body}
        self.messages[number] = before | said | {"attachments": _attachments(body)}
        return answered(self.messages[number], **self.bucket.headers())


def _attachments(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the files that came with a message as Discord describes them."""
    told = {str(each["id"]): each for each in body.get("attachments") or ()}
    return [
        {
            "id": str(number),
            "filename": name,
            "size": len(data),
            "url": "http://127.0.0.1/none",
            "proxy_url": "http://127.0.0.1/none",
            "description": told.get(str(number), {}).get("description"),
        }
        for number, ((_, name), data) in enumerate(body.get("files", {}).items())
    ]


async def _body(request: web.Request) -> Any:
    """Return a body: its JSON, with the bytes of the files that came beside it as ``files``."""
    if not request.can_read_body:
        return None
    if not request.content_type.startswith("multipart/"):
        return await request.json()
    body: dict[str, Any] = {"files": {}}
    async for part in await request.multipart():
        content = await part.read()
        if part.name == "payload_json":
            body |= json.loads(content)
        else:
            body["files"][part.name, part.filename] = bytes(content)
    return body


def answered(body: object, status: int = 200, **headers: str) -> web.Response:
    """Return JSON as Discord sends it: discord.py knows it by this very header."""
    kind = {"Content-Type": "application/json", **headers}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=kind)
