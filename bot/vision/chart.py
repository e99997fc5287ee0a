"""The chart of the best guesses: names, bars and percentages, readable on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.vision.lettering import BOLD, REGULAR, font
from bot.vision.sheet import DARK, LIGHT, MARGIN, WIDTH, Colour, Sheet

TITLE, NAME = 46, 42
"""Sizes of letters; a phone shows the picture at about a third, so 14 to 15 points."""
TITLE_ROW, ROW = 94, 102
GAP = 22
"""From a name's base line to its bar."""
BETWEEN = 40
"""Between the two groups."""


@dataclass(frozen=True)
class Bar:
    """One row: a name, and its share from 0 to 1."""

    name: str
    share: float


def chart(
    artists: Sequence[Bar],
    movements: Sequence[Bar],
    *,
    artist_title: str,
    movement_title: str,
    dark: bool = False,
) -> bytes:
    """Return two groups of bars as a PNG, `WIDTH` pixels wide and as high as the rows need.

    A bar as wide as its track is a share of 1. A name too long is cut, and what the font has no
    letter for is written in plain Latin ones. A group without bars is left out, title and all.
    """
    colours = DARK if dark else LIGHT
    groups = [
        (title, bars, colour)
        for title, bars, colour in (
            (artist_title, artists, colours.artists),
            (movement_title, movements, colours.movements),
        )
        if bars
    ]
    heights = [TITLE_ROW + ROW * len(bars) for _, bars, _ in groups]
    sheet = Sheet(2 * MARGIN + sum(heights) + BETWEEN * (len(groups) - 1), colours)
    top = MARGIN
    for (title, bars, colour), group_height in zip(groups, heights, strict=True):
        sheet.text(top + TITLE, title, font(BOLD, TITLE), colours.text)
        for number, bar in enumerate(bars):
            base = top + TITLE_ROW + number * ROW + NAME
            _row(sheet, base, bar, colour, first=number == 0)
        top += group_height + BETWEEN
    return sheet.png()


def _row(sheet: Sheet, base: int, bar: Bar, colour: Colour, *, first: bool) -> None:
    ink = sheet.colours.text if first else sheet.colours.quiet
    letters = font(BOLD if first else REGULAR, NAME)
    percent = f"{bar.share:.0%}".replace("%", " %")
    right = WIDTH - MARGIN
    sheet.text(base, percent, letters, ink, left=right, room=right, anchor="rs")
    room = right - MARGIN - letters.getlength(percent) - NAME
    sheet.text(base, bar.name, letters, ink, room=room)
    sheet.bar(base + GAP, MARGIN, right, sheet.colours.track)
    if bar.share > 0:
        sheet.bar(base + GAP, MARGIN, MARGIN + min(1.0, bar.share) * (right - MARGIN), colour)
