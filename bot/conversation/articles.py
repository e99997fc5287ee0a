"""Painters and movements: their stories, with sources."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.conversation.events import Command, Event, Tap
from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Credit,
    Credits,
    Note,
    Paragraph,
    Reply,
    Title,
)
from bot.conversation.speech import Parts, Say, pack, shown, simply
from bot.conversation.years import dated, life_years
from bot.errors import UserError
from bot.memory.chats import Topic
from bot.memory.store import SeenPhoto
from bot.vision.recognizer import Verdict
from knowledge.articles import Article, WikipediaUnavailable
from knowledge.entries import Artist, Movement, Painting, Source
from knowledge.library import Library, Story

PAINTERS_SHOWN = 4
EDITORS = "docent"
"""The source that is ourselves."""
WORKS_TOLD = 6
"""Works with a story that have a button below the list."""
Entry = TypeVar("Entry", Artist, Movement)


async def artist_command(parts: Parts, event: Command) -> Reply:
    """``/artist NAME``."""
    if not event.argument:
        return simply(parts.say(event)("artist_ask"))
    return await find_artist(parts, event, event.argument)


async def find_artist(parts: Parts, event: Event, name: str) -> Reply:
    """Tell the life of the painter meant by ``name``, ask which one, or ask Wikipedia."""
    found = parts.library.find_artist(name)
    if found.sure:
        return await life(parts, event, found.ids[0], replaces=False)
    if found.ids:
        which = Paragraph(parts.say(event)("artist_which"))
        return Reply((which,), artist_choices(parts, found.ids))
    return await ask_wikipedia(parts, event, name)


def artist_choices(parts: Parts, ids: tuple[str, ...]) -> tuple[tuple[Choice, ...], ...]:
    """Return a button a painter."""
    return tuple((Choice(parts.library.artists[id_].name, pack("artist", id_)),) for id_ in ids)


async def ask_wikipedia(parts: Parts, event: Event, name: str) -> Reply:
    """Look a painter up whom the library lacks."""
    say = parts.say(event)
    try:
        article = await parts.library.look_up(name, event.language)
    except WikipediaUnavailable:
        return simply(say("wikipedia_unavailable_bare", name=shown(name)))
    if article is None:
        return simply(say("artist_unknown", name=shown(name)))
    if article.kind == "artist":
        return Reply((Title(article.title), *wikipedia_text(say, article)))
    if article.kind == "disambiguation":
        return Reply((Paragraph(say("wikipedia_options")), Bullets(article.options)))
    blocks: list[Block] = [Paragraph(say("not_a_painter", name=article.title))]
    if article.options:
        blocks += [Paragraph(say("wikipedia_namesakes")), Bullets(article.options)]
    return Reply(tuple(blocks))


def wikipedia_text(say: Say, article: Article) -> list[Block]:
    """Return a page's text with everything its licence asks for."""
    blocks: list[Block] = [Paragraph(article.text)]
    if article.shortened:
        blocks.append(Note(say("shortened")))
    if article.stale:
        blocks.append(Note(say("stale")))
    credit = Credit(f"Wikipedia: {article.title}", article.link, article.licence)
    return [*blocks, Credits(say("sources"), (credit,))]


async def life(
    parts: Parts,
    event: Event,
    artist_id: str,
    photo: SeenPhoto | None = None,
    *,
    replaces: bool = True,
    toast: str = "",
) -> Reply:
    """Tell a painter's life, with buttons for movements, works and the way back."""
    artist = known(parts.library.artists, artist_id)
    say = parts.say(event)
    story = await parts.library.story(artist, event.language)
    blocks = [Title(artist.name), *facts(say, artist), *told(say, artist, story)]
    choices = life_choices(parts, say, artist, photo)
    return Reply(tuple(blocks), choices, replaces, toast, about=Topic("artist", artist.id))


async def life_apart(parts: Parts, event: Tap, artist_id: str, _: SeenPhoto | None) -> Reply:
    """Tell a painter's life in a message of its own: the one with the button is a group's."""
    told = await life(parts, event, artist_id, replaces=False)
    return replace(told, again=parts.say(event)("shown_above"))


def known(entries: Mapping[str, Entry], id_: str) -> Entry:
    """Return the entry a button names. Raises `UserError` where the library lost it since."""
    if id_ not in entries:
        raise UserError("old_button")
    return entries[id_]


def facts(say: Say, artist: Artist) -> list[Block]:
    """Return the line under the name: years, nationality, places."""
    line = [life_years(say, artist), artist.nationality]
    places = [moment.place for moment in (artist.born, artist.died) if moment and moment.place]
    line.append(" – ".join(dict.fromkeys(places)))
    return [Note(" · ".join(part for part in line if part))]


def told(say: Say, entry: Artist | Movement, story: Story) -> list[Block]:
    """Return a story with its notes and sources; without a story, say so."""
    blocks: list[Block] = [Paragraph(story.text or say("no_story", name=entry.name))]
    if story.note:
        blocks.append(Note(say(story.note)))
    blocks.append(credited(say, story.sources))
    return blocks


def credited(say: Say, sources: tuple[Source, ...]) -> Credits:
    """Return the source line."""

    def credit(source: Source) -> Credit:
        name = say("editors") if source.key == EDITORS else source.name
        return Credit(name, source.link, source.licence)

    return Credits(say("sources"), tuple(map(credit, sources)))


def life_choices(
    parts: Parts, say: Say, artist: Artist, photo: SeenPhoto | None
) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons under a life."""
    rows = [
        (Choice(say("button_movement", name=movement.name), pack("style", id_, photo)),)
        for id_ in artist.movements[:2]
        if (movement := parts.library.movements.get(id_))
    ]
    rows += [
        (Choice(say("button_teacher", name=teacher.name), pack("artist", teacher.id, photo)),)
        for teacher in people(parts.library, artist.teachers)[:1]
    ]
    drawn = Choice(say("button_timeline"), pack("when", artist.id))
    works = (Choice(say("button_works"), pack("works", artist.id, photo)),) if artist.works else ()
    return (*rows, (*works, drawn), *way_back(say, photo))


def people(library: Library, names: Iterable[str]) -> list[Artist]:
    """Return the library's painters among some names, each once."""
    found = (library.find_artist(name) for name in names)
    ids = dict.fromkeys(match.ids[0] for match in found if match.sure)
    return [library.artists[id_] for id_ in ids]


def way_back(say: Say, photo: SeenPhoto | None) -> tuple[tuple[Choice, ...], ...]:
    """Return the row that leads back to a photo's works or guesses, if there is a photo."""
    if photo is None:
        return ()
    work = photo.recognition["verdict"] == Verdict.PAINTING
    label = say("button_back_photo" if work else "button_back")
    return ((Choice(label, pack("photo", "", photo)),),)


async def works(
    parts: Parts, event: Event, artist_id: str, photo: SeenPhoto | None = None
) -> Reply:
    """List a painter's notable works, and where they hang; those with a story are buttons."""
    artist = known(parts.library.artists, artist_id)
    say = parts.say(event)
    body: Block = (
        Bullets(tuple(work_line(say, work) for work in artist.works))
        if artist.works
        else Paragraph(say("no_works", name=artist.name))
    )
    back = Choice(say("button_artist", name=artist.name), pack("artist", artist.id, photo))
    told = [work for work in artist.works if work.text][:WORKS_TOLD]
    rows = tuple((Choice(work.title, pack("painting", work.id)),) for work in told)
    return Reply(
        (
            Title(say("works_title", name=artist.name)),
            body,
            credited(say, sources_of_works(artist)),
        ),
        (*rows, (back,), *way_back(say, photo)),
        isinstance(event, Tap),
        about=Topic("artist", artist.id),
    )


async def works_command(parts: Parts, event: Command) -> Reply:
    """``/works PAINTER``."""
    say = parts.say(event)
    if not event.argument:
        return simply(say("works_ask"))
    found = parts.library.find_artist(event.argument)
    if found.sure:
        return await works(parts, event, found.ids[0])
    if not found.ids:
        return simply(say("artist_unknown", name=shown(event.argument)))
    names = parts.library.artists
    rows = tuple((Choice(names[id_].name, pack("works", id_)),) for id_ in found.ids)
    return Reply((Paragraph(say("artist_which")),), rows)


def sources_of_works(artist: Artist) -> tuple[Source, ...]:
    """Return the sources that the list of works rests on."""
    return tuple(dict.fromkeys(source for work in artist.works for source in work.sources))


def work_line(say: Say, work: Painting) -> str:
    """Return one work: title, year and museum, as far as known."""
    year = dated(say, work.year)
    if year and work.museum:
        return say("work", title=work.title, year=year, museum=work.museum)
    if work.museum:
        return say("work_undated", title=work.title, museum=work.museum)
    if year:
        return say("work_homeless", title=work.title, year=year)
    return say("work_bare", title=work.title)


async def movement_command(parts: Parts, event: Command) -> Reply:
    """``/movement NAME``."""
    say = parts.say(event)
    if not event.argument:
        return simply(say("movement_ask"))
    found = parts.library.find_movement(event.argument)
    if found.sure:
        return await movement_story(parts, event, found.ids[0], replaces=False)
    movements = parts.library.movements
    if found.ids:
        rows = [(Choice(movements[id_].name, pack("style", id_)),) for id_ in found.ids]
        return Reply((Paragraph(say("movement_which")),), tuple(rows))
    names = ", ".join(sorted(movement.name for movement in movements.values()))
    return simply(say("movement_unknown", name=shown(event.argument), known=names))


async def movement_story(
    parts: Parts,
    event: Event,
    movement_id: str,
    photo: SeenPhoto | None = None,
    *,
    replaces: bool = True,
) -> Reply:
    """Tell a movement's story and how to recognise it, with buttons for its painters."""
    movement = known(parts.library.movements, movement_id)
    say = parts.say(event)
    story = await parts.library.story(movement, event.language)
    text, *rest = told(say, movement, story)
    blocks: list[Block] = [
        Title(movement.name),
        Note(" · ".join(part for part in (movement.years, movement.region) if part)),
        text,
        Paragraph(say("marks_title")),
        Bullets(movement.marks),
        *rest,
    ]
    painters = [
        Choice(parts.library.artists[id_].name, pack("artist", id_, photo))
        for id_ in movement.painters[:PAINTERS_SHOWN]
        if id_ in parts.library.artists
    ]
    rows = tuple(tuple(painters[i : i + 2]) for i in range(0, len(painters), 2))
    drawn = (Choice(say("button_timeline"), pack("when", movement.id)),)
    choices = (*rows, drawn, *way_back(say, photo))
    return Reply(tuple(blocks), choices, replaces, about=Topic("movement", movement.id))


async def story_apart(parts: Parts, event: Tap, movement_id: str, _: SeenPhoto | None) -> Reply:
    """Tell a movement's story in a message of its own: the one with the button is a group's."""
    told = await movement_story(parts, event, movement_id, replaces=False)
    return replace(told, again=parts.say(event)("shown_above"))
