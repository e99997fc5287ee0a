"""``/language``: what a chat is answered in."""

from babel import Locale

from bot.conversation.events import Command, Event, Tap, in_language
from bot.conversation.replies import Choice, Paragraph, Reply
from bot.conversation.speech import Parts, pack, place_of, shown
from bot.errors import UserError
from bot.memory.store import SeenPhoto
from knowledge.spelling import normal

AS_EACH_ASKS = "auto"
"""The language of whoever asks, as their app tells it."""


async def language_command(parts: Parts, event: Command) -> Reply:
    """``/language``: which it may be; ``/language NAME``: that one from now on."""
    if not event.argument:
        return Reply((Paragraph(parts.say(event)("language_which")),), _choices(parts, event))
    asked = language_named(parts, event.argument)
    if asked is not None:
        return await _speak(parts, event, asked)
    unknown = parts.say(event)("language_unknown", name=shown(event.argument))
    return Reply((Paragraph(unknown),), _choices(parts, event))


async def choose_language(parts: Parts, event: Tap, language: str, _: SeenPhoto | None) -> Reply:
    """Answer a chat in the language that a button names."""
    if language not in (*parts.phrases.languages, AS_EACH_ASKS):
        raise UserError("old_button")
    return await _speak(parts, event, language)


def language_named(parts: Parts, name: str) -> str | None:
    """Return the language that somebody calls so, or `AS_EACH_ASKS`; ``None`` for one we lack."""
    languages = (*parts.phrases.languages, AS_EACH_ASKS)
    return next((each for each in languages if normal(name) in _names(parts, each)), None)


async def _speak(parts: Parts, event: Event, language: str) -> Reply:
    chosen = None if language == AS_EACH_ASKS else language
    await parts.chats.speak(place_of(event), chosen)
    say = parts.say(in_language(event, chosen))
    said = say("language_is", name=own_name(language)) if chosen else say("language_as_asked")
    return Reply((Paragraph(said),), replaces=isinstance(event, Tap))


def _choices(parts: Parts, event: Event) -> tuple[tuple[Choice, ...], ...]:
    languages = [Choice(own_name(each), pack("language", each)) for each in parts.phrases.languages]
    auto = Choice(parts.say(event)("button_language_auto"), pack("language", AS_EACH_ASKS))
    rows = tuple(tuple(languages[i : i + 3]) for i in range(0, len(languages), 3))
    return (*rows, (auto,))


def own_name(language: str) -> str:
    """Return what a language is called by those who speak it: ``Français``."""
    name = Locale(language).get_display_name() or language
    return name[0].upper() + name[1:]


def _names(parts: Parts, language: str) -> set[str]:
    """Return what a language may be called, in every language that is spoken here."""
    if language == AS_EACH_ASKS:
        return {AS_EACH_ASKS, "off"}
    names = (Locale(each).languages.get(language, "") for each in parts.phrases.languages)
    return {language, *(normal(name) for name in names)}
