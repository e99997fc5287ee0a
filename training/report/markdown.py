"""The pieces of Markdown that the report is written in."""

import math
import re
from collections.abc import Iterable, Sequence

UNKNOWN = "–"


def percent(share: float) -> str:
    """Return ``57.2 %``, or a dash for nan."""
    return UNKNOWN if math.isnan(share) else f"{share:.1%}".replace("%", " %")


def decimal(number: float) -> str:
    """Return ``0.957``, or a dash for nan."""
    return UNKNOWN if math.isnan(number) else f"{number:.3f}"


def plain(text: str) -> str:
    """Return text that means nothing to Markdown: names and titles come from the data."""
    return re.sub(r"([\\`*_\[\]<>|!#])", r"\\\1", " ".join(text.split()))


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """Return a table; the first ``words`` columns are text, the others numbers."""
    marks = [":--" if number < words else "--:" for number in range(len(header))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, marks, *rows))


def picture(file: str, alt: str) -> str:
    """Return a picture that says in words what it shows."""
    return f"![{plain(alt)}]({file})"
