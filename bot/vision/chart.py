"""The chart of the best guesses: names, bars and percentages, readable on a phone."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from bot.vision.lettering import BOLD, REGULAR, drawable, fitted, font

Colour = tuple[int, int, int]

WIDTH = 1080
MARGIN = 56
TITLE, NAME = 46, 42
"""Sizes of letters; a phone shows the picture at about a third, so 14 to 15 points."""
TITLE_ROW, ROW = 94, 102
GAP, BAR = 22, 18
"""From a name's base line to its bar, and how thick that is."""
BETWEEN = 40
"""Between the two groups."""
FINER = 4
"""Bars are drawn this much larger, then reduced: Pillow smooths letters, but no curves."""


@dataclass(frozen=True)
class Bar:
    """One row: a name, and its share from 0 to 1."""

    name: str
    share: float


@dataclass(frozen=True)
class Palette:
    """Colours of one background; those of the bars are Okabe and Ito's, safe for the colour-blind.

    Source: Okabe & Ito 2008, "Color Universal Design".
    """

    ground: Colour
    text: Colour
    quiet: Colour
    track: Colour
    artists: Colour
    movements: Colour


LIGHT = Palette(
    (0xFD, 0xFC, 0xF9),
    (0x1E, 0x22, 0x27),
    (0x55, 0x5C, 0x64),
    (0xE9, 0xE6, 0xDF),
    (0x00, 0x72, 0xB2),
    (0xD5, 0x5E, 0x00),
)
DARK = Palette(
    (0x17, 0x1A, 0x1F),
    (0xF3, 0xF1, 0xEC),
    (0xA9, 0xAF, 0xB7),
    (0x2E, 0x33, 0x3B),
    (0x56, 0xB4, 0xE9),
    (0xE6, 0x9F, 0x00),
)


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
    height = 2 * MARGIN + sum(heights) + BETWEEN * (len(groups) - 1)
    sheet = _Sheet(height, colours)
    top = MARGIN
    for (title, bars, colour), group_height in zip(groups, heights, strict=True):
        sheet.group(top, title, bars, colour)
        top += group_height + BETWEEN
    return sheet.png()


class _Sheet:
    """A ground to draw groups of bars on."""

    def __init__(self, height: int, colours: Palette) -> None:
        self._colours = colours
        self._image = Image.new("RGB", (WIDTH, height), colours.ground)
        self._draw = ImageDraw.Draw(self._image)

    def group(self, top: int, title: str, bars: Sequence[Bar], colour: Colour) -> None:
        self._text(top + TITLE, title, font(BOLD, TITLE), self._colours.text)
        for number, bar in enumerate(bars):
            self._row(top + TITLE_ROW + number * ROW + NAME, bar, colour, first=number == 0)

    def _row(self, base: int, bar: Bar, colour: Colour, *, first: bool) -> None:
        ink = self._colours.text if first else self._colours.quiet
        letters = font(BOLD if first else REGULAR, NAME)
        percent = f"{bar.share:.0%}".replace("%", " %")
        right = WIDTH - MARGIN
        self._draw.text((right, base), percent, ink, letters, anchor="rs")
        room = right - MARGIN - letters.getlength(percent) - NAME
        self._text(base, bar.name, letters, ink, room)
        self._bar(base + GAP, 1.0, self._colours.track)
        self._bar(base + GAP, bar.share, colour)

    def _text(
        self,
        base: int,
        text: str,
        letters: ImageFont.FreeTypeFont,
        ink: Colour,
        room: float = WIDTH - 2 * MARGIN,
    ) -> None:
        line = fitted(drawable(text), room, letters)
        self._draw.text((MARGIN, base), line, ink, letters, anchor="ls")

    def _bar(self, top: int, share: float, colour: Colour) -> None:
        """Draw a bar with round ends; the smallest share that is one is a dot."""
        if share <= 0:
            return
        long = max(BAR, round(min(1.0, share) * (WIDTH - 2 * MARGIN)))
        shape = Image.new("L", (long * FINER, BAR * FINER))
        corner = (long * FINER - 1, BAR * FINER - 1)
        ImageDraw.Draw(shape).rounded_rectangle(((0, 0), corner), BAR * FINER / 2, 255)
        self._image.paste(colour, (MARGIN, top), shape.reduce(FINER))

    def png(self) -> bytes:
        file = io.BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()
