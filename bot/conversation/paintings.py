"""The very works that a photo shows: what is said of one, of several, and of a likely one."""

from collections.abc import Collection, Sequence

from bot.conversation.articles import credited, way_back
from bot.conversation.events import Tap
from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Credit,
    Credits,
    Note,
    Paragraph,
    Reply,
    Title,
)
from bot.conversation.speech import Parts, Say, number_in, pack
from bot.conversation.years import dated
from bot.errors import UserError
from bot.memory.chats import Topic
from bot.memory.store import SeenPhoto
from bot.vision.enrolled import KnownWork
from bot.vision.recognizer import Painting as SeenWork
from bot.vision.recognizer import Recognition
from bot.vision.works import FAMOUS
from knowledge.entries import Artist, Painting
from knowledge.library import Library
from knowledge.spelling import normal

Told = KnownWork | Painting
"""A work that is known on sight, or one that the library tells of."""
LONGEST_ROOM_CODE = 3
"""Letters of a room that is no word: ``4``, ``A``, ``XIV``."""
LIKELY_SHOWN = 2
"""Works that are asked about beside the guesses."""


def works_seen(
    parts: Parts,
    say: Say,
    photo: SeenPhoto,
    denied: Collection[str] = (),
    *,
    replaces: bool = False,
) -> Reply | None:
    """Return the answer to a photo of known works: the one told, or several to choose from.

    ``None`` where all of them are ``denied``, or none is verified.
    """
    verified = [(number, work) for number, work in _verified(photo) if key(work) not in denied]
    if not verified:
        return None
    if len(verified) == 1:
        number, _ = verified[0]
        return work_page(parts, say, photo, number, replaces=replaces)
    rows = [(Choice(work.title, pack("work", str(number), photo)),) for number, work in verified]
    return Reply(
        (
            Paragraph(say("works_are")),
            Bullets(tuple(work_line(say, work) for _, work in verified)),
            Note(say("work_more")),
        ),
        (*rows, *_reasons(say, photo)),
        replaces,
    )


async def show_work(parts: Parts, event: Tap, number: str, photo: SeenPhoto) -> Reply:
    """Tell about one of the works that a photo shows or may show."""
    return work_page(parts, parts.say(event), photo, number_in(number), replaces=True)


async def deny_work(parts: Parts, event: Tap, number: str, photo: SeenPhoto) -> str:
    """Keep that a photo does not show a work; return the words for it."""
    work = _works(photo)[_checked(photo, number_in(number))]
    await parts.store.record_denial(photo.id, event.person.id, key(work))
    return parts.say(event)("denied", title=work.title)


def key(work: SeenWork) -> str:
    """Return what a work is called among those of all collections."""
    return f"{work.collection}/{work.id}"


def work_page(
    parts: Parts, say: Say, photo: SeenPhoto, number: int, *, replaces: bool = False
) -> Reply:
    """Return title, painter, year, place and text of a work, with the ways on from it."""
    work = _works(photo)[_checked(photo, number)]
    likely = () if work.verified else (Note(say("work_likely", title=work.title)),)
    choices = work_choices(parts.library, say, photo, work, number)
    told = about_work(parts.library, say, work, likely)
    return Reply(told, choices, replaces, about=topic_of(parts.library, work))


def topic_of(library: Library, work: Told) -> Topic | None:
    """Return a work as what is talked about: itself if the library tells of it, or its painter."""
    told, artist = told_by_library(library, work), painter(library, work)
    if told:
        return Topic("painting", told.id)
    return Topic("artist", artist.id) if artist else None


def about_work(
    library: Library, say: Say, work: Told, doubt: tuple[Note, ...] = ()
) -> tuple[Block, ...]:
    """Return title, painter, year, place and text of a work, and where these come from."""
    work = told_by_library(library, work) or work
    blocks: list[Block] = [Title(work.title)]
    if isinstance(work, Painting):
        facts = (work.original, work.artist, dated(say, work.year), work.medium, work.museum)
        sources = credited(say, work.sources)
    else:
        facts = (work.original, work.artist, work.year, work.place, room_line(say, work.room))
        source = say("editors") if work.collection == FAMOUS else work.collection
        sources = Credits(say("sources"), (Credit(source, work.link),))
    title = normal(work.title)
    about = " · ".join(part for part in facts if part and normal(part) != title)
    if about:
        blocks.append(Note(about))
    if work.text:
        blocks.append(Paragraph(work.text))
    if work.text and isinstance(work, Painting) and not library.is_translated(work):
        blocks.append(Note(say("in_english")))
    return (*blocks, *doubt, sources)


def told_by_library(library: Library, work: Told) -> Painting | None:
    """Return what the library tells of a work; of a museum's own work, nothing."""
    if isinstance(work, Painting):
        return work
    return library.paintings.get(work.id) if work.collection == FAMOUS else None


def painter(library: Library, work: Told) -> Artist | None:
    """Return the library's entry of a work's painter, where it is sure who that is."""
    if work.artist_id in library.artists:
        return library.artists[work.artist_id]
    found = library.find_artist(work.artist) if work.artist else None
    return library.artists[found.ids[0]] if found and found.sure else None


def room_line(say: Say, room: str) -> str:
    """Return a room as it is shown: a number or a letter needs the word before it."""
    bare = room and (room[0].isdigit() or len(room) <= LONGEST_ROOM_CODE)
    return say("work_room", room=room) if bare else room


def painter_choices(
    library: Library, say: Say, work: Told, photo: SeenPhoto | None = None
) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons for a work's painter and movement, as far as the library has them."""
    artist = painter(library, work)
    if artist is None:
        return ()
    styles = (
        (Choice(say("button_movement", name=movement.name), pack("style", id_, photo)),)
        for id_ in artist.movements[:1]
        if (movement := library.movements.get(id_))
    )
    return ((Choice(artist.name, pack("artist", artist.id, photo)),), *styles)


def work_choices(
    library: Library, say: Say, photo: SeenPhoto, work: SeenWork, number: int
) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons under a photo's work: painter, movement, what is alike, and doubt."""
    rows = [*painter_choices(library, say, work, photo), *_reasons(say, photo)]
    rows.append((Choice(say("button_not_this"), pack("notthis", str(number), photo)),))
    if len(_verified(photo)) > 1:
        rows += way_back(say, photo)
    return tuple(rows)


def likely_choices(say: Say, photo: SeenPhoto) -> tuple[tuple[Choice, ...], ...]:
    """Return a row for each work that a photo may show."""
    likely = [(n, work) for n, work in enumerate(_works(photo)) if not work.verified]
    return tuple(
        (Choice(say("work_likely", title=work.title), pack("work", str(n), photo)),)
        for n, work in likely[:LIKELY_SHOWN]
    )


def works_words(say: Say, paintings: Sequence[SeenWork]) -> str:
    """Return a line for the works that a photo shows, or one line each; empty for none."""
    lines = [work_line(say, work) for work in paintings if work.verified]
    if len(lines) == 1:
        return say("work_is", work=lines[0])
    return "\n".join([say("works_are"), *lines]) if lines else ""


def work_line(say: Say, work: Told) -> str:
    """Return a work's title, with its painter where one is known."""
    return say("work_by", title=work.title, artist=work.artist) if work.artist else work.title


def _reasons(say: Say, photo: SeenPhoto) -> tuple[tuple[Choice, ...], ...]:
    if not Recognition.from_json(photo.recognition).similar:
        return ()
    return ((Choice(say("button_alike"), pack("alike", "", photo)),),)


def _works(photo: SeenPhoto) -> tuple[SeenWork, ...]:
    return Recognition.from_json(photo.recognition).paintings


def _verified(photo: SeenPhoto) -> list[tuple[int, SeenWork]]:
    return [(number, work) for number, work in enumerate(_works(photo)) if work.verified]


def _checked(photo: SeenPhoto, number: int) -> int:
    if number >= len(_works(photo)):
        raise UserError("old_button")
    return number
