"""What somebody may be typing after a command, for platforms that offer it: no network is asked."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from bot.conversation.events import Command
from bot.conversation.languages import own_name
from bot.conversation.museums import in_sight
from bot.conversation.settings_page import SWITCHES, settled_here
from bot.conversation.speech import Parts, place_of
from knowledge.entries import Painting
from knowledge.library import Library
from knowledge.spelling import normal


@dataclass(frozen=True)
class Suggestion:
    """Words that may be meant: ``label`` is shown, ``value`` is what the command is asked with."""

    label: str
    value: str


@dataclass(frozen=True)
class _Entry:
    suggestion: Suggestion
    keys: tuple[str, ...]
    """In normal words, all that it is called."""


class Suggestions:
    """Names by their beginning, or by the beginning of a word within; the first given go first."""

    def __init__(self, named: Iterable[tuple[Suggestion, Iterable[str]]]) -> None:
        """Know these suggestions, each by its names."""
        self._entries = [
            _Entry(suggestion, tuple(dict.fromkeys(filter(None, map(normal, names)))))
            for suggestion, names in named
        ]

    def find(self, typed: str, most: int) -> list[Suggestion]:
        """Return at most so many that fit what is typed; without a word, the first."""
        words = normal(typed)
        if not words:
            return [entry.suggestion for entry in self._entries[:most]]
        begin, within = [], []
        for entry in self._entries:
            if any(key.startswith(words) for key in entry.keys):
                begin.append(entry.suggestion)
            elif any(f" {words}" in key for key in entry.keys):
                within.append(entry.suggestion)
            if len(begin) == most:
                break
        return [*begin, *within][:most]


@dataclass(frozen=True)
class _Indexes:
    artists: Suggestions
    movements: Suggestions
    paintings: Suggestions


_of_libraries: WeakKeyDictionary[Library, _Indexes] = WeakKeyDictionary()


async def suggest(parts: Parts, event: Command, most: int) -> Sequence[Suggestion]:
    """Return what the words so far of a command may become, the likeliest first."""
    found = await SUGGESTED[event.name](parts, event, most) if event.name in SUGGESTED else []
    return found[:most]


async def _artists(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    library = parts.library

    def find() -> list[Suggestion]:
        meant = library.find_artist(event.argument).ids
        near = [Suggestion(library.artists[id_].name, library.artists[id_].name) for id_ in meant]
        return _first(_indexes(library).artists.find(event.argument, most), near)

    return await asyncio.to_thread(find)


async def _movements(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    library = parts.library

    def find() -> list[Suggestion]:
        meant = library.find_movement(event.argument).ids
        near = [Suggestion(library.movements[i].name, library.movements[i].name) for i in meant]
        return _first(_indexes(library).movements.find(event.argument, most), near)

    return await asyncio.to_thread(find)


async def _either(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    artists = await _artists(parts, event, most)
    movements = await _movements(parts, event, most // 4)
    return [*artists[: most - len(movements)], *movements]


async def _paintings(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    def find() -> list[Suggestion]:
        return _indexes(parts.library).paintings.find(event.argument, most)

    return await asyncio.to_thread(find)


async def _museums(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    seen = await in_sight(parts, place_of(event))
    return Suggestions((Suggestion(m.name, m.name), (m.name,)) for m in seen).find(
        event.argument, most
    )


async def _quizzes(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    museums = await _museums(parts, event, most)
    return [*museums, *await _movements(parts, event, most - len(museums))]


async def _languages(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    names = {language: own_name(language) for language in parts.phrases.languages}
    known = ((Suggestion(name, language), (name, language)) for language, name in names.items())
    return Suggestions(known).find(event.argument, most)


async def _settings(parts: Parts, event: Command, most: int) -> list[Suggestion]:
    say, found = parts.say(event), []
    for setting in settled_here(event.chat):
        for value in SWITCHES.get(setting, ("",)):
            told = f"{setting} {value}".strip()
            label = say(f"set_button_{told.replace(' ', '_')}")
            words = say(f"set_word_{setting}").split(",")
            found.append((Suggestion(label, told), (label, told, *words)))
    return Suggestions(found).find(event.argument, most)


Suggester = Callable[[Parts, Command, int], Awaitable[list[Suggestion]]]
SUGGESTED: dict[str, Suggester] = {
    "artist": _artists,
    "works": _artists,
    "movement": _movements,
    "painting": _paintings,
    "timeline": _either,
    "museum": _museums,
    "quiz": _quizzes,
    "language": _languages,
    "settings": _settings,
}
"""The commands whose words can be suggested."""


def _by(painting: Painting, joint: str) -> str:
    """Return title and painter, which together name hardly more than one work."""
    return f"{painting.title}{joint}{painting.artist}" if painting.artist else painting.title


def _first(*found: list[Suggestion]) -> list[Suggestion]:
    return list(dict.fromkeys(each for some in found for each in some))


def _indexes(library: Library) -> _Indexes:
    """Return a library's names; those who are told of most go first."""
    if library not in _of_libraries:
        artists = sorted(library.artists.values(), key=lambda a: (-len(a.works), a.name))
        movements = sorted(library.movements.values(), key=lambda m: m.name)
        paintings = sorted(library.paintings.values(), key=lambda p: (not p.text, p.title))
        _of_libraries[library] = _Indexes(
            Suggestions((Suggestion(a.name, a.name), (a.name, *a.other_names)) for a in artists),
            Suggestions((Suggestion(m.name, m.name), (m.name, *m.other_names)) for m in movements),
            Suggestions(
                (
                    Suggestion(_by(p, " – "), _by(p, " ")),
                    (p.title, p.original, *p.other_titles),
                )
                for p in paintings
            ),
        )
    return _of_libraries[library]
