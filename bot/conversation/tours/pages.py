"""What a tour says of itself: its beginning, how far it is, and a photo of a work seen before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.events import Event
from bot.conversation.replies import Block, Branch, Bullets, Choice, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, Say, locally, pack, simply
from bot.conversation.tours.scores import standings
from bot.conversation.tours.stops import Seen
from bot.memory.tour import Stop, Tour

LAST = 5
"""Stops that are listed while the tour goes on."""
TABLE = 10
"""Lines of the table while the tour goes on."""


def begun(parts: Parts, event: Event, tour: Tour) -> Reply:
    """Return the words with which a tour begins, and what can be chosen for it."""
    say = parts.say(event)
    named = tour_name(say, tour)
    key = "tour_begun" if tour.is_group else "tour_begun_alone"
    blocks: list[Block] = [Title(named), Paragraph(say(key, name=event.person.name))]
    if not event.chat.sees_all:
        blocks.append(Note(say(locally(event, "tour_sees_little"))))
    branch = Branch(named, say("tour_branch")) if event.chat.branches else None
    return Reply(tuple(blocks), buttons(say, tour), branch=branch)


def tour_name(say: Say, tour: Tour) -> str:
    """Return what a tour is called."""
    return say("tour_of", museum=tour.place) if tour.place else say("tour_anywhere")


def buttons(say: Say, tour: Tour) -> tuple[tuple[Choice, ...], ...]:
    """Return what can be done with a tour that goes on."""
    game = "tour_game_stop" if tour.game else "tour_game_play"
    pause = "tour_resume" if tour.paused else "tour_pause"
    photos = "tour_photos_forget" if tour.keeps_photos else "tour_photos_keep"
    rows = [
        (Choice(say(game), pack("tour", "game")),),
        (Choice(say(photos), pack("tour", "photos")),),
        (Choice(say(pause), pack("tour", "pause")), Choice(say("tour_end"), pack("tour", "end"))),
    ]
    if tour.museum is not None:
        rows.insert(0, (Choice(say("tour_next"), pack("ahead", "")),))
    if tour.is_group:
        rows.insert(0, (Choice(say("tour_join"), pack("join", "")),))
    return tuple(rows)


async def state(parts: Parts, say: Say, tour: Tour) -> Reply:
    """Return how far a tour is: its people, its last stops, and who is ahead."""
    stops = await parts.tours.stops(tour.id)
    members = await parts.tours.members(tour.id)
    far = [say("tour_stops", count=len(stops)) if stops else say("tour_no_stops")]
    if tour.is_group:
        far.append(say("tour_people", count=len(members)))
    blocks: list[Block] = [Title(tour_name(say, tour)), Paragraph(" ".join(far))]
    if tour.paused:
        blocks.append(Note(say("tour_paused")))
    elif tour.game:
        blocks.append(Note(say("tour_playing")))
    rounds = await parts.rounds.of_tour(tour.id)
    hidden = {each.stop for each in rounds if each.closed is None}
    if stops:
        blocks.append(Bullets(tuple(_line(say, stop, hidden) for stop in stops[-LAST:])))
    quizzes = await parts.quizzes.scores(tour.id)
    table = [each for each in standings(members, rounds, quizzes) if each.points]
    if table:
        lines = [say("tour_rank", rank=e.rank, name=e.name, count=e.points) for e in table[:TABLE]]
        blocks.append(Bullets(tuple(lines)))
    return Reply(tuple(blocks), buttons(say, tour))


def _line(say: Say, stop: Stop, hidden: set[int]) -> str:
    """Return a stop in a line; while it is guessed, nothing of it is told."""
    what = say("tour_guessing") if stop.id in hidden else described(say, stop)
    return say("tour_line", number=stop.number, what=what)


def described(say: Say, stop: Stop) -> str:
    """Return what is known of a stop in a few words."""
    title, artist = stop.facts["title"], stop.facts["artist"]
    if title and artist:
        return say("work_by", title=title, artist=artist)
    return title or (say("tour_hand", artist=artist) if artist else say("tour_unknown"))


def as_stops(say: Say, told: Reply, seen: Sequence[Seen]) -> Reply:
    """Return the usual answer to a photo with the number of its stop, or of several."""
    numbers = ", ".join(str(each.stop.number) for each in seen)
    key = "tour_stop" if len(seen) == 1 else "tour_several"
    return replace(told, blocks=(Note(say(key, number=numbers)), *told.blocks))


async def again(parts: Parts, say: Say, stop: Stop, members: Mapping[str, str]) -> Reply:
    """Return the answer to one more photo of a stop; a work that is being guessed is not named.

    Who saw it is told by the names of ``members``, if there are any.
    """
    round_ = await parts.rounds.round(stop.id)
    if round_ is not None and round_.closed is None:
        return simply(say("tour_again_guessing", number=stop.number))
    by = ", ".join(dict.fromkeys(members[person] for person in stop.by if person in members))
    what = described(say, stop)
    key = "tour_again" if by else "tour_again_alone"
    return simply(say(key, number=stop.number, what=what, names=by))
