"""Questions to Wikipedia's servers: a few at most, in time, and none when they want quiet."""

import asyncio
from collections.abc import Awaitable, Callable
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
        self._transport = transport or httpx.AsyncHTTPTransport()
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
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise WikipediaUnavailable(f"This is no answer of Wikipedia: {error!r}") from error

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()
