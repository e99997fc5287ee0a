"""How the report's pictures look: one palette, readable sizes, drawn without a screen."""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from PIL import Image

HEAD_COLOURS = ("#0072b2", "#d55e00")
"""Painters and movements: blue and vermilion of Okabe and Ito, apart for every kind of eye."""
HEAD_MARKS = ("o", "s")
INK = "#222222"
FAINT = "#8a8a8a"
HEAT = "Blues"
"""White to dark in one hue, so that darkness alone tells more from less."""
NOTHING = "#e4e4e4"
DOTS_AN_INCH = 110
SHADES = 64
PERCENT = PercentFormatter(xmax=1, decimals=0, symbol=" %")
LOOK: Any = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": "#dddddd",
}
drawn = rc_context(LOOK)
"""Decorates whatever draws."""


def canvas(width: float, height: float) -> Figure:
    """Return an empty picture of ``width`` × ``height`` inches; no window, no screen needed."""
    return Figure(figsize=(width, height), dpi=DOTS_AN_INCH, layout="constrained")


def in_percent(axes: Axes, *, x: bool = False, y: bool = False) -> None:
    """Show shares of 0..1 as 0 % to 100 %, with a grid to read them by."""
    if x:
        axes.xaxis.set_major_formatter(PERCENT)
    if y:
        axes.yaxis.set_major_formatter(PERCENT)
    axes.grid(True)
    axes.set_axisbelow(True)


def save(figure: Figure, path: Path, *, few_colours: bool = True) -> None:
    """Write a picture as PNG; the same figures give the same file.

    A picture of ``few_colours`` is kept in `SHADES` of them, which takes a third of the bytes.
    """
    drawing: Any = FigureCanvasAgg(figure)
    drawing.draw()
    image = Image.fromarray(np.asarray(drawing.buffer_rgba())).convert("RGB")
    if few_colours:
        image = image.quantize(SHADES, dither=Image.Dither.NONE)
    image.save(path, "PNG")
