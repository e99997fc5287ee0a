"""Collections that people make in a chat: a photo with a caption is a work."""

import hashlib
import io

from PIL import Image

from bot.collections.enrolment import checked_name, known_work
from bot.collections.listing import check_fact
from bot.collections.naming import named
from bot.conversation.events import Command, Event, Photo, Tap, parse_command
from bot.conversation.paintings import work_line
from bot.conversation.replies import Bullets, Choice, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, pack, place_of, shown, simply
from bot.errors import UserError
from bot.memory.collections import INVITED, Collection, StoredWork, name_key
from bot.memory.store import SeenPhoto
from bot.vision.photo import SHARP_SIDE, read_photo
from knowledge.spelling import normal

MOST_WORKS = 500
"""Works that one person may add in chats."""
MOST_COLLECTIONS = 20
"""Collections that one person may make in chats."""
SHOWN = 10
"""Works that are listed at most."""
FACTS = ("title", "artist", "year", "room")
"""What a caption tells, in this order, with semicolons between."""
EXPLAINED = ("new", "show", "undo", "remove", "invite", "join", "leave", "close", "open")
"""What may stand after ``/collection``, in the order in which it is explained."""
QUALITY = 92


async def collection_command(parts: Parts, event: Command) -> Reply:
    """Do what ``/collection`` asks, one of `EXPLAINED`; else explain these."""
    action, _, name = event.argument.partition(" ")
    match action.casefold():
        case "new":
            return await _new(parts, event, name)
        case "open":
            return await _open(parts, event, await _own(parts, event, name))
        case "close":
            return await _close(parts, event)
        case "show":
            return await _show(parts, event, await _meant(parts, event, name))
        case "undo":
            return await _undo(parts, event)
        case "remove":
            return await _remove(parts, event, name.strip())
        case "invite":
            return await _invite(parts, event, await _meant(parts, event, name))
        case "join":
            return await _join(parts, event, name)
        case "leave":
            return await _leave(parts, event, await _meant(parts, event, name))
        case _:
            return await _explain(parts, event)


async def enrol_photo(parts: Parts, event: Photo) -> Reply | None:
    """Keep a photo with a caption as a work, where its sender has a collection open here.

    ``None`` where none is: then the photo is a question like any other.
    """
    if not event.caption.strip() or parse_command(event.caption):
        return None
    opened = await _opened(parts, event)
    if opened is None:
        return None
    cells = [cell.strip() for cell in event.caption.split(";")]
    facts = {name: cell for name, cell in zip(FACTS, cells, strict=False) if cell}
    if "title" not in facts or len(cells) > len(FACTS):
        raise UserError("caption_unclear")
    for name, words in facts.items():
        check_fact(name, words)
    image = f"chat-{hashlib.sha256(event.id.encode()).hexdigest()[:16]}.jpg"
    works = await _works_of(parts, event)
    if len(works) >= MOST_WORKS and image not in {work.image for work in works}:
        raise UserError("collection_full", most=MOST_WORKS)
    picture = await parts.recognizer.run(lambda: _clean(event.picture))
    work = await parts.enrolment.add(opened, image, facts, picture, event.person.id)
    count = len(await parts.collections.works(opened.id))
    say = parts.say(event)
    kept = say("work_kept", title=facts["title"], name=opened.name, count=count)
    undo = Choice(say("button_undo"), pack("undo", str(work)))
    done = Choice(say("button_close"), pack("close", ""))
    return Reply((Paragraph(kept),), ((undo, done),))


async def undo_tap(parts: Parts, event: Tap, work: str, _: SeenPhoto | None) -> Reply:
    """Take back one work that was just added."""
    own = {str(w.id): w for w in await _works_of(parts, event)}
    if work not in own:
        raise UserError("work_gone")
    return await _take_back(parts, event, own[work])


async def close_tap(parts: Parts, event: Tap, _: str, photo: SeenPhoto | None) -> Reply:
    """End adding works in this chat."""
    return await _close(parts, event)


async def remove_tap(parts: Parts, event: Tap, collection: str, _: SeenPhoto | None) -> Reply:
    """Remove a collection, as was asked and confirmed."""
    own = {str(each.id): each for each in await _made(parts, event)}
    if collection not in own:
        raise UserError("museum_gone")
    removed = own[collection]
    await parts.collections.remove(removed.id)
    said = parts.say(event)("collection_removed", name=removed.name, count=removed.works)
    return Reply((Paragraph(said),), replaces=True)


async def _new(parts: Parts, event: Command, name: str) -> Reply:
    name = checked_name(name)
    own = await _made(parts, event)
    is_new = name_key(name) not in {name_key(each.name) for each in own}
    if is_new and len(own) >= MOST_COLLECTIONS:
        raise UserError("collections_full", most=MOST_COLLECTIONS)
    made = await parts.collections.make(name, place_of(event), public=False)
    return await _open(parts, event, made)


async def _open(parts: Parts, event: Command, collection: Collection) -> Reply:
    await parts.collections.open(place_of(event), collection.id)
    say = parts.say(event)
    return Reply(
        (
            Title(collection.name),
            Paragraph(say("collection_open")),
            Bullets((say("caption_example"), say("caption_example_short"))),
            Note(say("collection_reach")),
        )
    )


async def _close(parts: Parts, event: Event) -> Reply:
    opened, say = await _opened(parts, event), parts.say(event)
    await parts.collections.open(place_of(event), None)
    if opened is None:
        return simply(say("collection_not_open"))
    return simply(say("collection_closed", name=opened.name, count=opened.works))


async def _show(parts: Parts, event: Command, collection: Collection) -> Reply:
    works = await parts.collections.works(collection.id)
    say = parts.say(event)
    reach = say("collection_public" if collection.public else "collection_private")
    line = say("collection_line", name=collection.name, count=len(works), reach=reach)
    if not works:
        return simply(line)
    latest = Bullets(
        tuple(work_line(say, known_work(collection, w)) for w in reversed(works[-SHOWN:]))
    )
    note = (Note(say("collection_latest", shown=SHOWN)),) if len(works) > SHOWN else ()
    return Reply((Paragraph(line), latest, *note))


async def _undo(parts: Parts, event: Command) -> Reply:
    opened = await _opened(parts, event)
    if opened is None:
        raise UserError("collection_not_open")
    works = await parts.collections.works(opened.id)
    own = [work for work in works if work.person == event.person.id]
    if not own:
        return simply(parts.say(event)("nothing_to_undo", name=opened.name))
    return await _take_back(parts, event, own[-1])


async def _take_back(parts: Parts, event: Event, work: StoredWork) -> Reply:
    await parts.collections.remove_work(work)
    said = parts.say(event)("work_taken_back", title=work.facts["title"])
    return Reply((Paragraph(said),), replaces=isinstance(event, Tap))


async def _remove(parts: Parts, event: Command, title: str) -> Reply:
    """Remove the works of a title from the open collection, or ask about the whole of it."""
    collection, say = await _meant(parts, event, ""), parts.say(event)
    if not title and collection.made.person != event.person.id:
        raise UserError("collection_not_yours", name=collection.name)
    if not title:
        ask = say("collection_remove_ask", name=collection.name, count=collection.works)
        yes = Choice(say("button_remove"), pack("remove", str(collection.id)))
        return Reply((Paragraph(ask),), ((yes,),))
    works = await parts.collections.works(collection.id)
    found = [work for work in works if normal(work.facts["title"]) == normal(title)]
    if not found:
        raise UserError("work_unknown", title=shown(title), name=collection.name)
    for work in found:
        await parts.collections.remove_work(work)
    return simply(say("work_taken_back", title=found[0].facts["title"]))


async def _invite(parts: Parts, event: Command, collection: Collection) -> Reply:
    """Give a code that lets one more person add to a collection; only its maker may."""
    say = parts.say(event)
    if collection.made.person != event.person.id:
        raise UserError("collection_not_yours", name=collection.name)
    code = await parts.collections.invite(collection)
    asked = say("collection_invited", name=collection.name, days=INVITED.days)
    return Reply((Paragraph(asked), Bullets((f"/collection join {code}",))))


async def _join(parts: Parts, event: Command, code: str) -> Reply:
    joined = await parts.collections.join(place_of(event), code)
    if joined is None:
        raise UserError("collection_no_code")
    collection = next(each for each in await parts.collections.all() if each.id == joined)
    return await _open(parts, event, collection)


async def _leave(parts: Parts, event: Command, collection: Collection) -> Reply:
    """Keep a collection no longer; its maker cannot, but may remove it."""
    if collection.made.person == event.person.id:
        raise UserError("collection_is_yours", name=collection.name)
    await parts.collections.leave(place_of(event), collection.id)
    return simply(parts.say(event)("collection_left", name=collection.name))


async def _explain(parts: Parts, event: Command) -> Reply:
    own, say = await _owned(parts, event), parts.say(event)
    blocks: list[Title | Paragraph | Bullets | Note] = [
        Paragraph(say("collection_help")),
        Bullets(tuple(say(f"collection_help_{action}") for action in EXPLAINED)),
    ]
    if own:
        blocks.append(Note(say("collections_own", names=", ".join(each.name for each in own))))
    return Reply(tuple(blocks))


async def _owned(parts: Parts, event: Event) -> list[Collection]:
    """Return the collections that a person may add to: their own, and those they joined."""
    place = place_of(event)
    return [each for each in await parts.collections.all() if each.is_kept_by(place)]


async def _made(parts: Parts, event: Event) -> list[Collection]:
    owned = await _owned(parts, event)
    return [each for each in owned if each.made.person == event.person.id]


async def _own(parts: Parts, event: Event, name: str) -> Collection:
    """Return the one of a person's collections that is meant. Raises `UserError`."""
    found = named(await _owned(parts, event), name)
    if len(found) != 1:
        raise UserError("collection_several" if found else "collection_unknown", name=shown(name))
    return found[0]


async def _meant(parts: Parts, event: Event, name: str) -> Collection:
    """Return the collection of a name, else the open one, else the only one."""
    if name.strip():
        return await _own(parts, event, name)
    opened = await _opened(parts, event)
    own = await _owned(parts, event)
    if opened is None and len(own) != 1:
        raise UserError("collection_not_open")
    return opened or own[0]


async def _opened(parts: Parts, event: Event) -> Collection | None:
    id_ = await parts.collections.opened(place_of(event))
    return next((each for each in await _owned(parts, event) if each.id == id_), None)


async def _works_of(parts: Parts, event: Event) -> list[StoredWork]:
    """Return the works that a person added, in all their collections."""
    owned = await _owned(parts, event)
    works = [await parts.collections.works(each.id) for each in owned]
    return [work for some in works for work in some if work.person == event.person.id]


def _clean(picture: bytes) -> bytes:
    """Return a photo as it is kept: upright, of moderate size, without what its camera wrote."""
    file = io.BytesIO()
    image: Image.Image = read_photo(picture, SHARP_SIDE)
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
