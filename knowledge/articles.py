"""What comes from Wikipedia: the article, where it is kept, and what can go wrong."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

LICENCE = "CC BY-SA 4.0"


class ArticleKind(StrEnum):
    """Whom a page is about."""

    ARTIST = "artist"
    OTHER = "other"
    DISAMBIGUATION = "disambiguation"
    REDIRECT = "redirect"
    """Met in a cache only: the asked title leads to the one title in ``options``."""


class WikipediaUnavailable(Exception):  # noqa: N818 - says what happened
    """No usable answer: no network, refused, overloaded, too slow, or not what Wikipedia says."""


class NoSuchPage(Exception):  # noqa: N818 - says what happened
    """Wikipedia answers, and has no page of this title in this language."""


@dataclass(frozen=True)
class Article:
    """The beginning of a Wikipedia page, as plain text."""

    title: str
    language: str
    """The edition, such as ``en``."""
    text: str
    link: str
    shortened: bool
    """The text stops before the page's introduction does."""
    fetched: datetime
    """With a time zone."""
    kind: ArticleKind
    options: tuple[str, ...] = ()
    """Titles to choose from, of a disambiguation or of a page about somebody else."""
    wikidata: str = ""
    licence: str = LICENCE
    stale: bool = False
    """From the cache and past its time, because Wikipedia does not answer now."""


class ArticleCache(Protocol):
    """Keeps articles by language and title, for any time; the reader judges their age."""

    async def get(self, language: str, title: str) -> Article | None:
        """Return the article put last under this language and title."""
        ...

    async def put(self, article: Article) -> None:
        """Keep an article under its own language and title."""
        ...
