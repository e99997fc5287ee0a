"""A photo arrives: three guesses to tap, and what a tap does."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.articles import ask_wikipedia, life, way_back
from bot.conversation.collecting import enrol_photo
from bot.conversation.events import Album, Clip, Command, Event, Photo, Tap
from bot.conversation.guesses import OFFERED, answer, guesses, shows_no_painting
from bot.conversation.hints import answer_hint
from bot.conversation.paintings import deny_work, works_seen
from bot.conversation.quota import may_ask
from bot.conversation.replies import Note, Reply
from bot.conversation.settling import answers_all
from bot.conversation.shelf import small_copy
from bot.conversation.speech import Parts, locally, number_in, place_of, seen_photo, simply
from bot.conversation.tours.photos import answer_on_tour
from bot.conversation.tours.stops import tour_of
from bot.errors import UserError
from bot.memory.store import SeenPhoto
from bot.vision.photo import PhotoError
from bot.vision.recognizer import Recognition
from bot.vision.video import clear_frame
from bot.vision.views import best_view, together


async def identify_command(parts: Parts, event: Command) -> Reply | None:
    """``/identify``, in answer to a photo."""
    if event.picture is None:
        return simply(parts.say(event)(locally(event, "send_photo")))
    return await identify(parts, event, event.picture)


async def identify_photo(parts: Parts, event: Photo) -> Reply | None:
    """Answer a photo, or keep it as a work of the collection that its sender adds to."""
    return await enrol_photo(parts, event) or await identify(parts, event, event.picture)


async def identify_clip(parts: Parts, event: Clip) -> Reply | None:
    """Answer a short video by its clearest picture, as if that had been sent."""
    picture = await parts.recognizer.run(lambda: clear_frame(event.video))
    photo = Photo(
        id=event.id,
        chat=event.chat,
        person=event.person,
        language=event.language,
        addressed=event.addressed,
        at=event.at,
        picture=picture,
        caption=event.caption,
    )
    return await identify_photo(parts, photo)


async def identify_album(parts: Parts, event: Album) -> Reply | None:
    """Answer several photos as one question, or keep those with captions as works."""
    kept = [await _enrolled(parts, photo) for photo in event.photos]
    told = [reply for reply in kept if reply]
    if told:
        blocks = [block for reply in told for block in reply.blocks]
        if len(told) < len(kept):
            blocks.append(Note(parts.say(event)("album_without_captions")))
        return replace(told[-1], blocks=tuple(blocks))
    return await identify(parts, event, *(photo.picture for photo in event.photos))


async def _enrolled(parts: Parts, photo: Photo) -> Reply | None:
    """Keep one photo of an album; what is wrong with it must not hide that others were kept."""
    try:
        return await enrol_photo(parts, photo)
    except UserError as error:
        return simply(parts.phrases.explain(error, photo.language))


async def identify(parts: Parts, event: Event, *pictures: bytes) -> Reply | None:
    """Recognise, keep the answer, and offer the guesses; an event seen before changes nothing.

    Several pictures are one question; those that cannot be used are left out while any can. Nothing
    is said of what is no painting where nobody asked: groups take pictures of each other, too.
    """
    tour = await tour_of(parts, event)
    if tour is None and not await is_looked_at(parts, event):
        return None
    if not await may_ask(parts, event):
        return None
    among = await parts.catalogue.among(place_of(event))
    views: list[Recognition] = []
    usable: list[bytes] = []
    copies: list[bytes] = []
    for number, picture in enumerate(pictures, start=1):
        try:
            views.append(
                await parts.recognizer.recognize(
                    picture, lambda image: copies.append(small_copy(image)), among
                )
            )
            usable.append(picture)
        except PhotoError:
            if number == len(pictures) and not views:
                raise
    best = best_view(views)
    photo = await parts.store.remember_photo(
        event.chat.platform, event.chat.id, event.person.id, event.id, together(views).to_json()
    )
    parts.shelf.put(photo.id, copies[best])
    if tour is not None:
        return await answer_on_tour(parts, event, tour, photo, usable[best])
    seen = seen_photo(parts, photo)
    if not event.addressed and shows_no_painting(seen):
        return None
    return await answer_hint(parts, event, seen, answer(parts, parts.say(event), seen))


async def is_looked_at(parts: Parts, event: Event) -> bool:
    """Say whether a photo is to be answered outside a tour: when called, or where all are."""
    return event.addressed or await answers_all(parts, place_of(event), datetime.now(UTC))


async def guess(parts: Parts, event: Tap, artist_id: str, photo: SeenPhoto) -> Reply:
    """Keep which painter was tapped, then tell that painter's life."""
    recognition = Recognition.from_json(photo.recognition)
    offered = {guess.id: guess.name for guess in recognition.artists[:OFFERED]}
    if artist_id not in offered:
        raise UserError("old_button")
    await parts.store.record_guess(photo.id, event.person.id, artist_id)
    say = parts.say(event)
    toast = say("noted", artist=offered[artist_id])
    if artist_id in parts.library.artists:
        return await life(parts, event, artist_id, photo, toast=toast)
    told = await ask_wikipedia(parts, event, offered[artist_id])
    return replace(told, choices=way_back(say, photo), replaces=True, toast=toast)


async def back(parts: Parts, event: Tap, _: str, photo: SeenPhoto) -> Reply:
    """Show the guesses of a photo, again or in spite of doubt that it shows a painting."""
    say = parts.say(event)
    seen = works_seen(parts, say, photo, await _denied(parts, event, photo), replaces=True)
    if seen is not None:
        return seen
    chosen = (await parts.store.guesses(photo.id)).get(event.person.id)
    return guesses(say, photo, chosen=chosen, replaces=True)


async def not_this(parts: Parts, event: Tap, number: str, photo: SeenPhoto) -> Reply:
    """Keep that a work is not the one, and show what else the photo may be."""
    said = await deny_work(parts, event, number, photo)
    return replace(await back(parts, event, "", photo), toast=said)


async def _denied(parts: Parts, event: Event, photo: SeenPhoto) -> set[str]:
    """Return the works that a person says a photo does not show."""
    denials = await parts.store.denials(photo.id)
    return {work for work, persons in denials.items() if event.person.id in persons}


async def known_photo(parts: Parts, event: Event, photo_id: str) -> SeenPhoto:
    """Return a photo of this chat. Raises `UserError` where there is none."""
    number = number_in(photo_id)
    photo = await parts.store.photo(number, event.chat.platform, event.chat.id)
    if photo is None:
        raise UserError("old_button")
    return seen_photo(parts, photo)
