"""The assistant: finds the one handler of an event, and turns every failure into a sentence."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.conversation import (
    articles,
    collecting,
    comparing,
    identify,
    languages,
    museums,
    paintings,
    reasons,
    settling,
    timelines,
    titles,
    today,
)
from bot.conversation.cards import Cards, cards
from bot.conversation.events import (
    Album,
    Chat,
    Clip,
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
from bot.conversation.notices import Notice, Settled, at_once
from bot.conversation.quizzes.answering import answer_tap
from bot.conversation.quizzes.commands import quiz_command
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts, place_of, simply, unpack
from bot.conversation.suggesting import Suggestion, suggest
from bot.conversation.timekeeping import Timekeeper
from bot.conversation.tours import commands as touring
from bot.conversation.tours import game
from bot.errors import UserError
from bot.memory.chats import Topic
from bot.memory.moving import move_chat
from bot.memory.store import Place, SeenPhoto
from bot.memory.tour import Route

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
    "settings": settling.settings_command,
    "tour": touring.tour_command,
    "quiz": quiz_command,
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
    "set": settling.settings_tap,
    "life": articles.life_apart,
    "story": articles.story_apart,
    "join": touring.join_tap,
    "ahead": touring.ahead_tap,
    "tour": touring.tour_tap,
    "answer": answer_tap,
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
    "hand": game.tap_hand,
    "decide": game.decide,
}
"""The same for buttons that make no sense without their photo."""


class Assistant:
    """Docent's conversation, the same on every platform."""

    def __init__(self, parts: Parts) -> None:
        """Speak with these parts."""
        self._parts = parts
        self._timekeeper = Timekeeper(parts)

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
                await self._keep(event, reply.about)
            return reply
        except UserError as error:
            log.info("%s: %s %r", event.chat.platform, error.key, error.__cause__)
            return _refusal(event, self._parts.phrases.explain(error, event.language))
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s in %s", incident, type(event).__name__)
            return simply(self._parts.say(event)("unexpected", incident=incident))

    async def _keep(self, event: Event, topic: Topic) -> None:
        """Keep what is talked about; an answer is not lost with it."""
        try:
            await self._parts.chats.talk_about(place_of(event), topic)
        except SQLAlchemyError:
            log.exception("What is talked about could not be kept")

    async def wants(self, chat: Chat) -> bool:
        """Say whether photos of a group are looked at though nobody called for Docent.

        They are on a tour, and where those who run the group chose so. Never raises.
        """
        place = Place(chat.platform, chat.id, "")
        try:
            tour = await self._parts.tours.going_on(Route(chat.platform, chat.id, chat.thread))
            on_tour = tour is not None and not tour.paused
            return on_tour or await settling.answers_all(self._parts, place, datetime.now(UTC))
        except Exception:
            log.exception("It is not known whether a group's photos are wanted")
            return False

    def notices(self, platform: str, settled: Settled = at_once) -> AsyncIterator[Notice]:
        """Yield what is to be said unasked on a platform, when its time has come; never ends.

        ``settled`` is awaited before what people tapped in a chat is counted.
        """
        return self._timekeeper.notices(platform, settled)

    async def told(self, notice: Notice, message: str) -> None:
        """Take note that a notice was said, in the platform's message of this number."""
        await self._timekeeper.told(notice, message)

    async def shown(self, chat: Chat, key: str, message: str) -> None:
        """Take note of the platform's number of a message whose `Reply.key` is ``key``."""
        log.debug("%s shows %s", chat.platform, key)
        await self._timekeeper.shown(key, message)

    async def moved(self, platform: str, old: str, new: str) -> None:
        """Take note that a chat has a new id; all that was kept of it goes along."""
        await move_chat(self._parts.store, platform, old, new)

    async def branched(self, chat: Chat) -> None:
        """Take note that the tour of a chat goes on in the thread of ``chat``."""
        await self._parts.tours.branch(Route(chat.platform, chat.id, chat.thread))

    async def left(self, chat: Chat) -> None:
        """Take note that Docent is no longer in a chat, or a thread of it: its tours end there.

        Nothing is said of them.
        """
        await self._parts.tours.leave(chat.platform, chat.id, chat.thread)
        await self._parts.quizzes.leave(chat.platform, chat.id, chat.thread)

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

    async def cards(self, event: Text, most: int) -> Cards:
        """Return at most so many cards for words that somebody writes in a chat of others.

        Never raises, and asks no network: a platform may call it at every key.
        """
        say = self._parts.say(event)
        try:
            language = await self._parts.chats.language(place_of(event)) or event.language
            parts = await asyncio.to_thread(self._parts.in_language, language)
            say = parts.say(replace(event, language=language))
            found = await cards(parts, event.text, language, most)
            return Cards(tuple(found), say("cards_nothing"))
        except Exception:
            log.exception("No cards could be found")
            return Cards((), say("cards_nothing"))

    async def _answer(self, event: Event) -> Reply | None:
        parts = await asyncio.to_thread(self._parts.in_language, event.language)
        match event:
            case Photo():
                return await identify.identify_photo(parts, event)
            case Album():
                return await identify.identify_album(parts, event)
            case Clip():
                return await identify.identify_clip(parts, event)
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


def _refusal(event: Event, sentence: str) -> Reply:
    """Tell why something cannot be; of a tap in a group only its person needs to hear."""
    aside = isinstance(event, Tap) and event.chat.is_group
    return Reply((), toast=sentence) if aside else simply(sentence)


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
