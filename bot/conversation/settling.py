"""``/settings``: what those who run a chat settle for it, by buttons or in words."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.collections.naming import named
from bot.conversation.events import Command, Event, Tap, in_language
from bot.conversation.languages import AS_EACH_ASKS, language_named
from bot.conversation.museums import in_sight
from bot.conversation.phrases import Phrases
from bot.conversation.quiet_hours import read_quiet_hours
from bot.conversation.replies import Paragraph, Reply
from bot.conversation.rights import may_settle
from bot.conversation.settings_page import SWITCHES, choice_page, page, settled_here
from bot.conversation.speech import Parts, place_of, shown
from bot.errors import UserError
from bot.memory.store import Place, SeenPhoto
from knowledge.spelling import normal

SETTINGS = ("photos", "quiet", "language", "museum", "tours", "keep")
"""What can be settled; ``set_word_`` and it is the key of its names."""
NAME_WORDS = 4
"""Words that the name of a setting has at most."""


async def answers_all(parts: Parts, place: Place, now: datetime) -> bool:
    """Say whether every photo of a group is looked at, though nobody called for Docent."""
    settings = await parts.chats.settings(place)
    quiet = settings.quiet is not None and settings.quiet.holds(now)
    return settings.photos == "all" and not quiet


async def settings_command(parts: Parts, event: Command) -> Reply:
    """Answer ``/settings``: do as the words after it say, and show the page."""
    if not event.argument or not may_settle(event):
        return await page(parts, event)
    return await _settle(parts, event, event.argument)


async def settings_tap(parts: Parts, event: Tap, words: str, _: SeenPhoto | None) -> Reply:
    """Settle what a button says, and show the page anew in its place."""
    if not may_settle(event):
        return Reply((), toast=parts.say(event)("set_not_yours"))
    settled = await _settle(parts, event, words) if words else await page(parts, event)
    return replace(settled, replaces=True)


async def _settle(parts: Parts, event: Event, words: str) -> Reply:
    setting, value = read_setting(parts.phrases, words)
    if setting is None:
        unknown = Paragraph(parts.say(event)("set_unknown", words=shown(words)))
        whole = await page(parts, event)
        return replace(whole, blocks=(unknown, *whole.blocks))
    if setting not in settled_here(event.chat):
        raise UserError("set_in_groups")
    if not value:
        switch = setting in SWITCHES
        return await (page(parts, event) if switch else choice_page(parts, event, setting))
    event = await _KEEPERS[setting](parts, event, value)
    return await page(parts, event, parts.say(event)("set_done") if isinstance(event, Tap) else "")


def read_setting(phrases: Phrases, words: str) -> tuple[str | None, str]:
    """Return which setting words name, in any language, and what comes after its name."""
    said = words.split()
    for count in range(min(NAME_WORDS, len(said)), 0, -1):
        setting = _meant(phrases, SETTINGS, " ".join(said[:count]))
        if setting is not None:
            return setting, " ".join(said[count:])
    return None, words


def _meant(phrases: Phrases, every: Iterable[str], words: str) -> str | None:
    """Return which one is called so in any language, by its own name or by ``set_word_…``."""
    asked = normal(words)
    for each in every:
        names = [phrases.say(f"set_word_{each}", language) for language in phrases.languages]
        if asked in {each, *(normal(name) for some in names for name in some.split(","))}:
            return each
    return None


def _is_off(parts: Parts, words: str) -> bool:
    return _meant(parts.phrases, ("off", "no"), words) is not None


def _switched(parts: Parts, switch: str, words: str) -> str:
    value = _meant(parts.phrases, SWITCHES[switch], words)
    if value is None:
        raise UserError("set_unknown", words=shown(words))
    return value


async def _photos(parts: Parts, event: Event, words: str) -> Event:
    await parts.chats.look_at(place_of(event), _switched(parts, "photos", words))
    return event


async def _tours(parts: Parts, event: Event, words: str) -> Event:
    await parts.chats.let_start_tours(place_of(event), _switched(parts, "tours", words))
    return event


async def _keep(parts: Parts, event: Event, words: str) -> Event:
    keep = _switched(parts, "keep", words) == "yes"
    await parts.chats.keep_photos(place_of(event), keep)
    return event


async def _quiet(parts: Parts, event: Event, words: str) -> Event:
    quiet = None if _is_off(parts, words) else await read_quiet_hours(parts, event, words)
    await parts.chats.be_quiet(place_of(event), quiet)
    return event


async def _language(parts: Parts, event: Event, words: str) -> Event:
    language = language_named(parts, words)
    if language is None:
        raise UserError("set_unknown", words=shown(words))
    chosen = None if language == AS_EACH_ASKS else language
    await parts.chats.speak(place_of(event), chosen)
    return in_language(event, chosen)


async def _museum(parts: Parts, event: Event, words: str) -> Event:
    if _is_off(parts, words):
        await parts.chats.go_to(place_of(event), None)
        return event
    seen = await in_sight(parts, place_of(event))
    tapped = words.startswith("#")
    found = [e for e in seen if words == f"#{e.id}"] if tapped else named(seen, words)
    if len(found) != 1:
        raise UserError("museum_gone" if tapped else "set_museum_unclear", name=shown(words))
    await parts.chats.go_to(place_of(event), found[0].id)
    return event


_KEEPERS: dict[str, Callable[[Parts, Event, str], Awaitable[Event]]] = {
    "photos": _photos,
    "tours": _tours,
    "keep": _keep,
    "quiet": _quiet,
    "language": _language,
    "museum": _museum,
}
