"""What every request passes: same origin, a bounded body, safe headers, and no traceback out."""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import UserError
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import ENVELOPE_BYTES, PHOTO_BYTES, WORDS_BYTES

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
IDENTIFY_PATH = "/api/identify"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = "This request comes from another site. Open Docent's own page and try there."


class Guard:
    """The outermost layer of the web chat (ASGI)."""

    def __init__(self, app: ASGIApp, sentence: Sentence) -> None:
        """Guard ``app``; ``sentence`` words what went wrong on our side."""
        self._app = app
        self._sentence = sentence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        reply = _Reply(request, send)
        if is_foreign(request):
            await JSONResponse({"error": FOREIGN}, 403)(scope, receive, reply.send)
            return
        try:
            await self._app(scope, bounded(receive, body_limit(request)), reply.send)
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s in %s %s", incident, request.method, request.url.path)
            if reply.started:
                raise
            fault = UserError("unexpected", incident=incident)
            text = self._sentence(fault, language_of(request))
            await JSONResponse({"error": text}, 500)(scope, receive, reply.send)


class _Reply:
    """The way out: adds the headers to whatever is sent."""

    def __init__(self, request: Request, send: Send) -> None:
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


def body_limit(request: Request) -> int:
    """Return how many bytes the body of this request may have."""
    return PHOTO_BYTES + ENVELOPE_BYTES if may_carry_photos(request) else WORDS_BYTES


def is_form(request: Request) -> bool:
    """Tell whether the body is a form that may carry photos."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def may_carry_photos(request: Request) -> bool:
    """Tell whether a photo may be in the body; programs may send it with any content type."""
    return is_form(request) or request.url.path == IDENTIFY_PATH


def bounded(receive: Receive, limit: int) -> Receive:
    """Return ``receive`` that raises HTTP 413 once more than ``limit`` bytes have come.

    Starlette's own limit answers in its words, not in the visitor's language.
    """
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise HTTPException(413, "The request is too long.")
        return message

    return receive_bounded
