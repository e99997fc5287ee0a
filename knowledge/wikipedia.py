"""Wikipedia's pages about artists: cached, in time, and never a guess at whom a page is about."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import httpx

from knowledge.articles import (
    LICENCE,
    Article,
    ArticleCache,
    ArticleKind,
    NoSuchPage,
    WikipediaUnavailable,
)
from knowledge.asking import Asking
from knowledge.occupations import LANGUAGES
from knowledge.pages import OPTIONS, page_title, read_page, same_name
from knowledge.spelling import turned

__all__ = [
    "LICENCE",
    "Article",
    "ArticleCache",
    "ArticleKind",
    "NoSuchPage",
    "Wikipedia",
    "WikipediaUnavailable",
    "edition",
]

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

TIME_LIMIT = 3.8
"""Seconds for everything that one question needs of the network: an answer within four."""
FRESH = timedelta(days=30)
_MOST_MOVES = 5
"""The most titles that are followed in the cache, where each leads to the next."""


def edition(language: str) -> str:
    """Return the edition for a language tag (``pt-BR`` → ``pt``); English for unknown ones.

    The package puts the language into the host name unchecked, so nothing else may reach it.
    """
    code = language.strip().lower().replace("_", "-").split("-")[0]
    return code if code in LANGUAGES else "en"


class Wikipedia:
    """Pages by title or by name.

    Each page and each name is asked for once at a time, however many wait for it. Pages are kept
    in the cache.
    """

    def __init__(
        self,
        user_agent: str,
        cache: ArticleCache | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Make a client; nothing is sent yet.

        Args:
            user_agent: names this program and a contact (a mail address or a link); Wikimedia
                blocks who names none.
            cache: keeps articles between questions.
            transport: carries the requests; a :class:`knowledge.mirror.Mirror`, or a test's own.
            time_limit: seconds for all requests of one question.

        Raises:
            ValueError: the user agent names no contact.

        """
        self._asking = Asking(user_agent, transport, time_limit)
        self._cache = cache
        self._running: dict[tuple[str, ...], asyncio.Task[Any]] = {}

    async def close(self) -> None:
        """Give up what is being asked, and close the connections."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._asking.close()

    async def article(self, title: str, language: str = "en") -> Article:
        """Return the page of exactly this title, redirects followed; from the cache for 30 days.

        Raises:
            NoSuchPage: there is none.
            WikipediaUnavailable: no answer in time, and nothing in the cache.

        """
        return await self._article(edition(language), title, self._asking.deadline())

    async def first(
        self, pages: Iterable[tuple[str, str]], wanted: Callable[[Article], bool]
    ) -> Article | None:
        """Return the first of some pages (edition, title) that exists and is wanted.

        Raises:
            WikipediaUnavailable: no answer in time, and nothing in the cache.

        """
        deadline = self._asking.deadline()
        for language, title in pages:
            try:
                article = await self._article(edition(language), title, deadline)
            except NoSuchPage:
                continue
            if wanted(article):
                return article
        return None

    async def look_up(self, name: str, language: str = "en") -> Article:
        """Return the page of a person's name as a visitor types it.

        A disambiguation, and a page about somebody else of that name, come with ``options``.

        Raises:
            NoSuchPage: no page has this name.
            WikipediaUnavailable: no answer in time, and nothing in the cache.

        """
        code, deadline, name = edition(language), self._asking.deadline(), turned(name)
        try:
            article = await self._article(code, name, deadline)
        except NoSuchPage:
            return await self._written_otherwise(code, name, deadline)
        if article.kind is ArticleKind.OTHER and not article.stale:
            return replace(article, options=await self._namesakes(article, name, deadline))
        return article

    async def _written_otherwise(self, language: str, name: str, deadline: float) -> Article:
        """Return the page of a name whose title has other capitals, accents or order."""
        name = page_title(name)
        titles = await self._same_name(language, name, deadline)
        if not titles:
            raise NoSuchPage(name)
        article = await self._article(language, titles[0], deadline)
        await self._keep_way(name, article)
        if article.kind is ArticleKind.DISAMBIGUATION:
            return article
        return replace(article, options=tuple(titles[1 : 1 + OPTIONS]))

    async def _namesakes(self, article: Article, name: str, deadline: float) -> tuple[str, ...]:
        """Pages of others who share the name; none where Wikipedia stops answering."""
        try:
            titles = await self._same_name(article.language, name, deadline)
        except WikipediaUnavailable as error:
            log.info("Wikipedia %s, namesakes of %r: %s", article.language, name, error)
            return ()
        return tuple(title for title in titles if title != article.title)[:OPTIONS]

    async def _article(self, language: str, title: str, deadline: float) -> Article:
        title = page_title(title)
        kept = await self._kept(language, title)
        if kept and datetime.now(UTC) - kept.fetched < FRESH:
            return kept
        try:
            fetch = partial(self._fetch, language, title, deadline)
            return await self._once(("page", language, title), fetch, deadline)
        except WikipediaUnavailable:
            if kept is None:
                raise
            return replace(kept, stale=True)

    async def _kept(self, language: str, title: str) -> Article | None:
        if self._cache is None:
            return None
        kept = await self._cache.get(language, title)
        for _ in range(_MOST_MOVES):
            if kept is None or kept.kind is not ArticleKind.REDIRECT:
                return kept
            kept = await self._cache.get(language, kept.options[0])
        return None

    async def _keep_way(self, title: str, article: Article) -> None:
        """Keep that a title leads to a page."""
        if self._cache is None or article.title == title:
            return
        to = (article.title,)
        way = replace(article, title=title, text="", kind=ArticleKind.REDIRECT, options=to)
        await self._cache.put(way)

    async def _same_name(self, language: str, name: str, deadline: float) -> list[str]:
        search = partial(same_name, self._asking, language, name, deadline)
        return await self._once(("name", language, name), search, deadline)

    async def _once(
        self,
        key: tuple[str, ...],
        ask: Callable[[], Coroutine[Any, Any, Answer]],
        deadline: float,
    ) -> Answer:
        """Ask, or wait for whoever asks the same already; by the waiter's own deadline."""
        task: asyncio.Task[Answer] | None = self._running.get(key)
        if task is None:
            task = asyncio.create_task(ask())
            self._running[key] = task
            task.add_done_callback(lambda done: self._finished(key, done))
        try:
            async with asyncio.timeout_at(deadline):
                return await asyncio.shield(task)
        except TimeoutError as error:
            raise WikipediaUnavailable("Wikipedia does not answer in time.") from error

    def _finished(self, key: tuple[str, ...], task: "asyncio.Task[Any]") -> None:
        del self._running[key]
        if not task.cancelled() and (error := task.exception()):
            log.info("Wikipedia, %s %s %r: %s", *key, error)

    async def _fetch(self, language: str, title: str, deadline: float) -> Article:
        article = await read_page(self._asking, language, title, deadline)
        if self._cache is not None:
            await self._cache.put(article)
        await self._keep_way(title, article)
        return article
