"""Questions to Wikipedia's servers: a few at most, in time, and none when they want quiet."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import httpx
from wikipediaapi import (  # type: ignore[import-untyped]
    AsyncWikipedia,
    WikipediaException,
    WikiRateLimitError,
)

from knowledge.articles import WikipediaUnavailable

Answer = TypeVar("Answer")

_QUIET = 60.0
"""Seconds without a question after a 429 that names no time."""
_LONGEST_QUIET = 3600.0
_LONGEST_ANSWER = 8 * 2**20
"""Bytes, unpacked: room for the longest page MediaWiki keeps (2 MiB), each letter as ``\\u…``."""
_NONSENSE = (
    *(LookupError, TypeError, ValueError, AttributeError),
    *(RecursionError, OverflowError),  # brackets without end, a number of seconds without end
)
"""What the package raises over an answer that MediaWiki does not give."""
_ONE_LOOK = {
    "prop": "extracts|info|pageprops|description",
    "exintro": 1,
    "explaintext": 1,
    "ppprop": "disambiguation|wikibase_item|wikibase-shortdesc",
    "converttitles": 1,
}
"""All that tells a page apart, in one request; the package would ask once for each."""


class Asking:
    """The package's clients, one an edition, behind one time limit and one memory of 429s."""

    def __init__(
        self, user_agent: str, transport: httpx.AsyncBaseTransport | None, time_limit: float
    ) -> None:
        """Make clients on demand; nothing is sent yet.

        Raises:
            ValueError: the user agent names no contact.

        """
        if "@" not in user_agent and "://" not in user_agent:
            raise ValueError("The user agent for Wikipedia must name a mail address or a link.")
        self._user_agent = user_agent
        self._transport = _Bounded(transport or httpx.AsyncHTTPTransport())
        self._time_limit = time_limit
        self._clients: dict[tuple[str, bool], Any] = {}
        self._quiet_until = 0.0

    def deadline(self) -> float:
        """Return the loop's time by which a question that is asked now has its answer."""
        return asyncio.get_running_loop().time() + self._time_limit

    def client(self, language: str, *, one_look: bool = False) -> Any:
        """Return the package's client of an edition.

        Args:
            language: an edition of :data:`knowledge.occupations.LANGUAGES`.
            one_look: fetch a page's introduction, properties and description with its ``info``.

        """
        key = (language, one_look)
        if key not in self._clients:
            # No retries: the package would sleep out any Retry-After (Wikipedia-API #569).
            self._clients[key] = AsyncWikipedia(
                self._user_agent,
                language,
                max_retries=0,
                extra_api_params=_ONE_LOOK if one_look else None,
                timeout=self._time_limit,
                transport=self._transport,
            )
        return self._clients[key]

    async def ask(self, question: Callable[[], Awaitable[Answer]], deadline: float) -> Answer:
        """Return the answer to a question, by the deadline.

        Raises:
            WikipediaUnavailable: there is none, or none that Wikipedia would give.

        """
        loop = asyncio.get_running_loop()
        if loop.time() < self._quiet_until:
            raise WikipediaUnavailable("Wikipedia asked not to be asked for a while.")
        try:
            async with asyncio.timeout_at(deadline):
                return await question()
        except WikiRateLimitError as error:
            wait = _QUIET if error.retry_after is None else float(error.retry_after)
            self._quiet_until = loop.time() + min(wait, _LONGEST_QUIET)
            raise WikipediaUnavailable("Wikipedia is asked too often.") from error
        except (WikipediaException, TimeoutError) as error:
            raise WikipediaUnavailable(f"Wikipedia does not answer: {error!r}") from error
        except _NONSENSE as error:
            raise WikipediaUnavailable(f"This is no answer of Wikipedia: {error!r}") from error

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


class _Bounded(httpx.AsyncBaseTransport):
    """Breaks off answers that are too long; the package would read on and keep it all."""

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        self._transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["Accept-Encoding"] = "gzip"
        response = await self._transport.handle_async_request(request)
        packing = response.headers.pop("Content-Encoding", "identity").lower()
        if packing not in {"gzip", "identity"}:
            await response.aclose()
            raise httpx.DecodingError(f"an answer packed as {packing!r}")
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _BoundedStream(response.stream, packed=packing == "gzip")
        return response

    async def aclose(self) -> None:
        await self._transport.aclose()


class _BoundedStream(httpx.AsyncByteStream):
    """Unpacks an answer, as far as it is of a length that a page can have."""

    def __init__(self, stream: httpx.AsyncByteStream, *, packed: bool) -> None:
        self._stream = stream
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = _LONGEST_ANSWER
        async for chunk in self._stream:
            try:
                part = self._gzip.decompress(chunk, left + 1) if self._gzip else chunk
            except zlib.error as error:
                raise httpx.DecodingError(str(error)) from error
            left -= len(part)
            if left < 0:
                raise httpx.ReadError(f"an answer of more than {_LONGEST_ANSWER} bytes")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
