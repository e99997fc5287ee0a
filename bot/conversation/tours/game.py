"""The guessing game: whose hand is it? Three names, no percentages, and a little time."""

import random

from bot.conversation.events import Tap
from bot.conversation.guesses import OFFERED
from bot.conversation.replies import Choice, Note, Paragraph, Reply
from bot.conversation.speech import Parts, Say, number_in, pack, simply
from bot.conversation.tours.stops import Seen
from bot.errors import UserError
from bot.memory.rounds import Hands, Round
from bot.memory.store import SeenPhoto
from bot.memory.tour import Stop, Tour
from bot.vision.recognizer import Recognition

SECONDS = 45
"""How long a tap may be changed, from the moment the question is there."""
ROUND = "round"
"""What the key of a question begins with; its stop's number follows."""


async def ask(parts: Parts, say: Say, photo: SeenPhoto, seen: Seen, sender: str) -> Reply | None:
    """Return the question about a stop; ``None`` where there are not enough names to choose from.

    ``sender``: who photographed it; empty for one who is alone.

    Nothing is asked again that its chat was shown already.
    """
    recognition = Recognition.from_json(photo.recognition)
    hands, answer = hands_of(seen.stop, recognition)
    if len(hands) < OFFERED:
        return None
    round_ = await parts.rounds.open(seen.stop.id, photo.id, hands, answer)
    parts.bell.ring()
    return question(say, seen.stop, round_, photo, sender)


def question(say: Say, stop: Stop, round_: Round, photo: SeenPhoto, sender: str) -> Reply:
    """Return the question of a round; neither its words nor their order tell the answer."""
    rows = tuple(
        (Choice(name, pack("hand", str(number), photo)),)
        for number, (_, name) in enumerate(round_.hands)
    )
    key = "game_question" if sender else "game_question_alone"
    asked = say(key, number=stop.number, name=sender)
    how = Note(say("game_how", seconds=SECONDS))
    return Reply((Paragraph(asked), how), rows, key=f"{ROUND}:{stop.id}")


def hands_of(stop: Stop, recognition: Recognition) -> tuple[Hands, int | None]:
    """Return three painters in an order that tells nothing, and which of them is right, if known.

    Of a known work its painter is one of them; else they are the photo's own three guesses.
    """
    guessed = [(guess.id, guess.name) for guess in recognition.artists]
    right = (stop.facts["artist_id"], stop.facts["artist"]) if stop.decided else None
    if stop.work and right is None:
        return (), None
    others = [hand for hand in guessed if right is None or hand[0] != right[0]]
    hands = [*([right] if right else []), *others][:OFFERED]
    random.Random(stop.id).shuffle(hands)
    return tuple(hands), hands.index(right) if right else None


async def tap_hand(parts: Parts, event: Tap, number: str, photo: SeenPhoto) -> Reply:
    """Keep whose hand somebody says it is; whoever taps goes along on the tour."""
    say = parts.say(event)
    round_ = await parts.rounds.of_photo(photo.id)
    if round_ is None or number_in(number) >= len(round_.hands):
        raise UserError("old_button")
    tour = await _tour_of(parts, round_)
    if tour.ended is None:
        await parts.tours.join(tour.id, event.person.id, event.person.name)
    if not await parts.rounds.tap(round_.stop, event.person.id, int(number), event.at):
        return Reply((), toast=say("game_over"))
    parts.bell.ring()
    return Reply((), toast=say("game_noted", artist=round_.hands[int(number)][1]))


async def decide(parts: Parts, event: Tap, number: str, photo: SeenPhoto) -> Reply:
    """Let the guide say whose hand a stop is where neither Docent nor the group could."""
    round_ = await parts.rounds.of_photo(photo.id)
    if round_ is None or number_in(number) >= len(round_.hands):
        raise UserError("old_button")
    tour = await _tour_of(parts, round_)
    if event.person.id != tour.guide and not event.person.runs_chat:
        raise UserError("tour_guide_only", name=await guide_name(parts, tour))
    decided = await parts.rounds.decide(round_.stop, int(number))
    named = decided.hands[decided.answer if decided.answer is not None else int(number)][1]
    return simply(parts.say(event)("game_decided", artist=named))


async def guide_name(parts: Parts, tour: Tour) -> str:
    """Return the name of who leads a tour."""
    return (await parts.tours.members(tour.id)).get(tour.guide, "")


async def _tour_of(parts: Parts, round_: Round) -> Tour:
    stop = await parts.tours.stop(round_.stop)
    tour = await parts.tours.tour(stop.tour) if stop else None
    if tour is None:
        raise UserError("old_button")
    return tour
