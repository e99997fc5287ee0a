"""``/tour``: start, what comes next, pause, end; and the buttons that do the same."""

from bot.collections.naming import named
from bot.conversation.events import Command, Event, Tap
from bot.conversation.museums import in_sight, museum_choices
from bot.conversation.replies import Bullets, Choice, Paragraph, Reply
from bot.conversation.routes import route_of
from bot.conversation.speech import Parts, pack, place_of, shown, simply
from bot.conversation.tours.ahead import propose
from bot.conversation.tours.ending import end, recap_of
from bot.conversation.tours.game import guide_name
from bot.conversation.tours.pages import begun, state
from bot.errors import UserError
from bot.memory.collections import Collection
from bot.memory.store import SeenPhoto
from bot.memory.tour import NewTour, Tour

EXPLAINED = ("start", "next", "game", "pause", "end", "recap")
"""What may stand after ``/tour``, in the order in which it is explained."""
PAGES = frozenset({"game", "photos", "pause"})
"""Buttons that change the page on which they are."""


async def tour_command(parts: Parts, event: Command) -> Reply:
    """Do what ``/tour`` asks, one of `EXPLAINED`; alone, it tells how far the tour is."""
    action, _, rest = event.argument.partition(" ")
    match action.casefold():
        case "":
            return await _state(parts, event)
        case "start":
            return await _start(parts, event, rest.strip())
        case "join":
            return simply(await _joined(parts, event))
        case "next":
            return await propose(parts, event, await going_on(parts, event), "")
        case "recap":
            return await _recap(parts, event)
        case "game" | "photos" | "pause" | "resume" | "end" as wish:
            return await _change(parts, event, wish)
        case _:
            return _explain(parts, event)


async def tour_tap(parts: Parts, event: Tap, wish: str, _: SeenPhoto | None) -> Reply:
    """Do what a button under a tour's page asks."""
    if wish == "end":
        await _led(parts, event)
        say = parts.say(event)
        sure = (Choice(say("tour_end_yes"), pack("tour", "over")),)
        return Reply((Paragraph(say("tour_end_sure")),), (sure,))
    if wish == "state":
        return await state(parts, parts.say(event), await going_on(parts, event))
    if wish in PAGES:
        return await _change(parts, event, wish)
    if wish == "over":
        return await _change(parts, event, "end")
    raise UserError("old_button")


async def join_tap(parts: Parts, event: Tap, _: str, __: SeenPhoto | None) -> Reply:
    """Let somebody go along; only a word on the screen says so, no message."""
    return Reply((), toast=await _joined(parts, event))


async def _joined(parts: Parts, event: Event) -> str:
    tour, say = await going_on(parts, event), parts.say(event)
    is_new = await parts.tours.join(tour.id, event.person.id, event.person.name)
    count = len(await parts.tours.members(tour.id))
    return say("tour_joined" if is_new else "tour_with_us", count=count)


async def ahead_tap(parts: Parts, event: Tap, after: str, _: SeenPhoto | None) -> Reply:
    """Propose the next work, or the one after that."""
    return await propose(parts, event, await going_on(parts, event), after)


async def going_on(parts: Parts, event: Event) -> Tour:
    """Return the tour that goes on where an event comes from. Raises `UserError` without one."""
    tour = await parts.tours.going_on(route_of(event))
    if tour is None:
        raise UserError("tour_none")
    return tour


async def _state(parts: Parts, event: Command) -> Reply:
    tour = await parts.tours.going_on(route_of(event))
    return await state(parts, parts.say(event), tour) if tour else _explain(parts, event)


async def _start(parts: Parts, event: Command, name: str) -> Reply:
    say = parts.say(event)
    tour = await parts.tours.going_on(route_of(event))
    if tour is not None and tour.guide != event.person.id:
        return await state(parts, say, tour)
    settings = await parts.chats.settings(place_of(event))
    if event.chat.is_group and settings.tours == "admins" and not event.person.runs_chat:
        raise UserError("tour_admins_only")
    museum = await _museum(parts, event, name)
    if isinstance(museum, Reply):
        return museum
    chat = event.chat
    if tour is None and chat.branches and await parts.tours.threads(chat.platform, chat.id):
        raise UserError("tour_in_thread")
    new = NewTour(
        route_of(event),
        event.chat.is_group,
        event.language,
        event.person.id,
        museum.id if museum else None,
        museum.name if museum else "",
        settings.keep_photos,
    )
    tour = await parts.tours.start(new) or await going_on(parts, event)
    await parts.tours.join(tour.id, event.person.id, event.person.name)
    if museum is not None:
        await parts.chats.go_to(place_of(event), museum.id)
        if museum.id != tour.museum:
            await parts.tours.change(tour.id, museum=museum.id, place=museum.name)
            tour = await going_on(parts, event)
    return begun(parts, event, tour)


async def _museum(parts: Parts, event: Command, name: str) -> Collection | Reply | None:
    """Return the museum of that name, or where the chat is; a reply where it is not clear."""
    seen, say = await in_sight(parts, place_of(event)), parts.say(event)
    if not name:
        here = await parts.chats.museum(place_of(event))
        return next((each for each in seen if each.id == here), None)
    found = named(seen, name)
    if len(found) == 1:
        return found[0]
    if found:
        names = Bullets(tuple(f"/tour start {each.name}" for each in found))
        return Reply((Paragraph(say("museum_which")), names))
    return Reply((Paragraph(say("museum_unknown", name=shown(name))),), museum_choices(seen))


async def _led(parts: Parts, event: Event) -> Tour:
    """Return the tour that goes on, if this person may change it. Raises `UserError`."""
    tour = await going_on(parts, event)
    if event.person.id != tour.guide and not event.person.runs_chat:
        raise UserError("tour_guide_only", name=await guide_name(parts, tour))
    return tour


async def _change(parts: Parts, event: Command | Tap, wish: str) -> Reply:
    """Change a tour as its guide wishes, and show how it stands; or end it."""
    if wish == "end" and (told := await _untold(parts, event)):
        return await recap_of(parts, event, told)
    tour = await _led(parts, event)
    match wish:
        case "end":
            return await end(parts, event, tour)
        case "game":
            await parts.tours.change(tour.id, game=not tour.game)
        case "photos":
            if event.chat.is_group and not event.person.runs_chat:
                raise UserError("tour_photos_admins")
            await parts.tours.change(tour.id, keeps_photos=not tour.keeps_photos)
        case _:
            await parts.tours.change(tour.id, paused=wish == "pause" and not tour.paused)
    page = await state(parts, parts.say(event), await going_on(parts, event))
    return Reply(page.blocks, page.choices, replaces=True)


async def _untold(parts: Parts, event: Event) -> Tour | None:
    """Return the last tour if it ended without its recap being shown, as after a crash."""
    last = await parts.tours.last(route_of(event))
    return last if last and last.ended and not last.told else None


async def _recap(parts: Parts, event: Command) -> Reply:
    last = await parts.tours.last(route_of(event))
    if last is None:
        raise UserError("tour_none")
    if last.ended is None:
        return await state(parts, parts.say(event), last)
    return await recap_of(parts, event, last)


def _explain(parts: Parts, event: Command) -> Reply:
    say = parts.say(event)
    lines = Bullets(tuple(say(f"tour_help_{action}") for action in EXPLAINED))
    return Reply((Paragraph(say("tour_help")), lines))
