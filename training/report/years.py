"""When a work was made, from what a catalogue writes."""

import re

BEFORE_CHRIST = re.compile(r"\bb\.?\s?c", re.IGNORECASE)
CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) c", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)([1-9]\d{2,3})(?!\d)")
LATEST = 2100


def year_of(text: str) -> int | None:
    """Return the first year in ``text`` ("c. 1650", "1503–1506", "1640s"); nothing without one."""
    found = None if BEFORE_CHRIST.search(text) else YEAR.search(text)
    return int(found[1]) if found and int(found[1]) < LATEST else None


def century_of(text: str) -> int | None:
    """Return the century ("1650" and "17th c." are 17, "1600" is 16); nothing for an undated work.

    Works from before our era count as undated.
    """
    found = None if BEFORE_CHRIST.search(text) else CENTURY.search(text)
    year = year_of(text)
    if found:
        return int(found[1])
    return (year - 1) // 100 + 1 if year else None


def century_name(number: int) -> str:
    """Return ``17th century`` for 17."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
    return f"{number}{ending} century"
