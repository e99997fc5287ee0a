"""The message at the end of a tour, with its album and its files."""

import asyncio
from functools import partial

from bot.conversation.recap.data import Recap, StopSeen
from bot.conversation.recap.met import alt, movements_met
from bot.conversation.recap.pictures import album
from bot.conversation.recap.table import recap_csv
from bot.conversation.recap.words import (
    SEPARATOR,
    first,
    heading,
    names,
    reached,
    standing_line,
    summary,
    thanks,
    work,
)
from bot.conversation.replies import Block, Document, Note, Paragraph, Picture, Reply, Title
from bot.conversation.speech import Parts, Say
from bot.vision.timeline import timeline
from knowledge.library import Library

STOPS_SHOWN = 12
MEMBERS_SHOWN = 10
NAMES_SHOWN = 3
ALONG_SHOWN = 6
"""Lines and names in the message, which all read on a phone; the PDF has them all."""
LONGEST = 50
"""Characters of a title or a painter in a line of the message."""


async def recap_reply(parts: Parts, say: Say, language: str, recap: Recap) -> Reply:
    """Return a tour as an album and its timeline, its stops and standings, a PDF and a CSV.

    Pictures and PDF are made on the recognizer's threads. A tour without a stop gets a sentence.
    """
    if not recap.stops:
        empty = Paragraph(say("recap_empty"))
        return Reply((Title(heading(say, recap)), empty))
    language = parts.phrases.language(language)
    told = await asyncio.to_thread(parts.in_language, language)
    drawn = await _timeline(told, say, recap)
    paper = partial(_pdf, told.library, say, language, recap)
    pdf = await parts.recognizer.run(paper)
    name = f"docent-{recap.started:%Y-%m-%d}"
    documents = (
        Document(pdf, f"{name}.pdf", "application/pdf"),
        Document(recap_csv(recap), f"{name}.csv", "text/csv"),
    )
    pictures = [_picture(say, stop, stop.picture) for stop in album(recap.stops) if stop.picture]
    pictures += [drawn] if drawn else []
    blocks = recap_blocks(say, language, recap)
    return Reply(blocks, pictures=tuple(pictures), documents=documents)


async def _timeline(parts: Parts, say: Say, recap: Recap) -> Picture | None:
    spans = movements_met(parts.library, recap)
    if not spans:
        return None
    draw = partial(timeline, say("recap_movements"), spans)
    return Picture(await parts.recognizer.run(draw), alt(say, spans), "image/png")


def _pdf(library: Library, say: Say, language: str, recap: Recap) -> bytes:
    # What writes PDFs takes memory that a bot without tours need not have.
    from bot.conversation.recap.pdf import recap_pdf

    return recap_pdf(library, say, language, recap)


def _picture(say: Say, stop: StopSeen, picture: bytes) -> Picture:
    said = say("recap_alt", number=stop.number, work=work(say, stop))
    return Picture(picture, said, "image/jpeg")


def recap_blocks(say: Say, language: str, recap: Recap) -> tuple[Block, ...]:
    """Return what is said: the tour, its stops, and how the game went; long lists shortened."""
    shown = first(recap.stops, STOPS_SHOWN)
    blocks: list[Block] = [
        Title(heading(say, recap, LONGEST)),
        Paragraph(summary(say, language, recap)),
        Paragraph("\n".join(_line(say, language, stop, recap.people) for stop in shown)),
    ]
    if left := len(recap.stops) - len(shown):
        blocks.append(Note(say("recap_more_stops", count=left)))
    blocks += _standings(say, recap)
    blocks.append(Paragraph(thanks(say, language, recap, ALONG_SHOWN)))
    return (*blocks, Note(say("recap_files")))


def _line(say: Say, language: str, stop: StopSeen, people: int) -> str:
    """Return a stop in a line; one who was alone knows who saw it."""
    line = f"{stop.number}. {work(say, stop, LONGEST)}"
    if not stop.by or people == 1:
        return line
    return f"{line}{SEPARATOR}{names(say, language, stop.by, NAMES_SHOWN)}"


def _standings(say: Say, recap: Recap) -> list[Block]:
    members = reached(recap)
    if not members:
        return []
    shown = first(members, MEMBERS_SHOWN)
    lines = "\n".join(standing_line(say, member) for member in shown)
    blocks: list[Block] = [Title(say("recap_game")), Paragraph(lines)]
    if left := len(members) - len(shown):
        blocks.append(Note(say("recap_more_people", count=left)))
    return blocks
