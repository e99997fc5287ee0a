"""Reading a Wikipedia page: what it says, and whether it is about an artist."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from knowledge.articles import Article, ArticleKind, NoSuchPage
from knowledge.asking import Asking
from knowledge.occupations import is_disambiguation, mentions_artist, says_artist, word_for_painter
from knowledge.prose import shorten, tidy
from knowledge.spelling import normal

OPTIONS = 6
"""The most titles offered to choose from."""
_LONGEST_TITLE = 255
"""Bytes, MediaWiki's limit."""
_LONGEST_INTRODUCTION = 8000
"""Characters that are read; a page without sections is all introduction, and may be a book."""
_MOST_MEANINGS = 500
"""The most entries of a disambiguation that are read."""
_NOT_IN_TITLES = frozenset("#<>[]|{}:\ufffd")
"""MediaWiki refuses these; a bar would ask for several pages and a colon for another wiki."""


def page_title(text: str) -> str:
    """Return a title as MediaWiki writes it.

    Raises:
        NoSuchPage: no page can have such a title.

    """
    words = " ".join(text.replace("_", " ").split())
    refused = not words.isprintable() or _NOT_IN_TITLES & set(words)
    if not words or refused or len(words.encode()) > _LONGEST_TITLE:
        raise NoSuchPage(text)
    return words[0].upper() + words[1:]


async def read_page(asking: Asking, language: str, title: str, deadline: float) -> Article:
    """Return the page of a title, redirects followed.

    Raises:
        NoSuchPage: there is none.
        WikipediaUnavailable: no usable answer by the deadline.

    """
    page = asking.client(language, one_look=True).page(title)
    if not await asking.ask(lambda: _exists(page), deadline):
        raise NoSuchPage(title)
    title = _text(page.title)
    introduction = tidy(_text(await page.extract)[:_LONGEST_INTRODUCTION])
    props = await page.pageprops
    props = props if isinstance(props, Mapping) else {}
    description = _text(await page.description) or _text(props.get("wikibase-shortdesc"))
    text, shortened = shorten(introduction)
    kind = ArticleKind.OTHER
    options: tuple[str, ...] = ()
    if "disambiguation" in props or is_disambiguation(description, introduction):
        kind = ArticleKind.DISAMBIGUATION
        options = await _meanings(asking, language, title, deadline)
    elif says_artist(description, introduction, title, language):
        kind = ArticleKind.ARTIST
    elif mentions_artist(introduction, language):
        kind = await _kind_by_categories(asking, language, title, deadline)
    return Article(
        title=title,
        language=language,
        text=text,
        link=_link(title, language),
        shortened=shortened,
        fetched=datetime.now(UTC),
        kind=kind,
        options=options,
        wikidata=_text(props.get("wikibase_item")),
    )


async def _exists(page: Any) -> bool:
    """Whether a title leads to a page; redirects that lead in a circle are answered without any."""
    try:
        return bool(await page.exists())
    except KeyError as error:
        if error.args == ("pages",):
            return False
        raise


async def same_name(asking: Asking, language: str, name: str, deadline: float) -> list[str]:
    """Titles of this very name, but for case, accents, order and what is in parentheses.

    Those without parentheses come first.

    Raises:
        WikipediaUnavailable: no usable answer by the deadline.

    """
    client = asking.client(language)
    query = f"{name} {word_for_painter(language)}"
    found: Any = await asking.ask(lambda: client.search(query, what="text"), deadline)
    wanted = sorted(normal(name).split())
    titles = [
        title
        for title in map(_text, found.pages)
        if sorted(normal(_without_aside(title)).split()) == wanted
    ]
    return sorted(titles, key=lambda title: title != _without_aside(title))


async def _kind_by_categories(
    asking: Asking, language: str, title: str, deadline: float
) -> ArticleKind:
    """For those who are called many things, such as a polymath who also painted."""
    page = asking.client(language).page(title)
    categories: Any = await asking.ask(lambda: page.categories, deadline)
    painted = any(mentions_artist(name, language) for name in map(_text, categories))
    return ArticleKind.ARTIST if painted else ArticleKind.OTHER


async def _meanings(asking: Asking, language: str, title: str, deadline: float) -> tuple[str, ...]:
    """Return the artists that a disambiguation lists, or its first entries where it lists none."""
    page = asking.client(language).page(title)
    found: Any = await asking.ask(lambda: page.links, deadline)
    lines = _text(await asking.ask(lambda: page.text, deadline)).splitlines()[:_MOST_MEANINGS]
    links = [link for link in map(_text, found) if link and ":" not in link][:_MOST_MEANINGS]
    told = {
        link: next((line for line in lines if _without_aside(link) in line), "") for link in links
    }
    artists = [link for link in links if mentions_artist(f"{link} {told[link]}", language)]
    listed = [link for link in links if told[link]]
    return tuple((artists or listed or links)[:OPTIONS])


def _without_aside(title: str) -> str:
    return title.split(" (")[0]


def _link(title: str, language: str) -> str:
    return f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'), safe='(),')}"


def _text(value: object) -> str:
    """Return what can be kept of a value: text, without halves of characters."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else ""
