"""Hello, help, and an answer to whatever else arrives."""

from bot.conversation.articles import artist_choices, life, movement_story
from bot.conversation.events import Command, Text, Unusable
from bot.conversation.following import follow_up
from bot.conversation.phrases import Phrases
from bot.conversation.replies import Block, Bullets, Note, Paragraph, Reply, Title
from bot.conversation.speech import Parts, locally, place_of, shown, simply
from bot.conversation.titles import find_titles, told_of
from knowledge.spelling import normal

TOLD = (
    *("identify", "artist", "works", "movement", "painting", "timeline", "compare", "today"),
    *("museum", "tour", "quiz", "collection", "language", "settings", "help"),
)
"""Commands that ``/help`` tells about, in order."""
MENU = (*TOLD, "start")
"""Commands that a platform's menu shows, in order."""

LONGEST_NAME = 60
"""Characters; a longer text is no name, so nobody's name is looked for in it."""


async def tell_start(parts: Parts, event: Command) -> Reply:
    """``/start``; a group hears, too, when Docent looks at a photo."""
    say = parts.say(event)
    blocks: list[Block] = [Title("Docent"), Paragraph(say("start"))]
    if event.chat.is_group:
        blocks.append(Paragraph(say(locally(event, "group_hint"))))
        if not event.chat.sees_all:
            blocks.append(Note(say(locally(event, "set_sees_little"))))
    return Reply((*blocks, Note(say("help_privacy"))))


async def tell_help(parts: Parts, event: Command) -> Reply:
    """``/help``."""
    say = parts.say(event)
    lines = [say(f"help_{command}") for command in TOLD[1:]]
    blocks: list[Block] = [
        Paragraph(say("help")),
        Paragraph(say("help_commands_title")),
        Bullets((say(locally(event, "help_identify")), *lines)),
    ]
    if event.chat.is_group:
        blocks.append(Note(say(locally(event, "group_hint"))))
    return Reply((*blocks, Note(say("help_privacy"))))


async def unknown_command(parts: Parts, event: Command) -> Reply | None:
    """Point to what there is; in a group, the command may be another bot's."""
    if not event.addressed:
        return None
    return simply(parts.say(event)("unknown_command", name=shown(event.name)))


async def answer_text(parts: Parts, event: Text) -> Reply | None:
    """Take a bare name or title for a question after it; give other words a hint.

    In a group, words that people say to each other get no answer.
    """
    if not event.addressed:
        return None
    if _is_thanks(parts.phrases, event.text):
        return simply(parts.say(event)("thanks"))
    followed = await follow_up(parts, event)
    if followed is not None:
        return followed
    words = event.text.strip()
    if words and len(words) <= LONGEST_NAME:
        movement = parts.library.find_movement(words)
        if movement.sure:
            return await movement_story(parts, event, movement.ids[0], replaces=False)
        artist = parts.library.find_artist(words)
        if artist.sure:
            return await life(parts, event, artist.ids[0], replaces=False)
        named = await find_titles(parts, place_of(event), words)
        if named.sure and named.exact:
            return told_of(parts, event, named)
        if artist.ids:
            say = parts.say(event)
            perhaps = (Paragraph(say("hint")), Paragraph(say("hint_artists")))
            return Reply(perhaps, artist_choices(parts, artist.ids))
    return simply(parts.say(event)("hint"))


def _is_thanks(phrases: Phrases, text: str) -> bool:
    """Say whether words are thanks and nothing else, in any language."""
    every = [phrases.say("thanks_words", language).split(",") for language in phrases.languages]
    return normal(text) in {normal(words) for some in every for words in some}


async def explain_unusable(parts: Parts, event: Unusable) -> Reply | None:
    """Say in a sentence why something cannot be looked at."""
    if not event.addressed:
        return None
    return simply(parts.say(event)(f"cannot_{event.reason}"))
