"""The answer to a photo on a tour: one message, whatever it shows."""

import asyncio

from bot.conversation.events import Event, in_language
from bot.conversation.guesses import answer
from bot.conversation.hints import answer_hint
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts, place_of, seen_photo
from bot.conversation.tours.game import ask
from bot.conversation.tours.pages import again, as_stops
from bot.conversation.tours.stops import see
from bot.memory.store import SeenPhoto
from bot.memory.tour import Tour


async def answer_on_tour(
    parts: Parts, event: Event, tour: Tour, photo: SeenPhoto, picture: bytes
) -> Reply | None:
    """Keep what a photo shows as a stop, and ask or tell about it.

    A photo of no painting that nobody called Docent for gets no answer: groups take pictures of
    each other, too. Neither does one whose question its chat has been shown already. A group is
    told in one language, whoever sent the photo: that of the chat, else its guide's.
    """
    if tour.is_group:
        language = await parts.chats.language(place_of(event)) or tour.language
        event = in_language(event, language)
        parts = await asyncio.to_thread(parts.in_language, language)
    say = parts.say(event)
    shown = seen_photo(parts, photo)
    seen = await see(parts, event, tour, photo, picture)
    if not seen:
        return answer(parts, say, shown) if event.addressed else None
    if len(seen) == 1 and not seen[0].is_new:
        members = await parts.tours.members(tour.id) if tour.is_group else {}
        return await again(parts, say, seen[0].stop, members)
    if tour.game and len(seen) == 1:
        round_ = await parts.rounds.round(seen[0].stop.id)
        if round_ is not None and round_.message:
            return None
        asked = await ask(parts, say, shown, seen[0], event.person.name if tour.is_group else "")
        if asked is not None:
            return asked
    told = await answer_hint(parts, event, shown, answer(parts, say, shown))
    return as_stops(say, told, seen)
