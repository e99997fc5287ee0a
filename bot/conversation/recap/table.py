"""The stops as a CSV that a spreadsheet opens as it is."""

import csv
import io
from collections.abc import Sequence

from bot.conversation.recap.data import Recap, StopSeen

COLUMNS = (
    *("number", "time", "title", "artist", "artist_id", "year", "movement", "room"),
    *("seen_by", "decided_by", "right", "guessed"),
)
"""Names that stay, in every language: other programs read them."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with, since a spreadsheet would take it for a formula (OWASP)."""


def recap_csv(recap: Recap) -> bytes:
    """Return one line a stop, as RFC 4180 has it, in UTF-8 with the mark that Excel looks for."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows(map(_row, recap.stops))
    return file.getvalue().encode("utf-8-sig")


def _row(stop: StopSeen) -> tuple[str, ...]:
    texts = (stop.title, stop.artist, stop.artist_id, stop.year, stop.movement, stop.room)
    return (
        str(stop.number),
        stop.at.isoformat(timespec="seconds"),
        *map(_harmless, texts),
        _people(stop.by),
        stop.decided,
        _people(stop.right),
        str(stop.guessed),
    )


def _people(people: Sequence[str]) -> str:
    return "; ".join(map(_harmless, people))


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
