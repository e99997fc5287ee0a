"""A ground to draw on, in colours that everybody can tell apart: letters and bars."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from bot.vision.lettering import drawable, fitted

Colour = tuple[int, int, int]

WIDTH = 1080
MARGIN = 56
BAR = 18
"""How thick a bar is, in pixels."""
FINER = 4
"""Bars are drawn this much larger, then reduced: Pillow smooths letters, but no curves."""


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


class Sheet:
    """A ground of `WIDTH` pixels; texts stand on base lines, bars hang from their tops."""

    def __init__(self, height: int, colours: Palette) -> None:
        """Start with an empty ground."""
        self.colours = colours
        self._image = Image.new("RGB", (WIDTH, height), colours.ground)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        base: int,
        text: str,
        letters: ImageFont.FreeTypeFont,
        ink: Colour,
        *,
        left: float = MARGIN,
        room: float | None = None,
        anchor: str = "ls",
    ) -> None:
        """Write a line; one too long for its room is cut, and what the font lacks is in Latin."""
        line = fitted(drawable(text), WIDTH - MARGIN - left if room is None else room, letters)
        self._draw.text((left, base), line, ink, letters, anchor=anchor)

    def bar(self, top: int, left: float, right: float, colour: Colour, thick: int = BAR) -> None:
        """Draw a bar with round ends; one that is shorter than thick is a dot."""
        long = max(thick, round(right - left))
        shape = Image.new("L", (long * FINER, thick * FINER))
        corner = (long * FINER - 1, thick * FINER - 1)
        ImageDraw.Draw(shape).rounded_rectangle(((0, 0), corner), thick * FINER / 2, 255)
        self._image.paste(colour, (round(left), top), shape.reduce(FINER))

    def line(self, left: float, top: int, bottom: int, colour: Colour) -> None:
        """Draw a thin line from top to bottom."""
        self._draw.line(((left, top), (left, bottom)), colour, 2)

    def png(self) -> bytes:
        """Return what was drawn as a PNG."""
        file = io.BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()
