"""What every request passes: own name and origin, bounded body, safe headers, no traceback."""

import logging
import secrets
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import UserError
from bot.platforms.web.bodies import (
    Budget,
    body_limit,
    bounded,
    expected_size,
    in_time,
    may_carry_photos,
)
from bot.platforms.web.hosts import host_of
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import HELD_BYTES, PATIENCE_SECONDS, UPLOAD_SECONDS
from bot.platforms.web.refusing import refusal

log = logging.getLogger(__name__)

Sentence = Callable[[UserError, str], str]
"""Turns a failure and a language into the sentence that the visitor reads."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=()",
}
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class Guard:
    """The outermost layer of the web chat (ASGI)."""

    def __init__(
        self, app: ASGIApp, sentence: Sentence, hosts: Sequence[str] | None = None
    ) -> None:
        """Guard ``app``; ``sentence`` words failures; only ``hosts`` are heard (``None``: any)."""
        self._app = app
        self._sentence = sentence
        self._hosts = hosts
        self._budget = Budget(HELD_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        reply = _Reply(request, send)
        if reason := self._refusal(request):
            await reply.problem(refusal(request, reason), 403)
            return
        try:
            await self._answer(request, reply)
        except ClientDisconnect:
            log.info("The client left during %s %s", request.method, request.url.path)
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s in %s %s", incident, request.method, request.url.path)
            if reply.started:
                raise
            fault = UserError("unexpected", incident=incident)
            await reply.problem(self._sentence(fault, language_of(request)), 500)

    def _refusal(self, request: Request) -> str:
        """Return why a request is not heard, as a key; "" for one that is."""
        if self._hosts is not None and host_of(request) not in self._hosts:
            return "unknown_name"
        return "foreign" if is_foreign(request) else ""

    async def _answer(self, request: Request, reply: "_Reply") -> None:
        receive = bounded(request.receive, body_limit(request))
        if not may_carry_photos(request):
            await self._app(request.scope, receive, reply.send)
            return
        try:
            async with self._budget.share(expected_size(request), PATIENCE_SECONDS):
                await self._app(request.scope, in_time(receive, UPLOAD_SECONDS), reply.send)
        except UserError as error:
            await reply.problem(self._sentence(error, language_of(request)), 503)


class _Reply:
    """The way out: adds the headers to whatever is sent."""

    def __init__(self, request: Request, send: Send) -> None:
        self._request = request
        self._fresh = "no-store" if request.url.path.startswith("/api/") else "no-cache"
        self._send = send
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", self._fresh)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def problem(self, text: str, status: int) -> None:
        response = JSONResponse({"error": text}, status)
        await response(self._request.scope, self._request.receive, self.send)


def is_foreign(request: Request) -> bool:
    """Tell whether another site's page makes this browser send something.

    A browser's own ``Sec-Fetch-Site`` is believed first, since a proxy may rewrite ``Host``; a
    request with neither that nor ``Origin`` comes from no page (curl, a script).
    """
    if request.method in HARMLESS:
        return False
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
