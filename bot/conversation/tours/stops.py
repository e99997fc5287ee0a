"""A photo on a tour: every work seen becomes a stop, two photos of one work are one stop."""

import re
from dataclasses import dataclass

from bot.conversation.events import Event
from bot.conversation.paintings import key, painter, told_by_library
from bot.conversation.routes import route_of
from bot.conversation.speech import Parts
from bot.memory.store import SeenPhoto
from bot.memory.tour import Decided, NewStop, Stop, Tour
from bot.vision.enrolled import Enrolled, KnownWork, packed, unpacked
from bot.vision.recognizer import Painting, Recognition, Verdict
from knowledge.library import Library

DOCENT: Decided = "docent"
"""Who decided whose hand a stop is, where Docent was sure."""


@dataclass(frozen=True)
class Seen:
    """A stop that a photo shows."""

    stop: Stop
    is_new: bool
    """Whether this photo opened it."""


async def tour_of(parts: Parts, event: Event) -> Tour | None:
    """Return the tour that takes photos where an event comes from; none while it pauses."""
    tour = await parts.tours.going_on(route_of(event))
    return None if tour is None or tour.paused else tour


async def see(
    parts: Parts, event: Event, tour: Tour, photo: SeenPhoto, picture: bytes
) -> list[Seen]:
    """Keep what a photo shows as stops of a tour, from left to right; its sender comes along.

    What seems to be no painting is no stop.
    """
    recognition = Recognition.from_json(photo.recognition)
    if recognition.verdict is Verdict.NOT_A_PAINTING:
        return []
    await parts.tours.join(tour.id, event.person.id, event.person.name)
    kept = parts.shelf.get(photo.id) if tour.keeps_photos else None
    works = [work for work in recognition.paintings if work.verified]
    if not works:
        return [await _see_unknown(parts, event, tour, photo, recognition, picture, kept)]
    seen = []
    for work in works:
        facts = facts_of(parts.library, work)
        new = NewStop(key(work), facts, DOCENT if facts["artist"] else "", picture=kept)
        seen.append(Seen(*await parts.tours.see(tour.id, photo.id, event.person.id, new)))
    return seen


async def _see_unknown(
    parts: Parts,
    event: Event,
    tour: Tour,
    photo: SeenPhoto,
    recognition: Recognition,
    picture: bytes,
    kept: bytes | None,
) -> Seen:
    """Keep a work that is not known by name; the tour itself recognises it again."""
    signatures = await parts.tours.signatures(tour.id)
    met = [_unpacked(stop, signature) for stop, signature in signatures.items()]
    again, enrolled = await parts.recognizer.recall(_work(0), picture, met)
    new = NewStop(
        "",
        facts_of_guess(recognition),
        DOCENT if recognition.verdict is Verdict.ARTIST else "",
        packed(enrolled) if enrolled else None,
        kept,
    )
    known = int(again.id) if again else None
    return Seen(*await parts.tours.see(tour.id, photo.id, event.person.id, new, known))


def _work(stop: int) -> KnownWork:
    return KnownWork(str(stop), "", "", "")


def _unpacked(stop: int, signature: bytes) -> Enrolled:
    return unpacked(_work(stop), signature)


def facts_of(library: Library, work: Painting) -> dict[str, str]:
    """Return what a stop keeps of a known work: a text each, "" for what is not known.

    A museum's painter may come with the years of a life, which would tell the name from a guess.
    """
    told, artist = told_by_library(library, work), painter(library, work)
    movement = artist.movements[0] if artist and artist.movements else ""
    return {
        "title": told.title if told else work.title,
        "artist": artist.name if artist else re.sub(r"\s*\(.*\)$", "", work.artist),
        "artist_id": artist.id if artist else work.artist_id,
        "year": told.year if told else work.year,
        "room": work.room,
        "movement_id": movement,
    }


def facts_of_guess(recognition: Recognition) -> dict[str, str]:
    """Return what a stop keeps of a work that is not known: as much as the verdict allows."""
    named = recognition.verdict is Verdict.ARTIST
    placed = recognition.verdict in (Verdict.ARTIST, Verdict.MOVEMENT)
    artist = recognition.artists[0]
    return {
        "title": "",
        "artist": artist.name if named else "",
        "artist_id": artist.id if named else "",
        "year": "",
        "room": "",
        "movement_id": recognition.movements[0].id if placed else "",
    }
