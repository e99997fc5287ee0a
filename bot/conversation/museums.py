"""Where a chat is: the museum whose works are looked for first."""

from bot.collections.naming import named
from bot.conversation.events import Command, Event, Tap
from bot.conversation.replies import Choice, Note, Paragraph, Reply
from bot.conversation.speech import Parts, pack, place_of, shown, simply
from bot.errors import UserError
from bot.memory.collections import Collection
from bot.memory.store import Place, SeenPhoto
from knowledge.spelling import normal

SHOWN = 10
"""Museums that are offered at most."""
NOWHERE = frozenset({"off", "none", "nowhere"})


async def museum_command(parts: Parts, event: Command) -> Reply:
    """``/museum``: where the chat is; ``/museum NAME``: it is there now; ``/museum off``."""
    place, say = place_of(event), parts.say(event)
    seen = await in_sight(parts, place)
    if not event.argument:
        here = await parts.chats.museum(place)
        at = [each for each in seen if each.id == here]
        text = say("museum_here", name=at[0].name) if at else say("museum_nowhere")
        rows = [(Choice(say("button_leave", name=at[0].name), pack("museum", "0")),)] if at else []
        return Reply((Paragraph(text),), (*rows, *museum_choices(seen, here)))
    if normal(event.argument) in NOWHERE:
        return await _go(parts, event, None)
    found = named(seen, event.argument)
    if len(found) == 1:
        return await _go(parts, event, found[0])
    if found:
        return Reply((Paragraph(say("museum_which")),), museum_choices(found))
    unknown = Paragraph(say("museum_unknown", name=shown(event.argument)))
    return Reply((unknown,), museum_choices(seen))


async def go_there(parts: Parts, event: Tap, museum: str, _: SeenPhoto | None) -> Reply:
    """Take the chat to a museum, or out of it."""
    seen = {str(each.id): each for each in await in_sight(parts, place_of(event))}
    if museum != "0" and museum not in seen:
        raise UserError("museum_gone")
    return await _go(parts, event, seen.get(museum))


def museum_choices(
    museums: list[Collection], but: int | None = None
) -> tuple[tuple[Choice, ...], ...]:
    """Return a button a museum, less the one where the chat is."""
    others = [each for each in museums if each.id != but][:SHOWN]
    return tuple((Choice(each.name, pack("museum", str(each.id))),) for each in others)


async def _go(parts: Parts, event: Event, museum: Collection | None) -> Reply:
    say = parts.say(event)
    await parts.chats.go_to(place_of(event), museum.id if museum else None)
    if museum is None:
        return simply(say("museum_left"))
    return Reply(
        (
            Paragraph(say("museum_entered", name=museum.name, count=museum.works)),
            Note(say("museum_leave_hint")),
        )
    )


async def in_sight(parts: Parts, place: Place) -> list[Collection]:
    """Return the museums that a chat may go to: public ones, and what its people made."""
    here = await parts.chats.museum(place)
    every = await parts.collections.all()
    return [each for each in every if each.id == here or each.is_seen_from(place)]
