"""What a photo is answered with: the works it shows, or three guesses with their reasons."""

from bot.conversation.paintings import likely_choices, works_seen
from bot.conversation.reasons import reason_choices
from bot.conversation.replies import Block, Choice, Note, Paragraph, Reply
from bot.conversation.speech import Parts, Say, pack, share
from bot.memory.store import SeenPhoto
from bot.vision.recognizer import Recognition, Verdict

OFFERED = 3
"""Guesses of a kind that are offered; the chart shows what else is known."""
MENTIONED = 0.10
"""A second or third movement is mentioned from this probability on."""


def answer(parts: Parts, say: Say, photo: SeenPhoto) -> Reply:
    """Return the answer to a photo: the works it shows, or the guesses.

    For what seems to be no painting, there are guesses on request.
    """
    seen = works_seen(parts, say, photo)
    if seen is not None:
        return seen
    if not shows_no_painting(photo):
        return guesses(say, photo)
    show = Choice(say("button_show_guesses"), pack("photo", "", photo))
    return Reply((Paragraph(say("not_a_painting")),), ((show,),))


def shows_no_painting(photo: SeenPhoto) -> bool:
    """Say whether a photo seems to show no painting."""
    return Recognition.from_json(photo.recognition).verdict is Verdict.NOT_A_PAINTING


def guesses(
    say: Say, photo: SeenPhoto, *, chosen: str | None = None, replaces: bool = False
) -> Reply:
    """Return what Docent thinks of a photo, with the three guesses and the reasons as buttons."""
    recognition = Recognition.from_json(photo.recognition)
    offered = recognition.artists[:OFFERED]
    blocks: list[Block] = [
        Paragraph(opinion(say, recognition)),
        Paragraph(movement_line(say, recognition)),
    ]
    names = {guess.id: guess.name for guess in offered}
    if chosen in names:
        blocks.append(Note(say("your_guess", artist=names[chosen])))
    else:
        blocks.append(Note(say("tap")))
    rows: list[tuple[Choice, ...]] = [
        (Choice(share(say, "guess_button", guess), pack("guess", guess.id, photo)),)
        for guess in offered
    ]
    first = recognition.movements[0]
    rows += likely_choices(say, photo)
    label = say("button_movement", name=first.name)
    rows.append((Choice(label, pack("style", first.id, photo)),))
    rows.append(reason_choices(say, recognition, photo))
    return Reply(tuple(blocks), tuple(rows), replaces)


def opinion(say: Say, recognition: Recognition) -> str:
    """Say what the verdict allows to be said of painter and movement.

    A painter is named for one verdict alone; for a known work, these are guesses in spite of it.
    """
    if recognition.verdict is Verdict.PAINTING:
        return say("guesses_instead")
    if recognition.verdict is Verdict.ARTIST:
        return say("named", artist=recognition.artists[0].name)
    if recognition.verdict is Verdict.MOVEMENT:
        return say("movement_only", movement=recognition.movements[0].name)
    if recognition.verdict is Verdict.NOT_A_PAINTING:
        return say("doubted")
    return say("unsure")


def movement_line(say: Say, recognition: Recognition) -> str:
    """Name the likeliest movement, and the others worth a mention."""
    first, *others = recognition.movements[:OFFERED]
    named = [first, *(guess for guess in others if guess.confidence >= MENTIONED)]
    return say("movement_line", movements=", ".join(share(say, "share", g) for g in named))
