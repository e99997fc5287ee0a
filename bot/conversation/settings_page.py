"""What is settled for a chat, a line each, with buttons to change it; and the choices behind them.

A button's data is what could be written after ``/settings``.
"""

from dataclasses import replace

from bot.conversation.events import Chat, Event
from bot.conversation.languages import AS_EACH_ASKS, own_name
from bot.conversation.museums import SHOWN, in_sight
from bot.conversation.quiet_hours import USUAL, hours, likely_zone
from bot.conversation.replies import Block, Bullets, Choice, Note, Paragraph, Reply, Title
from bot.conversation.rights import may_settle
from bot.conversation.speech import Parts, Say, locally, pack, place_of
from bot.memory.chats import ChatSettings

VERB = "set"
SWITCHES = {
    "photos": ("called", "all"),
    "tours": ("everyone", "admins"),
    "keep": ("no", "yes"),
}
"""What is one thing or the other, first what it is by itself."""
OF_GROUPS = ("photos", "quiet", "language", "museum", "tours", "keep")
OF_ONE_PERSON = ("language", "museum", "keep")
"""What can be settled, in the order in which it is shown."""

Rows = tuple[tuple[Choice, ...], ...]


def settled_here(chat: Chat) -> tuple[str, ...]:
    """Return what can be settled for a chat."""
    return OF_GROUPS if chat.is_group else OF_ONE_PERSON


async def page(parts: Parts, event: Event, toast: str = "") -> Reply:
    """Return the page of a chat; buttons are for those who may tap them."""
    say = parts.say(event)
    settings = await parts.chats.settings(place_of(event))
    lines = [await _line(parts, event, settings, each) for each in settled_here(event.chat)]
    blocks: list[Block] = [Title(say("set_title")), Bullets(tuple(lines))]
    if event.chat.is_group and not event.chat.sees_all:
        blocks.append(Note(say(locally(event, "set_sees_little"))))
    if not may_settle(event):
        return Reply((*blocks, Note(say("set_who"))), toast=toast)
    if event.chat.is_group:
        blocks.append(Note(say("set_how", zone=await likely_zone(parts, event))))
    rows = tuple((_change(say, settings, each),) for each in settled_here(event.chat))
    return Reply(tuple(blocks), rows, toast=toast)


def now_set(settings: ChatSettings, switch: str) -> str:
    """Return which of the two values of a switch holds."""
    kept = {"photos": settings.photos, "tours": settings.tours}
    return kept.get(switch) or SWITCHES["keep"][settings.keep_photos]


async def _line(parts: Parts, event: Event, settings: ChatSettings, setting: str) -> str:
    say, place = parts.say(event), place_of(event)
    match setting:
        case "language":
            language = await parts.chats.language(place)
            return say("set_language", name=own_name(language)) if language else say("set_auto")
        case "museum":
            here = await parts.chats.museum(place)
            at = [each.name for each in await in_sight(parts, place) if each.id == here]
            return say("set_museum", name=at[0]) if at else say("set_museum_none")
        case "quiet":
            quiet = settings.quiet
            if quiet is None:
                return say("set_quiet_none")
            return say("set_quiet", hours=hours(quiet.start, quiet.end), zone=quiet.zone)
        case _:
            return say(f"set_{setting}_{now_set(settings, setting)}")


def _change(say: Say, settings: ChatSettings, setting: str) -> Choice:
    """Return the button that changes a setting: to its other value, or by a choice."""
    if setting not in SWITCHES:
        return Choice(say(f"set_button_{setting}"), pack(VERB, setting))
    usual, other = SWITCHES[setting]
    value = other if now_set(settings, setting) == usual else usual
    return Choice(say(f"set_button_{setting}_{value}"), pack(VERB, f"{setting} {value}"))


async def choice_page(parts: Parts, event: Event, setting: str) -> Reply:
    """Return the page on which a language, a museum or quiet hours are chosen."""
    pages = {"language": _language_page, "museum": _museum_page, "quiet": _quiet_page}
    reply = await pages[setting](parts, event)
    back = Choice(parts.say(event)("set_button_back"), pack(VERB, ""))
    return replace(reply, choices=(*reply.choices, (back,)))


async def _language_page(parts: Parts, event: Event) -> Reply:
    say = parts.say(event)
    named = {language: own_name(language) for language in parts.phrases.languages}
    named[AS_EACH_ASKS] = say("button_language_auto")
    buttons = [Choice(name, pack(VERB, f"language {each}")) for each, name in named.items()]
    rows = tuple(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3))
    return Reply((Paragraph(say("language_which")),), rows)


async def _museum_page(parts: Parts, event: Event) -> Reply:
    say, place = parts.say(event), place_of(event)
    here = await parts.chats.museum(place)
    seen = await in_sight(parts, place)
    others = [each for each in seen if each.id != here][:SHOWN]
    rows: Rows = tuple((Choice(each.name, pack(VERB, f"museum #{each.id}")),) for each in others)
    if here is not None:
        rows = (*rows, (Choice(say("set_button_museum_none"), pack(VERB, "museum off")),))
    return Reply((Paragraph(say("set_museum_which" if seen else "set_museum_lacking")),), rows)


async def _quiet_page(parts: Parts, event: Event) -> Reply:
    say = parts.say(event)
    zone = await likely_zone(parts, event)
    offered = [(f"{hours(*each)} {zone}", f"{each[0]:%H%M}-{each[1]:%H%M}") for each in USUAL]
    plain = zone.replace(":", "")  # a colon parts the words of a button
    rows: Rows = tuple((Choice(at, pack(VERB, f"quiet {told} {plain}")),) for at, told in offered)
    if (await parts.chats.settings(place_of(event))).quiet is not None:
        rows = (*rows, (Choice(say("set_button_quiet_off"), pack(VERB, "quiet off")),))
    return Reply((Paragraph(say("set_quiet_which", zone=zone)),), rows)
