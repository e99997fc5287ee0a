"""Tidying and shortening the plain text of an encyclopedia page."""

import re

LENGTH = 900
"""Characters of a text that is read in a chat."""

_HOLLOW = re.compile(r"\(\s*[;,]*\s*\)")
_HOLLOW_START = re.compile(r"\(\s*(?:[;,]\s*)+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\s*\n\s*")
_END = re.compile(r"(?<![\s.]\w)(?<!\b\w\w)(?<!\d\.)[.!?]['\"”»)]*(?=\s)|[。！？]")
_ABBREVIATIONS = re.compile(
    r"\b(?:St|Mrs?|Dr|Jr|Sr|vol|cat|approx|ca|bzw|geb|gest|ул|род|ум)\.$", re.I
)


def tidy(text: str) -> str:
    """One space between words, one empty line between paragraphs, no emptied parentheses.

    Wikipedia's plain text leaves ``(; 30 March 1853)`` where a sound or a note stood.
    """
    flat = _HOLLOW_START.sub("(", _HOLLOW.sub("", text))
    lines = _LINES.sub("\n\n", _SPACES.sub(" ", flat).strip())
    return re.sub(r" +([,.;:])", r"\1", lines)


def shorten(text: str, length: int = LENGTH) -> tuple[str, bool]:
    """Return the text to the last sentence end within ``length``, and whether that is less.

    Where no sentence ends in time it is cut between words, with an ellipsis.
    """
    if len(text) <= length:
        return text, False
    ends = [end.end() for end in _END.finditer(text[: length + 1]) if end.end() <= length]
    for end in reversed(ends):
        if not _ABBREVIATIONS.search(text[:end]):
            return text[:end], True
    return f"{text[: length - 1].rsplit(None, 1)[0]}…", True
