"""The end of a tour: the rounds still open are closed, and all that was seen is told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.events import Event
from bot.conversation.recap.data import Recap, StopSeen
from bot.conversation.recap.reply import recap_reply
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.conversation.tours.answers import close
from bot.conversation.tours.scores import standings, winner
from bot.memory.rounds import Round
from bot.memory.tour import Stop, Tour

RECAP = "recap"
"""What the key of a recap begins with; its tour's number follows."""


async def end(parts: Parts, event: Event, tour: Tour) -> Reply:
    """End a tour for good and tell what it saw; answers of open rounds are told at once."""
    await parts.rounds.end_now(tour.id)
    await parts.tours.change(tour.id, ended=datetime.now(UTC))
    parts.bell.ring()
    return await recap_of(parts, event, tour)


async def recap_of(parts: Parts, event: Event, tour: Tour) -> Reply:
    """Return what a tour saw, as it is remembered now."""
    say = parts.say(event)
    tour = await parts.tours.tour(tour.id) or tour
    for round_ in await parts.rounds.of_tour(tour.id):
        await close(parts, tour, round_)
    await _decide_by_guesses(parts, tour)
    reply = await recap_reply(parts, say, event.language, await _looked_back(parts, tour))
    return replace(reply, key=f"{RECAP}:{tour.id}")


async def _decide_by_guesses(parts: Parts, tour: Tour) -> None:
    """Let what was tapped without a game decide whose hand a stop is that nobody named."""
    played = {round_.stop for round_ in await parts.rounds.of_tour(tour.id)}
    for stop in await parts.tours.stops(tour.id):
        if stop.decided or stop.work or stop.id in played:
            continue
        taps: dict[str, str] = {}
        for photo in await parts.tours.photos(stop.id):
            taps |= await parts.store.guesses(photo)
        artist, decided = winner(taps, tour.guide)
        if artist is not None:
            known = parts.library.artists.get(artist)
            named = {"artist_id": artist, "artist": known.name if known else artist}
            await parts.tours.decide(stop.id, named, decided)


async def _looked_back(parts: Parts, tour: Tour) -> Recap:
    members = await parts.tours.members(tour.id)
    rounds = await parts.rounds.of_tour(tour.id)
    pictures = await parts.tours.pictures(tour.id)
    played = {round_.stop: round_ for round_ in rounds}
    stops = [
        _seen(parts, stop, members, played.get(stop.id), pictures.get(stop.id))
        for stop in await parts.tours.stops(tour.id)
    ]
    ended = tour.ended or datetime.now(UTC)
    table = standings(members, rounds, await parts.quizzes.scores(tour.id))
    return Recap(tour.place, tour.started, ended, tuple(stops), table, len(members))


def _seen(
    parts: Parts,
    stop: Stop,
    members: Mapping[str, str],
    round_: Round | None,
    picture: bytes | None,
) -> StopSeen:
    movement = parts.library.movements.get(stop.facts["movement_id"])
    return StopSeen(
        number=stop.number,
        title=stop.facts["title"],
        artist=stop.facts["artist"],
        artist_id=stop.facts["artist_id"],
        year=stop.facts["year"],
        movement=movement.name if movement else "",
        movement_id=stop.facts["movement_id"],
        room=stop.facts["room"],
        by=_names(stop.by, members),
        decided=stop.decided,
        right=_names([p for p in round_.taps if p in round_.right], members) if round_ else (),
        guessed=len(round_.taps) if round_ else 0,
        picture=picture,
        at=stop.at,
    )


def _names(persons: Sequence[str], members: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(members[person] for person in persons if members.get(person))
