"""Why Docent thinks so: where it looked, what else came into question, and what is alike."""

from collections.abc import Sequence
from functools import partial

from bot.conversation.articles import way_back
from bot.conversation.events import Tap
from bot.conversation.replies import Bullets, Choice, Note, Paragraph, Picture, Reply, Title
from bot.conversation.shelf import opened
from bot.conversation.speech import Parts, Say, pack, percent, share, simply
from bot.memory.store import SeenPhoto
from bot.vision.drawing import EVERYWHERE, Bar, chart, places, where_i_looked
from bot.vision.gallery import Similar
from bot.vision.recognizer import Attention, Guess, Recognition, Verdict
from knowledge.library import Library

REASONS = ("where", "chart", "alike")
"""What may be asked about an answer: a button's verb, and with ``button_`` its label's key."""


def reason_choices(say: Say, recognition: Recognition, photo: SeenPhoto) -> tuple[Choice, ...]:
    """Return the row of buttons that ask for reasons: those for which there is an answer."""
    lacking = {"where": not recognition.attention, "alike": not recognition.similar}
    return tuple(
        Choice(say(f"button_{verb}"), pack(verb, "", photo))
        for verb in REASONS
        if not lacking.get(verb)
    )


async def show_where(parts: Parts, event: Tap, _: str, photo: SeenPhoto) -> Reply:
    """Show on the photo what counted for the first guess; without the photo, say it."""
    recognition = Recognition.from_json(photo.recognition)
    say = parts.say(event)
    if not recognition.attention:
        return simply(say("where_unknown"))
    looked = where_words(say, recognition.attention)
    about = Paragraph(say("where_about", name=first_guess(recognition).name))
    copy = parts.shelf.get(photo.id)
    if copy is None:
        return Reply((Paragraph(looked), about, Note(say("photo_gone"))))
    drawn = await parts.recognizer.run(partial(_where, copy, recognition.attention))
    picture = Picture(drawn, looked, "image/jpeg")
    return Reply((about,), pictures=(picture,), again=say("shown_above"))


def _where(copy: bytes, attention: Attention) -> bytes:
    return where_i_looked(opened(copy), attention)


def first_guess(recognition: Recognition) -> Guess:
    """Return the guess that the attention belongs to."""
    movement = recognition.verdict is Verdict.MOVEMENT
    return (recognition.movements if movement else recognition.artists)[0]


def where_words(say: Say, attention: Attention) -> str:
    """Say where the network looked."""
    first, *others = places(attention)
    if first == EVERYWHERE:
        return say("looked_everywhere")
    if not others:
        return say("looked_one", first=say(f"place_{first}"))
    return say("looked_two", first=say(f"place_{first}"), second=say(f"place_{others[0]}"))


async def show_chart(parts: Parts, event: Tap, _: str, photo: SeenPhoto) -> Reply:
    """Show the best painters and movements with their percentages."""
    recognition = Recognition.from_json(photo.recognition)
    say = parts.say(event)
    draw = partial(
        chart,
        bars(recognition.artists),
        bars(recognition.movements),
        artist_title=say("chart_painters"),
        movement_title=say("chart_movements"),
    )
    alt = chart_words(say, recognition.artists, recognition.movements)
    picture = Picture(await parts.recognizer.run(draw), alt, "image/png")
    return Reply((Note(say("chart_about")),), pictures=(picture,), again=say("shown_above"))


def chart_words(say: Say, artists: Sequence[Guess], movements: Sequence[Guess]) -> str:
    """Say two lists of guesses with their percentages, a line each."""
    painters, styles = (
        ", ".join(share(say, "share", guess) for guess in guesses)
        for guesses in (artists, movements)
    )
    return say("chart_alt", painters=painters, movements=styles)


def bars(guesses: tuple[Guess, ...]) -> tuple[Bar, ...]:
    """Return guesses as bars that show the percentages Docent also says."""
    return tuple(Bar(guess.name, percent(guess) / 100) for guess in guesses)


async def show_alike(parts: Parts, event: Tap, _: str, photo: SeenPhoto) -> Reply:
    """List the works of the gallery that look most alike, with a button a painter."""
    works = Recognition.from_json(photo.recognition).similar
    say = parts.say(event)
    if not works:
        return simply(say("alike_unknown"))
    artists = parts.library.artists
    painters = dict.fromkeys(work.artist for work in works if work.artist in artists)
    buttons = [Choice(artists[id_].name, pack("artist", id_, photo)) for id_ in painters]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    lines = tuple(work_line(say, parts.library, work) for work in works)
    return Reply(
        (Title(say("alike_title")), Bullets(lines), Note(say("alike_about"))),
        (*rows, *way_back(say, photo)),
        replaces=True,
    )


def work_line(say: Say, library: Library, work: Similar) -> str:
    """Return one work: title, painter and year, as far as known."""
    artist = library.artists.get(work.artist)
    painter = artist.name if artist else work.artist.replace("-", " ").title()
    title = work.title or say("untitled")
    return ", ".join(part for part in (title, painter, work.year) if part)
