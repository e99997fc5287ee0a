"""The most confident mistakes, as a contact sheet.

It shows pictures of the data, which are not ours to publish: it belongs into the run folder alone.
"""

from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten

import numpy as np

from training.report.evaluated import Evaluated
from training.report.markdown import percent
from training.report.style import canvas, drawn, save

MOST = 24
COLUMNS = 6
LONGEST = 36


@dataclass(frozen=True)
class Mistake:
    """A picture taken for another painter's."""

    row: int
    """Its row among the evaluated pictures."""
    true: str
    given: str
    confidence: float
    title: str


def mistakes(parts: Evaluated, most: int = MOST) -> list[Mistake]:
    """Return the painters' most confident mistakes, the surest first."""
    head = parts.painters
    wrong = np.flatnonzero(head.asked & ~head.right)
    surest = wrong[np.argsort(-head.confidence[wrong], kind="stable")][:most]
    return [
        Mistake(
            int(row),
            head.names[head.truth[row]],
            head.names[head.guess[row]],
            float(head.confidence[row]),
            parts.examples[row].title,
        )
        for row in surest
    ]


@drawn
def draw_mistakes(parts: Evaluated, found: list[Mistake], path: Path) -> None:
    """Write the contact sheet of at least one mistake; the pictures are squeezed to squares."""
    rows = -(-len(found) // COLUMNS)
    figure = canvas(2.3 * COLUMNS, 2.85 * rows)
    grid = figure.subplots(rows, COLUMNS, squeeze=False)
    for number, axes in enumerate(grid.flat):
        axes.set_axis_off()
        if number < len(found):
            mistake = found[number]
            axes.imshow(parts.pictures[parts.indices[mistake.row]])
            true = shorten(f"{number + 1}. true: {mistake.true}", LONGEST, placeholder="…")
            given = shorten(f"given: {mistake.given}", LONGEST, placeholder="…")
            caption = f"{true}\n{given}\n{percent(mistake.confidence)} sure"
            axes.set_title(caption, fontsize=8.5, loc="left", parse_math=False)
    save(figure, path, few_colours=False)
