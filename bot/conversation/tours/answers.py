"""A round is over: the answer, who was right, and who is ahead."""

import asyncio

from bot.conversation.guesses import OFFERED
from bot.conversation.notices import Notice
from bot.conversation.paintings import about_work, works_words
from bot.conversation.replies import Block, Choice, Note, Paragraph, Reply, Title
from bot.conversation.routes import chat_of
from bot.conversation.speech import Parts, Say, pack, seen_photo, share
from bot.conversation.tours.game import ROUND, guide_name
from bot.conversation.tours.scores import standings, streaks, winner
from bot.memory.rounds import Round
from bot.memory.store import Place, SeenPhoto
from bot.memory.tour import Stop, Tour
from bot.vision.recognizer import Recognition

AHEAD = 3
"""Ranks that are named after a round."""
NAMED = 8
"""Persons who are named as right; the others are counted."""
STREAK = 3
"""Right guesses in a row that are worth a word."""


async def close(parts: Parts, tour: Tour, round_: Round) -> Round:
    """End a round: where Docent does not know whose hand it is, the guide or most decide."""
    if round_.closed is not None:
        return round_
    if round_.answer is not None:
        return await parts.rounds.close(round_.stop, round_.answer, "docent")
    answer, decided = winner(round_.taps, tour.guide)
    return await parts.rounds.close(round_.stop, answer, decided)


async def notice_of(parts: Parts, tour: Tour, stop: Stop, round_: Round) -> Notice | None:
    """Return what takes the place of a round's question; ``None`` if its photo is forgotten."""
    route = tour.route
    photo = await parts.store.photo(round_.photo, route.platform, route.chat)
    if photo is None:
        return None
    language = await parts.chats.language(Place(route.platform, route.chat, "")) or tour.language
    told = await asyncio.to_thread(parts.in_language, language)
    reply = await answer_of(told, told.speaking(language), tour, stop, round_, photo)
    return Notice(f"{ROUND}:{round_.stop}", chat_of(tour), reply, round_.message)


async def answer_of(
    parts: Parts, say: Say, tour: Tour, stop: Stop, round_: Round, photo: SeenPhoto
) -> Reply:
    """Return the answer to a round."""
    members = await parts.tours.members(tour.id)
    recognition = Recognition.from_json(seen_photo(parts, photo).recognition)
    blocks: list[Block] = [Title(say("tour_stop", number=stop.number))]
    blocks += _whose(say, recognition, stop, round_)
    choices: tuple[tuple[Choice, ...], ...] = ()
    if round_.answer is None:
        asked = await guide_name(parts, tour)
        if round_.taps:
            blocks.append(Note(say("game_undecided", name=asked)))
        choices = tuple(
            (Choice(name, pack("decide", str(number), photo)),)
            for number, (_, name) in enumerate(round_.hands)
        )
    else:
        blocks += _who(say, members, round_)
        blocks += _ahead(say, members, await parts.rounds.of_tour(tour.id), round_)
        choices = _more(parts, say, round_, stop)
    blocks += _about(parts, say, stop, recognition)
    return Reply(tuple(blocks), choices)


def _whose(say: Say, recognition: Recognition, stop: Stop, round_: Round) -> list[Block]:
    """Say whose hand it is and who says so; of a mere guess, the percentages too."""
    verified = [work for work in recognition.paintings if work.verified]
    if stop.work and verified:
        return [Paragraph(works_words(say, verified[:1]))]
    shares = ", ".join(share(say, "share", guess) for guess in recognition.artists[:OFFERED])
    guesses = Note(say("game_guesses", shares=shares))
    if round_.answer is None:
        return [Paragraph(say("game_open")), guesses]
    name = round_.hands[round_.answer][1]
    return [Paragraph(say(f"game_said_by_{stop.decided}", artist=name)), guesses]


def _who(say: Say, members: dict[str, str], round_: Round) -> list[Block]:
    """Name those who were right; nobody else is named."""
    if not round_.taps:
        return [Paragraph(say("game_nobody_tapped"))]
    right = [members.get(person, "") for person in round_.taps if person in round_.right]
    if not right:
        return [Paragraph(say("game_nobody_right"))]
    names = ", ".join(right[:NAMED])
    if len(right) > NAMED:
        names = say("and_more", names=names, count=len(right) - NAMED)
    return [Paragraph(say("game_right", names=names))]


def _ahead(say: Say, members: dict[str, str], rounds: list[Round], last: Round) -> list[Block]:
    """Name who was ahead after a round, and who is right several times in a row.

    Told again after a restart, the answer says the same, whatever was closed since.
    """
    rounds = [r for r in rounds if r.closed and last.closed and r.closed <= last.closed]
    table = standings(members, rounds)
    if len(table) < 2:
        return []
    first = [each for each in table if each.rank <= AHEAD and each.points][:AHEAD]
    lines = [say("game_ahead", names=" · ".join(f"{e.name} {e.points}" for e in first))]
    for person in sorted(last.right):
        in_a_row = streaks(person, rounds)[-1]
        if in_a_row >= STREAK:
            lines.append(say("game_streak", name=members.get(person, ""), count=in_a_row))
    return [Note("\n".join(lines))] if first else []


def _more(parts: Parts, say: Say, round_: Round, stop: Stop) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons to a painter's life and movement, told in messages of their own."""
    id_, name = round_.hands[round_.answer or 0]
    rows = []
    if id_ in parts.library.artists:
        rows.append((Choice(name, pack("life", id_)),))
    movement = parts.library.movements.get(stop.facts["movement_id"])
    if movement:
        rows.append(
            (Choice(say("button_movement", name=movement.name), pack("story", movement.id)),)
        )
    return tuple(rows)


def _about(parts: Parts, say: Say, stop: Stop, recognition: Recognition) -> list[Block]:
    """Return year, place and text of a known work, and where they come from."""
    verified = [work for work in recognition.paintings if work.verified]
    if not stop.work or not verified:
        return []
    _, *about = about_work(parts.library, say, verified[0])
    return list(about)
