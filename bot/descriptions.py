"""Painters, movements and paintings as the command line's JSON objects."""

from functools import partial
from typing import Any

from bot.conversation.paintings import painter, work_line
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts, shown
from bot.conversation.titles import find_titles
from bot.memory.collections import KEEPERS
from knowledge.articles import Article, WikipediaUnavailable
from knowledge.entries import Artist, Movement, Painting, Source
from knowledge.library import Library

LANGUAGE = "en"


async def describe(library: Library, phrases: Phrases, kind: str, name: str) -> dict[str, Any]:
    """Return the contract's object for ``artist NAME`` or ``movement NAME``.

    That is the entry, or ``{"choices": [...]}`` where several fit, or ``{"error": ...}``.
    """
    if not name.strip():
        return {"error": phrases.say(f"{kind}_ask")}
    found = library.find_artist(name) if kind == "artist" else library.find_movement(name)
    entries: Any = library.artists if kind == "artist" else library.movements
    if found.sure:
        return await _entry(library, entries[found.ids[0]])
    if found.ids:
        return {"choices": [{"id": id_, "name": entries[id_].name} for id_ in found.ids]}
    if kind == "artist":
        return await _from_wikipedia(library, phrases, name)
    known = ", ".join(sorted(movement.name for movement in library.movements.values()))
    return {"error": phrases.say("movement_unknown", name=shown(name), known=known)}


async def describe_painting(parts: Parts, title: str) -> dict[str, Any]:
    """Return the contract's object for ``painting TITLE``: the work, choices, or an error."""
    if not title.strip():
        return {"error": parts.phrases.say("painting_ask")}
    found = await find_titles(parts, KEEPERS, title)
    if not found.works:
        return {"error": parts.phrases.say("painting_unknown", title=shown(title))}
    if not found.sure:
        say = partial(parts.phrases.say, language=LANGUAGE)
        return {"choices": [{"id": w.id, "name": work_line(say, w)} for w in found.works]}
    work = found.works[0]
    artist = painter(parts.library, work)
    content = {
        "id": work.id,
        "name": work.title,
        "title": work.title,
        "original": work.original,
        "artist": work.artist,
        "artist_id": artist.id if artist else "",
        "year": work.year,
        "text": work.text,
        "note": "",
        "language": LANGUAGE,
    }
    if isinstance(work, Painting):
        return content | {
            "collection": "",
            "medium": work.medium,
            "museum": work.museum,
            "room": "",
            "sources": [_source(source) for source in work.sources],
        }
    own = Source(work.collection, work.collection, work.link, "")
    return content | {
        "collection": work.collection,
        "medium": "",
        "museum": work.place,
        "room": work.room,
        "sources": [_source(own)],
    }


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
            "teachers": list(entry.teachers),
            "influences": list(entry.influences),
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
    sources = [_source(source) for source in story.sources]
    content |= {"text": story.text, "note": story.note, "sources": sources}
    return content | {"language": story.language}


def _source(source: Source) -> dict[str, str]:
    return {
        "id": source.key,
        "name": source.name,
        "link": source.link,
        "licence": source.licence,
    }


async def _from_wikipedia(library: Library, phrases: Phrases, name: str) -> dict[str, Any]:
    try:
        article = await library.look_up(name, LANGUAGE)
    except WikipediaUnavailable:
        return {"error": phrases.say("wikipedia_unavailable_bare", name=shown(name))}
    if article is None:
        return {"error": phrases.say("artist_unknown", name=shown(name))}
    if article.kind == "disambiguation":
        return {"choices": [{"id": "", "name": option} for option in article.options]}
    if article.kind != "artist":
        return {"error": phrases.say("not_a_painter", name=article.title)}
    return _wikipedia_entry(article)


def _wikipedia_entry(article: Article) -> dict[str, Any]:
    name = f"Wikipedia: {article.title}"
    source = Source("wikipedia", name, article.link, article.licence)
    note = "stale" if article.stale else "shortened" if article.shortened else ""
    return {
        "id": "",
        "name": article.title,
        "born": None,
        "died": None,
        "movements": [],
        "works": [],
        "text": article.text,
        "note": note,
        "sources": [_source(source)],
        "language": article.language,
    }
