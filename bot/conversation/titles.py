"""``/painting TITLE``: a work by its name, in the languages of its titles."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from bot.conversation.events import Command, Event, Tap
from bot.conversation.paintings import (
    Told,
    about_work,
    painter_choices,
    told_by_library,
    topic_of,
    work_line,
)
from bot.conversation.replies import Choice, Note, Paragraph, Reply
from bot.conversation.speech import Parts, Say, pack, place_of, shown, simply
from bot.errors import UserError
from bot.memory.store import Place, SeenPhoto
from bot.vision.works import Works
from knowledge.entries import Painting
from knowledge.library import Library
from knowledge.spelling import normal
from knowledge.titles import Fit, TitledWork, TitleIndex

OFFERED = 6

_of_works: WeakKeyDictionary[Works, TitleIndex[int]] = WeakKeyDictionary()


@dataclass(frozen=True)
class FoundTitles:
    """The works that a title may mean, the likeliest first.

    ``sure`` where it is one alone, or where the first is famous and the others are not.
    """

    works: tuple[Told, ...] = ()
    sure: bool = False
    exact: bool = False
    """Whether it is the very title, with or without the painter's name."""


async def painting_command(parts: Parts, event: Command) -> Reply:
    """``/painting TITLE``."""
    say = parts.say(event)
    if not event.argument:
        return simply(say("painting_ask"))
    found = await find_titles(parts, place_of(event), event.argument)
    if found.sure:
        return told_of(parts, event, found)
    if not found.works:
        return simply(say("painting_unknown", title=shown(event.argument)))
    return Reply((Paragraph(say("painting_which")),), _choices(say, found.works))


def told_of(parts: Parts, event: Event, found: FoundTitles) -> Reply:
    """Tell of the first of the works found, and offer the others of the same title."""
    say = parts.say(event)
    told, others = work_reply(parts, event, found.works[0]), _choices(say, found.works[1:])
    if not others:
        return told
    note = Note(say("painting_others"))
    return replace(told, blocks=(*told.blocks, note), choices=(*told.choices, *others))


def _choices(say: Say, works: Sequence[Told]) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(work_line(say, work), pack("painting", work.id)),) for work in works)


async def show_painting(parts: Parts, event: Tap, work: str, _: SeenPhoto | None) -> Reply:
    """Tell about the work that a button names."""
    if work in parts.library.paintings:
        return work_reply(parts, event, parts.library.paintings[work])
    seen = await parts.catalogue.seen_from(place_of(event))
    found = [known for works in seen for known in works.known if known.id == work]
    if not found:
        raise UserError("work_gone")
    return work_reply(parts, event, found[0])


def work_reply(parts: Parts, event: Event, work: Told) -> Reply:
    """Return what is known of a work, with the way on to its painter."""
    say = parts.say(event)
    choices = painter_choices(parts.library, say, work)
    about = topic_of(parts.library, work)
    return Reply(about_work(parts.library, say, work), choices, about=about)


async def find_titles(parts: Parts, place: Place, title: str) -> FoundTitles:
    """Return the works of a title that a chat may ask for, its museum's first.

    Those known on sight come before those that the library only tells of.
    """
    seen = await parts.catalogue.seen_from(place)
    return await asyncio.to_thread(_of_title, title, seen, parts.library)


def _of_title(title: str, seen: Sequence[Works], library: Library) -> FoundTitles:
    fits: list[tuple[Fit, Told]] = []
    for works in seen:
        hits = _index(works).find(title)
        fits += [(fit, works.known[number]) for number, fit in hits.items()]
    found_told = library.find_painting(title)
    fits += [(fit, library.paintings[id_]) for id_, fit in found_told.items()]
    best = min((fit for fit, _ in fits), default=Fit.ALIKE)
    found: dict[tuple[str, str], Told] = {}
    for fit, work in fits:
        if fit is best:
            told = told_by_library(library, work) or work
            found.setdefault((normal(told.title), normal(told.artist)), told)
    alone = len(found) == 1 and best is not Fit.ALIKE
    famous = [work for work in found.values() if _is_famous(work)]
    if best is Fit.TITLE and len(famous) == 1:
        told_first = sorted(found.values(), key=lambda work: work is not famous[0])
        return FoundTitles(tuple(told_first)[:OFFERED], sure=True, exact=True)
    return FoundTitles(tuple(found.values())[:OFFERED], alone, best is Fit.TITLE)


def _is_famous(work: Told) -> bool:
    """Say whether a work is one that people mean by its title alone: we tell its story."""
    return not isinstance(work, Painting) or bool(work.text)


def _index(works: Works) -> TitleIndex[int]:
    if works not in _of_works:
        _of_works[works] = TitleIndex(
            TitledWork(number, (work.title, work.original), work.artist)
            for number, work in enumerate(works.known)
        )
    return _of_works[works]
