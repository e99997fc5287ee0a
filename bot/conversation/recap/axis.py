"""A timeline on paper, drawn as lines and real letters, so that it can be read aloud and found."""

from collections.abc import Sequence

from fpdf.enums import Align

from bot.conversation.recap.paper import GILT, INK, MARGIN, QUIET, RULE, WHITE, WIDTH, Paper, Words
from bot.vision.lettering import drawable
from bot.vision.timeline import Span, years_below

ROW, BAR, FOOT = 10.5, 2.4, 7.0
"""Millimetres: a movement with its bar, how thick that is, and the years below."""
INNER = 8.0
"""From the edge of the page's column to the first and the last year."""


def axis_height(spans: Sequence[Span]) -> float:
    """Return how high a timeline is."""
    return ROW * len(spans) + FOOT


def axis(paper: Paper, spans: Sequence[Span]) -> None:
    """Draw spans, a row each in their order, from here down."""
    ticks = years_below(min(span.start for span in spans), max(span.end for span in spans))
    top, end = paper.get_y(), paper.get_y() + ROW * len(spans)
    paper.set_draw_color(*RULE)
    paper.set_line_width(0.15)
    for year in ticks:
        at = _place(year, ticks)
        paper.line(at, top, at, end)
    for number, span in enumerate(spans):
        _row(paper, top + number * ROW, span, ticks)
    paper.write_in(Words("", 8, colour=QUIET))
    for year in ticks:
        paper.set_xy(_place(year, ticks) - INNER, end + 1.5)
        paper.cell(2 * INNER, 4, str(year), align=Align.C)
    paper.set_y(end + FOOT)


def _place(year: int, ticks: range) -> float:
    share = (year - ticks[0]) / (ticks[-1] - ticks[0])
    return MARGIN + INNER + (WIDTH - 2 * INNER) * share


def _row(paper: Paper, top: float, span: Span, ticks: range) -> None:
    left, right = _place(span.start, ticks), _place(span.end, ticks)
    paper.write_in(Words("", 10, colour=INK))
    label = paper.cut(drawable(f"{span.name}, {span.start}–{span.end}"), WIDTH)
    long = paper.get_string_width(label)
    at = max(MARGIN, min(left, MARGIN + WIDTH - long))
    paper.set_xy(at - 0.8, top + 0.6)
    with paper.local_context(fill_color=WHITE):  # hides the years' lines behind the letters
        paper.cell(long + 1.6, 5, label, align=Align.C, fill=True)
    wide = max(right - left, BAR)
    with paper.local_context(fill_color=GILT):
        paper.rect(left, top + 6.4, wide, BAR, "F", round_corners=True, corner_radius=BAR / 2)
