"""What to see next: a work of the museum that the tour has not seen yet, room by room."""

import re
from collections.abc import Sequence

from bot.collections.enrolment import known_work
from bot.conversation.events import Event
from bot.conversation.paintings import room_line, work_line
from bot.conversation.replies import Block, Choice, Note, Paragraph, Picture, Reply, Title
from bot.conversation.shelf import SIDE, small_copy
from bot.conversation.speech import Parts, pack, place_of, simply
from bot.errors import UserError
from bot.memory.collections import Collection, StoredWork
from bot.memory.tour import Tour
from bot.vision.enrolled import KnownWork
from bot.vision.photo import read_photo


async def propose(parts: Parts, event: Event, tour: Tour, after: str) -> Reply:
    """Propose a work not yet seen: in the room of the last stop, then in the rooms that follow.

    ``after``: the work that was proposed before, by its id. While the game is played, the painter
    is not told. Raises `UserError` where the tour is in no museum.
    """
    say = parts.say(event)
    museum = await _museum(parts, event, tour)
    works = in_walking_order(await parts.collections.works(museum.id))
    stops = await parts.tours.stops(tour.id)
    seen = {stop.work for stop in stops}
    left = [work for work in works if _key(museum, work) not in seen]
    if not left:
        return simply(say("tour_all_seen", museum=museum.name, count=len(works)))
    last = next((stop.work for stop in reversed(stops) if stop.work), "")
    start = _after(works, after) or _room_of(museum, works, last)
    onward = (*works[start:], *works[:start])
    chosen = next(work for work in onward if _key(museum, work) not in seen)
    return await _proposal(parts, event, tour, known_work(museum, chosen), len(left))


def _after(works: Sequence[StoredWork], proposed: str) -> int:
    """Return where the works go on after one that was proposed; 0 where there is none such."""
    return next((i + 1 for i, work in enumerate(works) if str(work.id) == proposed), 0)


def _room_of(museum: Collection, works: Sequence[StoredWork], last: str) -> int:
    """Return where the works of the room begin in which a tour was last; 0 if it is not known."""
    room = next((_room(work) for work in works if _key(museum, work) == last), None)
    return next((i for i, work in enumerate(works) if _room(work) == room), 0)


async def _proposal(parts: Parts, event: Event, tour: Tour, work: KnownWork, left: int) -> Reply:
    say = parts.say(event)
    named = work.title if tour.game else work_line(say, work)
    blocks: list[Block] = [Title(named)]
    if work.room:
        blocks.append(Paragraph(room_line(say, work.room)))
    blocks.append(Note(say("tour_left", count=left)))
    picture = await parts.collections.picture(int(work.id))
    pictures: tuple[Picture, ...] = ()
    if picture is not None:
        copy = await parts.recognizer.run(lambda: small_copy(read_photo(picture, SIDE)))
        pictures = (Picture(copy, named, "image/jpeg"),)
    rows = ((Choice(say("tour_another"), pack("ahead", work.id)),),) if left > 1 else ()
    return Reply(tuple(blocks), rows, pictures=pictures)


async def _museum(parts: Parts, event: Event, tour: Tour) -> Collection:
    """Return a tour's museum; one chosen since the start counts, too."""
    place = place_of(event)
    id_ = tour.museum or await parts.chats.museum(place)
    for collection in await parts.collections.all():
        if collection.id == id_:
            return collection
    raise UserError("tour_no_museum")


def in_walking_order(works: Sequence[StoredWork]) -> list[StoredWork]:
    """Return works by room, as rooms are counted (2 before 10); those without one last."""

    def order(work: StoredWork) -> tuple[bool, list[tuple[int, str]], int]:
        room = _room(work)
        parts = re.findall(r"\d+|\D+", room.casefold())
        return not room, [(int(p), "") if p.isdecimal() else (0, p) for p in parts], work.id

    return sorted(works, key=order)


def _room(work: StoredWork) -> str:
    return work.facts.get("room", "")


def _key(museum: Collection, work: StoredWork) -> str:
    return f"{museum.name}/{work.id}"
