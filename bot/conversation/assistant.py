"""The assistant: finds the one handler of an event, and turns every failure into a sentence."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence

from bot.conversation import (
    articles,
    collecting,
    comparing,
    identify,
    languages,
    museums,
    paintings,
    reasons,
    timelines,
    titles,
    today,
)
from bot.conversation.events import (
    Album,
    Command,
    Event,
    Photo,
    Tap,
    Text,
    Unusable,
    in_language,
)
from bot.conversation.help import (
    MENU,
    answer_text,
    explain_unusable,
    tell_help,
    tell_start,
    unknown_command,
)
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts, place_of, simply, unpack
from bot.conversation.suggesting import Suggestion, suggest
from bot.errors import UserError
from bot.memory.store import SeenPhoto

log = logging.getLogger(__name__)

CommandHandler = Callable[[Parts, Command], Awaitable[Reply | None]]
TapHandler = Callable[[Parts, Tap, str, SeenPhoto | None], Awaitable[Reply]]
PhotoTapHandler = Callable[[Parts, Tap, str, SeenPhoto], Awaitable[Reply]]

COMMANDS: dict[str, CommandHandler] = {
    "start": tell_start,
    "help": tell_help,
    "identify": identify.identify_command,
    "artist": articles.artist_command,
    "works": articles.works_command,
    "movement": articles.movement_command,
    "painting": titles.painting_command,
    "timeline": timelines.timeline_command,
    "compare": comparing.compare_command,
    "today": today.today_command,
    "language": languages.language_command,
    "museum": museums.museum_command,
    "collection": collecting.collection_command,
}
"""A new command is a line here, a handler in a module, its phrases, and a line in `help.MENU`."""

OF_A_PHOTO = {"identify", "artist", "movement"}
"""Commands that, in answer to a photo and with no argument, ask about that photo."""

TAPS: dict[str, TapHandler] = {
    "artist": articles.life,
    "works": articles.works,
    "style": articles.movement_story,
    "when": timelines.show_timeline,
    "language": languages.choose_language,
    "painting": titles.show_painting,
    "museum": museums.go_there,
    "undo": collecting.undo_tap,
    "close": collecting.close_tap,
    "remove": collecting.remove_tap,
}
"""What a button's verb does; a verb stays for good, since old messages keep their buttons."""

PHOTO_TAPS: dict[str, PhotoTapHandler] = {
    "guess": identify.guess,
    "photo": identify.back,
    "work": paintings.show_work,
    "notthis": identify.not_this,
    "where": reasons.show_where,
    "chart": reasons.show_chart,
    "alike": reasons.show_alike,
}
"""The same for buttons that make no sense without their photo."""


class Assistant:
    """Docent's conversation, the same on every platform."""

    def __init__(self, parts: Parts) -> None:
        """Speak with these parts."""
        self._parts = parts

    def menu(self, language: str = "en") -> dict[str, str]:
        """Return the commands a platform's menu shows: name → a few words."""
        return {name: self._parts.phrases.say(f"menu_{name}", language) for name in MENU}

    def menus(self) -> dict[str, dict[str, str]]:
        """Return the menu in every language that Docent speaks."""
        return {language: self.menu(language) for language in self._parts.phrases.languages}

    async def handle(self, event: Event) -> Reply | None:
        """Answer an event; ``None`` is silence. Never raises: a fault becomes a sentence.

        It is answered in the language that the chat chose, else in that of whoever asks.
        """
        try:
            event = in_language(event, await self._parts.chats.language(place_of(event)))
            reply = await self._answer(event)
            if reply is not None and reply.about is not None:
                await self._parts.chats.talk_about(place_of(event), reply.about)
            return reply
        except UserError as error:
            log.info("%s: %s %r", event.chat.platform, error.key, error.__cause__)
            return simply(self._parts.phrases.explain(error, event.language))
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s in %s", incident, type(event).__name__)
            return simply(self._parts.say(event)("unexpected", incident=incident))

    async def suggest(self, event: Command, most: int) -> Sequence[Suggestion]:
        """Return at most so many words that somebody may be typing after a command.

        Never raises, and asks no network: a platform may call it at every key.
        """
        try:
            language = await self._parts.chats.language(place_of(event)) or event.language
            parts = await asyncio.to_thread(self._parts.in_language, language)
            return await suggest(parts, event, most)
        except Exception:
            log.exception("Nothing could be suggested after /%s", event.name)
            return []

    async def _answer(self, event: Event) -> Reply | None:
        parts = await asyncio.to_thread(self._parts.in_language, event.language)
        match event:
            case Photo():
                return await identify.identify_photo(parts, event)
            case Album():
                return await identify.identify_album(parts, event)
            case Tap():
                return await _tap(parts, event)
            case Command():
                return await _command(parts, event)
            case Text():
                return await answer_text(parts, event)
            case Unusable():
                return await explain_unusable(parts, event)
            case _:
                raise TypeError(f"No handler for {type(event).__name__}")


async def _command(parts: Parts, event: Command) -> Reply | None:
    if event.picture is not None and not event.argument and event.name in OF_A_PHOTO:
        return await identify.identify_command(parts, event)
    handler = COMMANDS.get(event.name, unknown_command)
    return await handler(parts, event)


async def _tap(parts: Parts, event: Tap) -> Reply:
    verb, subject, photo_id = unpack(event.data)
    photo = await identify.known_photo(parts, event, photo_id) if photo_id else None
    if verb in TAPS:
        return await TAPS[verb](parts, event, subject, photo)
    if verb in PHOTO_TAPS and photo is not None:
        return await PHOTO_TAPS[verb](parts, event, subject, photo)
    raise UserError("old_button")
