"""Short words about what was last told: "and his teacher?", "more", "where does it hang?"."""

from collections.abc import Awaitable, Callable

from bot.conversation.articles import life, movement_story, people, wikipedia_text, works
from bot.conversation.events import Text
from bot.conversation.naming import either
from bot.conversation.paintings import topic_of
from bot.conversation.questions import Question, read_question
from bot.conversation.replies import Bullets, Choice, Paragraph, Reply, Title
from bot.conversation.speech import Parts, pack, place_of, simply
from bot.conversation.timelines import timeline_of
from bot.conversation.titles import find_titles
from bot.conversation.years import dated
from bot.memory.chats import Topic
from knowledge.articles import WikipediaUnavailable
from knowledge.entries import Artist, Movement, Painting

Follow = Callable[[Parts, Text, Topic], Awaitable[Reply]]


async def follow_up(parts: Parts, event: Text) -> Reply | None:
    """Answer words that ask on about the last topic, or about a name; ``None`` for any others."""
    question = read_question(parts.phrases, event.text, event.language)
    if question is None:
        return None
    if question.name:
        return await _of_a_name(parts, event, question)
    topic = await parts.chats.topic(place_of(event))
    if topic is None or not _is_there(parts, topic):
        return None
    return await FOLLOWS[question.asked](parts, event, topic)


async def _of_a_name(parts: Parts, event: Text, question: Question) -> Reply | None:
    """Answer a question about a name; a movement's name that sounds like one is none."""
    found = either(parts.library, question.name)
    if parts.library.find_movement(event.text).sure:
        return None
    if not found.sure:
        return await _of_a_title(parts, event, question)
    topic = Topic(found.kind, found.ids[0])
    if question.asked == "more":  # nothing of it was told yet
        return await (_painters if found.kind == "artist" else _style)(parts, event, topic)
    return await FOLLOWS[question.asked](parts, event, topic)


async def _of_a_title(parts: Parts, event: Text, question: Question) -> Reply | None:
    """Answer a question about a painting by its title: "who painted the Mona Lisa?"."""
    titled = await find_titles(parts, place_of(event), question.name)
    exact = titled.sure and titled.exact
    topic = topic_of(parts.library, titled.works[0]) if exact else None
    if topic is None or topic.kind != "painting":
        return None
    return await FOLLOWS[question.asked](parts, event, topic)


def _is_there(parts: Parts, topic: Topic) -> bool:
    """Say whether the library still has what was talked about."""
    library = parts.library
    return any(
        topic.kind == kind and topic.entry in entries
        for kind, entries in (
            ("artist", library.artists),
            ("movement", library.movements),
            ("painting", library.paintings),
        )
    )


def _artist(parts: Parts, topic: Topic) -> Artist | None:
    """Return the painter that a topic is, or whose work it is."""
    library = parts.library
    if topic.kind == "painting":
        return library.artists.get(library.paintings[topic.entry].artist_id)
    return library.artists.get(topic.entry) if topic.kind == "artist" else None


def _movement(parts: Parts, topic: Topic) -> Movement | None:
    """Return the movement that a topic is, or that its painter belongs to."""
    if topic.kind == "movement":
        return parts.library.movements.get(topic.entry)
    artist = _artist(parts, topic)
    ids = artist.movements if artist else ()
    found = (parts.library.movements.get(id_) for id_ in ids)
    return next((movement for movement in found if movement), None)


def _painting(parts: Parts, topic: Topic) -> Painting | None:
    return parts.library.paintings.get(topic.entry) if topic.kind == "painting" else None


async def _teacher(parts: Parts, event: Text, topic: Topic) -> Reply:
    artist = _artist(parts, topic)
    return await _persons(parts, event, artist, artist.teachers if artist else (), "teachers")


async def _influence(parts: Parts, event: Text, topic: Topic) -> Reply:
    artist = _artist(parts, topic)
    return await _persons(parts, event, artist, artist.influences if artist else (), "influences")


async def _persons(
    parts: Parts, event: Text, artist: Artist | None, names: tuple[str, ...], what: str
) -> Reply:
    """Tell of the one person meant, or name several."""
    say = parts.say(event)
    if artist is None:
        return simply(say("follow_nothing"))
    if not names:
        return simply(say(f"no_{what}", name=artist.name))
    found = people(parts.library, names)
    if len(names) == len(found) == 1:
        return await life(parts, event, found[0].id, replaces=False)
    rows = tuple((Choice(person.name, pack("artist", person.id)),) for person in found)
    told = Paragraph(say(f"told_{what}", name=artist.name, names=", ".join(names)))
    return Reply((told,), rows, about=Topic("artist", artist.id))


async def _works(parts: Parts, event: Text, topic: Topic) -> Reply:
    artist = _artist(parts, topic)
    if artist is None:
        return await _painters(parts, event, topic)
    return await works(parts, event, artist.id)


async def _style(parts: Parts, event: Text, topic: Topic) -> Reply:
    movement = _movement(parts, topic)
    if movement is None:
        return simply(parts.say(event)("follow_nothing"))
    return await movement_story(parts, event, movement.id, replaces=False)


async def _painters(parts: Parts, event: Text, topic: Topic) -> Reply:
    artist, movement = _artist(parts, topic), _movement(parts, topic)
    if artist is not None:
        return await life(parts, event, artist.id, replaces=False)
    ids = [id_ for id_ in (movement.painters if movement else ()) if id_ in parts.library.artists]
    if movement is None or not ids:
        return simply(parts.say(event)("follow_nothing"))
    rows = tuple((Choice(parts.library.artists[i].name, pack("artist", i)),) for i in ids)
    return Reply((Title(movement.name),), rows, about=topic)


async def _where(parts: Parts, event: Text, topic: Topic) -> Reply:
    painting = _painting(parts, topic)
    if painting is None:
        return await _works(parts, event, topic)
    say = parts.say(event)
    if not painting.museum:
        return simply(say("no_museum", title=painting.title))
    return simply(say("told_museum", title=painting.title, museum=painting.museum))


async def _when(parts: Parts, event: Text, topic: Topic) -> Reply:
    painting = _painting(parts, topic)
    if painting is None:
        return await timeline_of(parts, event, topic)
    say = parts.say(event)
    return simply(say("told_year", title=painting.title, year=dated(say, painting.year or "?")))


async def _marks(parts: Parts, event: Text, topic: Topic) -> Reply:
    movement = _movement(parts, topic)
    if movement is None:
        return simply(parts.say(event)("follow_nothing"))
    blocks = (Title(movement.name), Bullets(movement.marks))
    return Reply(blocks, about=Topic("movement", movement.id))


async def _more(parts: Parts, event: Text, topic: Topic) -> Reply:
    """Tell what Wikipedia says of a painter or a movement; of a painting, its painter's life."""
    if topic.kind == "painting":
        return await _painters(parts, event, topic)
    say, library = parts.say(event), parts.library
    entry: Artist | Movement = (
        library.artists[topic.entry] if topic.kind == "artist" else library.movements[topic.entry]
    )
    try:
        article = await library.more(entry, event.language)
    except WikipediaUnavailable:
        return simply(say("more_unavailable", name=entry.name))
    if article is None:
        return simply(say("more_nothing", name=entry.name))
    return Reply((Title(article.title), *wikipedia_text(say, article)), about=topic)


FOLLOWS: dict[str, Follow] = {
    "teacher": _teacher,
    "influence": _influence,
    "where": _where,
    "when": _when,
    "marks": _marks,
    "style": _style,
    "works": _works,
    "painter": _painters,
    "more": _more,
}
"""The answer to each of `bot.conversation.questions.QUESTIONS`."""
