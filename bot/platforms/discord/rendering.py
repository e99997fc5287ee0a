"""A reply as Discord shows it: an embed, files with their alt text, and rows of buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import TypeVar

import discord

from bot.conversation.replies import (
    Block,
    Bullets,
    Credit,
    Credits,
    Document,
    Note,
    Paragraph,
    Picture,
    Reply,
    Title,
)
from bot.platforms.discord import limits, markdown
from bot.platforms.discord.buttons import Rows, pages
from bot.platforms.texts import ELLIPSIS, clean, shorten, units

F = TypeVar("F", Picture, Document)

GAP = "\n\n"
LEAST_UNITS = 40
"""A block is not shortened below this; it is left out."""
COLOUR = 0xB08D57
"""The gilt of a frame, on the embed's edge."""


@dataclass(frozen=True)
class Rendered:
    """One message. ``blocks`` may be empty: then its files or its buttons are all there is."""

    blocks: tuple[Block, ...] = ()
    rows: Rows = ()
    pictures: tuple[Picture, ...] = ()
    documents: tuple[Document, ...] = ()

    def embed(self) -> discord.Embed | None:
        """Return the blocks as an embed; ``None`` where they say nothing."""
        title, blocks = _headed(self.blocks)
        description = described(blocks, limits.DESCRIPTION_UNITS)
        if not title and not description:
            return None
        return discord.Embed(
            title=_heading(title) or None, description=description or None, colour=COLOUR
        )

    def words(self) -> str:
        """Return it all as a message's own words, where no embed or no file may be sent."""
        told = [Paragraph(picture.alt) for picture in self.pictures]
        told += [Paragraph(document.name) for document in self.documents]
        return described((*told, *self.blocks), limits.CONTENT_UNITS)

    def files(self) -> list[discord.File]:
        """Return what goes along as files, anew each time: sending reads them to the end."""
        files = [_file(number, picture) for number, picture in enumerate(self.pictures, start=1)]
        return files + [discord.File(BytesIO(each.data), each.name) for each in self.documents]

    def is_empty(self) -> bool:
        """Return whether it says and shows nothing."""
        return not (self.rows or self.pictures or self.documents or self.embed())


def messages(reply: Reply) -> list[Rendered]:
    """Return a reply as messages: what one cannot hold of files or buttons goes on in the next.

    A picture that Discord would not take is told in words, a document is named. Polls have no
    right answer here, so that the buttons ask. What would be empty is left out.
    """
    taken = [p for p in reply.pictures if len(p.data) <= limits.FILE_BYTES]
    told = [Paragraph(p.alt) for p in reply.pictures if len(p.data) > limits.FILE_BYTES]
    left = [Note(d.name) for d in reply.documents if len(d.data) > limits.FILE_BYTES]
    files = [d for d in reply.documents if len(d.data) <= limits.FILE_BYTES]
    blocks = (*told, *reply.blocks, *left)
    *bundles, last = _bundles(taken)
    first, *more = pages(reply.choices)
    every = (
        *(Rendered(pictures=bundle) for bundle in bundles),
        Rendered(blocks, first, last),
        *(Rendered(rows=rows) for rows in more),
        *(Rendered(documents=bundle) for bundle in _bundles(files)),
    )
    return [each for each in every if not each.is_empty()]


def described(blocks: Sequence[Block], most: int) -> str:
    """Return blocks as markdown within a limit; sources are kept whatever is shortened."""
    sources = sum(isinstance(block, Credits) for block in blocks)
    share = min(limits.CREDITS_UNITS, 3 * most // 8) // max(sources, 1)
    pieces = [piece for block in blocks if (piece := _piece(block, share)).markdown()]
    _fit(pieces, most)
    return GAP.join(piece.markdown() for piece in pieces)


@dataclass(eq=False)
class Piece:
    """A block as plain text and what it is, or with its markdown ready where it stays whole."""

    kind: type[Block]
    text: str
    whole: str = ""

    def markdown(self) -> str:
        """Return the piece as markdown; "" where it says nothing."""
        if self.whole or not self.text:
            return self.whole
        if self.kind is Title:
            return markdown.bold(self.text)
        if self.kind is Bullets:
            return markdown.bullets(self.text)
        if self.kind is Note:
            return markdown.small(markdown.escaped(self.text))
        return markdown.escaped(self.text)


def _headed(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return the title that an embed begins with, "" for none, and the other blocks."""
    match blocks:
        case (Title(text), *others) if clean(text):
            return clean(text), tuple(others)
    return "", blocks


def _heading(title: str) -> str:
    shown = markdown.escaped(shorten(title, limits.TITLE_UNITS))
    if units(shown) <= limits.TITLE_UNITS:
        return shown
    return _heading(shorten(title, limits.TITLE_UNITS // 2))


def _piece(block: Block, most_credits: int) -> Piece:
    match block:
        case Bullets(items):
            lines = (" ".join(clean(item).split()) for item in items)
            return Piece(Bullets, "\n".join(line for line in lines if line))
        case Credits():
            return Piece(Credits, "", _credits(block, most_credits))
        case Title(text) | Paragraph(text) | Note(text):
            return Piece(type(block), clean(text))


def _credits(block: Credits, most: int) -> str:
    """Return the line of sources.

    Where links take too much room, names stand alone; those without room are left out.
    """
    label = markdown.escaped(shorten(clean(block.label), LEAST_UNITS))
    linked = [_credit(credit) for credit in block.credits]
    named = [_credit(Credit(credit.name, "", credit.licence)) for credit in block.credits]
    line, room = f"-# {label}: ", most - units(ELLIPSIS)
    for number, (full, bare) in enumerate(zip_longest(linked, named, fillvalue="")):
        comma = ", " if number else ""
        fitting = [one for one in (full, bare) if units(line + comma + one) <= room]
        if not fitting:
            return line + ELLIPSIS
        line += comma + fitting[0]
    return line if block.credits else ""


def _credit(credit: Credit) -> str:
    name = " ".join(shorten(clean(credit.name), limits.CREDITS_UNITS // 8).split())
    licence = " ".join(shorten(clean(credit.licence), LEAST_UNITS).split())
    shown = markdown.link(name, credit.link)
    return f"{shown} ({markdown.escaped(licence)})" if licence else shown


def _fit(pieces: list[Piece], most: int) -> None:
    """Shorten the longest piece until all fit; where that does not do, leave out the last."""
    while (excess := _length(pieces) - most) > 0:
        loose = [piece for piece in pieces if not piece.whole]
        if not loose:
            pieces.pop()
            continue
        longest = max(loose, key=lambda piece: units(piece.text))
        length = units(longest.text)
        if length <= LEAST_UNITS:
            pieces.remove(loose[-1])
        else:
            # A character may be two in markdown, so that less of the text is to go.
            cut = max(excess * length // units(longest.markdown()), 1)
            longest.text = shorten(longest.text, max(length - cut, LEAST_UNITS))


def _length(pieces: Sequence[Piece]) -> int:
    return sum(units(piece.markdown()) + units(GAP) for piece in pieces) - units(GAP)


def _bundles(files: Sequence[F]) -> list[tuple[F, ...]]:
    """Return files in the bundles that messages can carry; at least one, perhaps empty."""
    bundles: list[list[F]] = [[]]
    for file in files:
        size = sum(len(each.data) for each in bundles[-1]) + len(file.data)
        if len(bundles[-1]) == limits.FILES or size > limits.FILES_BYTES:
            bundles.append([])
        bundles[-1].append(file)
    return [tuple(bundle) for bundle in bundles]


def _file(number: int, picture: Picture) -> discord.File:
    suffix = {"image/jpeg": "jpg", "image/png": "png"}[picture.mime]
    alt = shorten(clean(picture.alt), limits.ALT_UNITS)
    return discord.File(BytesIO(picture.data), f"docent-{number}.{suffix}", description=alt or None)
