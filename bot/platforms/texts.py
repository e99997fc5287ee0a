"""Texts within a platform's limits, which are counted in UTF-16 units to be on the safe side."""

import re

ELLIPSIS = "…"
SENTENCE_END = re.compile(r"[.!?]['\"”’»)]*(?=\s)|[。！？\n]")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, most: int) -> str:
    """Return a text of at most ``most`` UTF-16 units, cut after a sentence or else a word."""
    if units(text) <= most:
        return text
    cut = text.encode("utf-16-le")[: 2 * max(most - 2, 0)].decode("utf-16-le", "ignore")
    ends = [match.end() for match in SENTENCE_END.finditer(cut)]
    if ends and ends[-1] > len(cut) // 2:
        return f"{cut[: ends[-1]].rstrip()} {ELLIPSIS}"
    words = cut.rpartition(" ")[0] if len(cut.rpartition(" ")[0]) > len(cut) // 2 else cut
    return f"{words.rstrip()}{ELLIPSIS}" if most > 1 else ELLIPSIS[:most]


def clean(text: str) -> str:
    """Return a text that can be sent: no broken surrogates, no NUL."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "").strip()
