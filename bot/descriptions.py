"""Painters and movements as the command line's JSON objects."""

from typing import Any

from knowledge.articles import Article, WikipediaUnavailable
from knowledge.entries import Artist, Movement, Source
from knowledge.library import Library

LANGUAGE = "en"


async def describe(library: Library, kind: str, name: str) -> dict[str, Any]:
    """Return the contract's object for ``artist NAME`` or ``movement NAME``.

    That is the entry, or ``{"choices": [...]}`` where several fit, or ``{"error": ...}``.
    """
    found = library.find_artist(name) if kind == "artist" else library.find_movement(name)
    entries: Any = library.artists if kind == "artist" else library.movements
    if found.sure:
        return await _entry(library, entries[found.ids[0]])
    if found.ids:
        return {"choices": [{"id": id_, "name": entries[id_].name} for id_ in found.ids]}
    if kind == "artist":
        return await _from_wikipedia(library, name)
    return {"error": f"There is no movement called “{name}” in the library."}


async def _entry(library: Library, entry: Artist | Movement) -> dict[str, Any]:
    story = await library.story(entry, LANGUAGE)
    content: dict[str, Any] = {"id": entry.id, "name": entry.name}
    if isinstance(entry, Artist):
        content |= {
            "born": entry.born.year,
            "died": entry.died.year if entry.died else None,
            "nationality": entry.nationality,
            "birthplace": entry.born.place,
            "deathplace": entry.died.place if entry.died else "",
            "wikidata": entry.wikidata,
            "movements": list(entry.movements),
            "works": [
                {"title": work.title, "year": work.year, "museum": work.museum}
                for work in entry.works
            ],
        }
    else:
        content |= {
            "start": entry.start,
            "end": entry.end,
            "region": entry.region,
            "marks": list(entry.marks),
            "painters": list(entry.painters),
        }
    content |= {"text": story.text, "sources": [_source(s) for s in story.sources]}
    return content | {"language": story.language}


def _source(source: Source) -> dict[str, str]:
    return {"id": source.key, "name": source.name, "link": source.link}


async def _from_wikipedia(library: Library, name: str) -> dict[str, Any]:
    try:
        article = await library.look_up(name, LANGUAGE)
    except WikipediaUnavailable:
        return {"error": f"“{name}” is not in the library, and Wikipedia cannot be reached."}
    if article is None:
        return {"error": f"Neither the library nor Wikipedia knows a painter called “{name}”."}
    if article.kind == "disambiguation":
        return {"choices": [{"id": "", "name": option} for option in article.options]}
    if article.kind != "artist":
        return {"error": f"Wikipedia knows “{article.title}”, but not as a painter."}
    return _wikipedia_entry(article)


def _wikipedia_entry(article: Article) -> dict[str, Any]:
    source = {"id": "wikipedia", "name": f"Wikipedia ({article.licence})", "link": article.link}
    return {
        "id": "",
        "name": article.title,
        "born": None,
        "died": None,
        "movements": [],
        "works": [],
        "text": article.text,
        "sources": [source],
        "language": article.language,
    }
