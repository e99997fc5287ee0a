"""A timeline: movements and lives as bars over the years, works as dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.vision.lettering import BOLD, REGULAR, drawable, font
from bot.vision.sheet import BAR, DARK, LIGHT, MARGIN, WIDTH, Sheet

TITLE, NAME, YEAR = 46, 38, 30
"""Sizes of letters; a phone shows the picture at about a third."""
TITLE_ROW, ROW, AXIS = 100, 92, 60
GAP = 18
"""From a name's base line to its bar."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
TICKS = 6
"""Years that are named below at most, the first aside."""
INNER = 28
"""Pixels from the edge of the years to the first and last tick."""


@dataclass(frozen=True)
class Span:
    """One row: what lasted from a year to a year, or a dot where both are one."""

    name: str
    start: int
    end: int
    is_movement: bool = False
    is_subject: bool = False
    """Whether it is what the timeline is about."""


def timeline(title: str, spans: Sequence[Span], *, dark: bool = False) -> bytes:
    """Return spans, a row each in their order, as a PNG `WIDTH` pixels wide.

    Raises `ValueError` where there are none, or one ends before it begins.
    """
    if not spans or any(span.end < span.start for span in spans):
        raise ValueError("A timeline has spans, each of which ends after it begins.")
    colours = DARK if dark else LIGHT
    ticks = years_below(min(span.start for span in spans), max(span.end for span in spans))
    first, last = ticks[0], ticks[-1]
    rows = TITLE_ROW + ROW * len(spans)
    sheet = Sheet(2 * MARGIN + rows + AXIS, colours)
    sheet.text(MARGIN + TITLE, title, font(BOLD, TITLE), colours.text)
    for year in ticks:
        at = _place(year, first, last)
        sheet.line(at, MARGIN + TITLE_ROW, MARGIN + rows, colours.track)
        letters = font(REGULAR, YEAR)
        base = MARGIN + rows + AXIS - GAP
        sheet.text(base, str(year), letters, colours.quiet, left=at, room=WIDTH, anchor="ms")
    for number, span in enumerate(spans):
        _row(sheet, MARGIN + TITLE_ROW + number * ROW, span, first, last)
    return sheet.png()


def years_below(first: int, last: int) -> range:
    """Return round years, evenly spaced, of which two years lie within the first and the last."""
    last = max(last, first + 1)
    scales = (range(first // step * step, last + step, step) for step in STEPS)
    return next(scale for scale in scales if len(scale) <= TICKS + 1 or scale.step == STEPS[-1])


def _place(year: int, first: int, last: int) -> float:
    left, right = MARGIN + INNER, WIDTH - MARGIN - INNER
    return left + (right - left) * (year - first) / (last - first)


def _row(sheet: Sheet, top: int, span: Span, first: int, last: int) -> None:
    colours = sheet.colours
    letters = font(BOLD if span.is_subject else REGULAR, NAME)
    colour = colours.movements if span.is_movement else colours.artists
    left, right = _place(span.start, first, last), _place(span.end, first, last)
    years = f"{span.start}–{span.end}" if span.end > span.start else str(span.start)
    label = drawable(f"{span.name} {years}")
    long = min(letters.getlength(label), WIDTH - 2 * MARGIN)
    at = max(MARGIN, min(left, WIDTH - MARGIN - long))
    ink = colours.text if span.is_subject else colours.quiet
    sheet.text(top + NAME, label, letters, ink, left=at, room=WIDTH - 2 * MARGIN)
    sheet.bar(top + NAME + GAP, left - BAR / 2, right + BAR / 2, colour)
