"""A reply's words as Telegram shows them: HTML of so many UTF-16 units, and a keyboard."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

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
from bot.platforms.telegram import limits
from bot.platforms.texts import ELLIPSIS, clean, shorten, units

GAP = "\n\n"
LEAST_UNITS = 40
"""A block is not shortened below this; it is left out."""
MENTION = re.compile(r"@(?=\w)")


@dataclass(frozen=True)
class Rendered:
    """What is sent: ``html`` is "" where there is nothing to say, ``photo`` empty without one."""

    html: str
    keyboard: InlineKeyboardMarkup | None
    photo: bytes = b""


@dataclass(eq=False)
class Piece:
    """A block as plain text and the tag it stands in, or with its HTML ready where it is whole."""

    text: str
    tag: str = ""
    whole: str = ""

    def html(self) -> str:
        """Return the piece escaped and in its tag."""
        text = escape(self.text, quote=False)
        return self.whole or (f"<{self.tag}>{text}</{self.tag}>" if self.tag else text)


def render(reply: Reply, most: int = limits.TEXT_UNITS) -> Rendered:
    """Return a reply within Telegram's limits; its sources are kept whatever is shortened.

    Buttons without a word have an ellipsis above them: Telegram sends none alone.
    """
    sources = sum(isinstance(block, Credits) for block in reply.blocks)
    share = min(limits.CREDITS_UNITS, most // 4) // max(sources, 1)
    pieces = [piece for block in reply.blocks if (piece := _piece(block, share)).text]
    _fit(pieces, most)
    buttons = keyboard(reply.choices)
    words = GAP.join(piece.html() for piece in pieces)
    return Rendered(words or (ELLIPSIS if buttons else ""), buttons)


def keyboard(rows: Iterable[Iterable[Choice]]) -> InlineKeyboardMarkup | None:
    """Return the choices as buttons; a row that is too long goes on in the next."""
    buttons: list[list[InlineKeyboardButton]] = []
    left = limits.BUTTONS
    for row in rows:
        choices = list(islice(row, left))
        left -= len(choices)
        for start in range(0, len(choices), limits.BUTTONS_IN_A_ROW):
            part = choices[start : start + limits.BUTTONS_IN_A_ROW]
            buttons.append([_button(choice) for choice in part])
    return InlineKeyboardMarkup(buttons) if buttons else None


def _button(choice: Choice) -> InlineKeyboardButton:
    label = shorten(clean(choice.label), limits.BUTTON_UNITS) or ELLIPSIS
    return InlineKeyboardButton(label, callback_data=choice.data)


def _piece(block: Block, most_credits: int) -> Piece:
    match block:
        case Title(text):
            return Piece(_safe(text), "b")
        case Paragraph(text):
            return Piece(_safe(text))
        case Bullets(items):
            return Piece(_safe("\n".join(f"• {item}" for item in items)))
        case Note(text):
            return Piece(_safe(text), "i")
        case Credits():
            return _credits(block, most_credits)


def _credits(block: Credits, most: int) -> Piece:
    """Return the line of sources; those for which there is no room are left out."""
    label = shorten(_safe(block.label), LEAST_UNITS)
    line = Piece(f"{label}: ", whole=f"{escape(label, quote=False)}: ")
    for number, credit in enumerate(block.credits):
        comma = ", " if number else ""
        one = _credit(credit)
        if units(line.text + comma + one.text) > most - units(ELLIPSIS):
            return Piece(line.text + ELLIPSIS, whole=line.whole + ELLIPSIS)
        line = Piece(line.text + comma + one.text, whole=line.whole + comma + one.whole)
    return line if block.credits else Piece("")


def _credit(credit: Credit) -> Piece:
    name = shorten(_safe(credit.name), limits.CREDITS_UNITS // 4)
    licence = f" ({shorten(_safe(credit.licence), LEAST_UNITS)})" if credit.licence else ""
    html = escape(name, quote=False)
    if credit.link.startswith(("https://", "http://")):
        html = f'<a href="{escape(clean(credit.link))}">{html}</a>'
    return Piece(name + licence, whole=html + escape(licence, quote=False))


def _length(piece: Piece) -> int:
    return units(piece.text)


def _fit(pieces: list[Piece], most: int) -> None:
    """Shorten the longest piece until all fit; where that does not do, leave out the last."""
    while (excess := sum(map(_length, pieces)) + units(GAP) * (len(pieces) - 1) - most) > 0:
        loose = [piece for piece in pieces if not piece.whole]
        if not loose:
            return
        longest = max(loose, key=_length)
        if _length(longest) <= LEAST_UNITS:
            pieces.remove(loose[-1])
        else:
            longest.text = shorten(longest.text, max(_length(longest) - excess, LEAST_UNITS))


def _safe(text: str) -> str:
    """Return a text in which no ``@name`` is a mention: a word joiner keeps Telegram from it."""
    return MENTION.sub("@\u2060", clean(text))
