"""Request bodies: how large one may be, how long it may take, and how much all may hold."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import HTTPException, Request
from starlette.types import Message, Receive

from bot.errors import UserError
from bot.platforms.web.limits import ENVELOPE_BYTES, PHOTO_BYTES, WORDS_BYTES

IDENTIFY_PATH = "/api/identify"


class Budget:
    """Bytes that may be held at one time, given out in the order in which they are asked for."""

    def __init__(self, total: int) -> None:
        """Start with ``total`` free bytes."""
        self._free = total
        self._line = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def share(self, size: int, patience: float) -> AsyncIterator[None]:
        """Hold ``size`` bytes, no more than the total, inside the block.

        Raises `UserError` ("busy") where they are not free within ``patience`` seconds.
        """
        try:
            async with asyncio.timeout(patience):
                await self._take(size)
        except TimeoutError:
            raise UserError("busy") from None
        try:
            yield
        finally:
            self._free += size
            self._freed.set()

    async def _take(self, size: int) -> None:
        async with self._line:
            while self._free < size:
                self._freed.clear()
                await self._freed.wait()
            self._free -= size


def is_form(request: Request) -> bool:
    """Tell whether the body is a form that may carry photos."""
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def may_carry_photos(request: Request) -> bool:
    """Tell whether a photo may be in the body; programs may send it with any content type."""
    return request.method == "POST" and (is_form(request) or request.url.path == IDENTIFY_PATH)


def body_limit(request: Request) -> int:
    """Return how many bytes the body of this request may have."""
    return PHOTO_BYTES + ENVELOPE_BYTES if may_carry_photos(request) else WORDS_BYTES


def expected_size(request: Request) -> int:
    """Return how many bytes of the body will be read at most: its length, where that is told."""
    limit, told = body_limit(request), request.headers.get("content-length", "")
    return min(limit, int(told)) if told.isdecimal() and len(told) < 20 else limit


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
            raise HTTPException(413)
        return message

    return receive_bounded


def in_time(receive: Receive, seconds: float) -> Receive:
    """Return ``receive`` that raises HTTP 408 if the body has not come whole in ``seconds``."""
    deadline: float | None = asyncio.get_running_loop().time() + seconds

    async def receive_in_time() -> Message:
        nonlocal deadline
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        if not message.get("more_body", False):
            deadline = None
        return message

    return receive_in_time
