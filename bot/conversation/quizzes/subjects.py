"""What a quiz may be about: a museum's works, a movement's, or what a tour saw."""

import asyncio
from collections.abc import Iterable

from bot.conversation.events import Event
from bot.conversation.quizzes.making import Subject, anything
from bot.conversation.quizzes.works import Work, of_catalogue, of_library
from bot.conversation.speech import Parts, place_of
from bot.memory.collections import Collection
from bot.memory.tour import Stop, Tour
from bot.vision.works import FAMOUS

BEST_KNOWN = 6
"""Works of a painter that may be asked about."""
PICTURED = ("painter", "movement", "painter", "year", "painter")
OF_A_MOVEMENT = ("mark", "year", "painter", "year", "mark")
"""Which movement it is would be no question."""


async def whatever_is_near(parts: Parts, museum: Collection | None) -> Subject:
    """Return the museum where a chat is, or else everything."""
    return await of_museum(parts, museum) if museum else anything(parts.library)


async def of_museum(parts: Parts, museum: Collection) -> Subject:
    """Return a museum's works, and the movements of its painters."""
    stored = await parts.collections.works(museum.id)

    def read() -> Subject:
        works = [
            of_catalogue(parts.library, f"{museum.name}/{each.id}", each.facts, f"work:{each.id}")
            for each in stored
        ]
        return Subject(museum.name, PICTURED, tuple(works), _movements(parts, works))

    return await asyncio.to_thread(read)  # a large museum takes a moment


async def of_movement(parts: Parts, id_: str, museum: Collection | None) -> Subject:
    """Return a movement: its painters' best known works, and those that hang where the chat is."""
    library = parts.library
    painters = {a.id for a in library.artists.values() if id_ in a.movements[:1]}
    painters |= set(library.movements[id_].painters) & set(library.artists)
    works = [
        of_library(work)
        for painter in sorted(painters)
        for work in library.artists[painter].works[:BEST_KNOWN]
    ]
    near = (await of_museum(parts, museum)).works if museum else ()
    works += [work for work in near if work.artist_id in painters]
    return Subject(library.movements[id_].name, OF_A_MOVEMENT, tuple(works), (id_,))


async def of_tour(parts: Parts, tour: Tour) -> Subject:
    """Return what a tour saw, less what is being guessed, and what is itself but a guess."""
    open_ = {each.stop for each in await parts.rounds.of_tour(tour.id) if each.closed is None}
    kept = await parts.tours.pictures(tour.id)
    works = [
        _of_stop(parts, stop, stop.id in kept)
        for stop in await parts.tours.stops(tour.id)
        if stop.id not in open_ and (stop.work or stop.decided == "guide")
    ]
    return Subject(tour.place, PICTURED, tuple(works), _movements(parts, works))


async def museum_of(parts: Parts, event: Event, tour: Tour | None) -> Collection | None:
    """Return the museum where a tour or a chat is."""
    here = (tour.museum if tour else None) or await parts.chats.museum(place_of(event))
    return next((each for each in await parts.collections.all() if each.id == here), None)


def _of_stop(parts: Parts, stop: Stop, kept: bool) -> Work:
    collection, _, number = stop.work.rpartition("/")
    picture = ""
    if kept:
        picture = f"stop:{stop.id}"
    elif collection not in ("", FAMOUS) and number.isdecimal():
        picture = f"work:{number}"
    return of_catalogue(parts.library, stop.work or f"stop/{stop.id}", stop.facts, picture)


def _movements(parts: Parts, works: Iterable[Work]) -> tuple[str, ...]:
    """Return the movements that the painters of works belong to first."""
    known = (parts.library.artists.get(work.artist_id) for work in works)
    first = (artist.movements[0] for artist in known if artist and artist.movements)
    return tuple(dict.fromkeys(id_ for id_ in first if id_ in parts.library.movements))
