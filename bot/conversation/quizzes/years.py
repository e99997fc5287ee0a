"""When was it painted? Four years, or four decades, far enough apart."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from knowledge.entries import Artist

EXACT = re.compile(r"\d{4}")
VAGUE = re.compile(r"(?:c\. ?|um |vers |hacia |circa )?(\d{4})(?:\s*[–/-]\s*(?:c\. )?(\d{4}))?")
DECADE = re.compile(r"(\d{3}[1-9]|\d{2}[1-9]0)s")
"""``1660s``; what ``1600s`` means is not certain."""
OTHERS = 3
GAPS = ((1850, 9), (1700, 14), (0, 20))
"""From which year on, how many years lie between an option and the next, about."""
DECADES = 20
"""Years between the beginnings of decades to choose from: the next one could be right as well."""
YOUNGEST = 15
"""Years of age at which a painter may have painted something."""
STEPS = 3


@dataclass(frozen=True)
class Years:
    """Options of a question of years, the earliest first."""

    options: tuple[str, ...]
    right: int


def year_options(year: str, artist: Artist | None, rng: random.Random) -> Years | None:
    """Return four years where a work's is certain, four decades where it is about certain.

    ``None`` where neither is: of what was painted over years, or nobody knows when.
    """
    if EXACT.fullmatch(year):
        right = int(year)
        gap = next(gap for since, gap in GAPS if right >= since)
        return _chosen(right, gap, gap // 3, 0, artist, rng)
    decade = decade_of(year)
    return None if decade is None else _chosen(decade, DECADES, 0, 9, artist, rng)


def decade_of(year: str) -> int | None:
    """Return the first year of the decade in which all of a vague date lies.

    >>> decade_of("c. 1665"), decade_of("1884–1886"), decade_of("1498–1502")
    (1660, 1880, None)
    """
    if plain := DECADE.fullmatch(year):
        return int(plain[1])
    vague = VAGUE.fullmatch(year)
    if vague is None:
        return None
    decades = {int(each) // 10 for each in vague.groups() if each}
    return 10 * decades.pop() if len(decades) == 1 else None


def _chosen(
    right: int, gap: int, jitter: int, length: int, artist: Artist | None, rng: random.Random
) -> Years:
    """Return the right year among others, in the painter's lifetime where that has room."""
    steps = [step for step in range(-STEPS, STEPS + 1) if step]
    others = [right + gap * step + rng.randint(-jitter, jitter) for step in steps]
    now = datetime.now(UTC).year
    others = [other for other in others if other + length <= now]
    rng.shuffle(others)
    first, last = _lifetime(artist, now)
    others.sort(key=lambda other: not first <= other <= last)
    years = sorted([right, *others[:OTHERS]])
    return Years(tuple(_written(year, length) for year in years), years.index(right))


def _lifetime(artist: Artist | None, now: int) -> tuple[int, int]:
    """Return the years in which a painter painted; all years where they are not known."""
    born = artist.born.year if artist else None
    died = artist.died.year if artist and artist.died else None
    return (born + YOUNGEST if born else 0), died or now


def _written(year: int, length: int) -> str:
    """Return a year, or a decade as it is clear in every language: ``1660–1669``."""
    return f"{year}–{year + length}" if length else str(year)
