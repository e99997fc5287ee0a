"""The visitor's language, as the browser names it."""

import re

from fastapi import Request

DEFAULT = "en"
_CHOICE = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")


def language_of(request: Request) -> str:
    """Return the language a browser likes best ("de"), from Accept-Language; else English."""
    best, liking = DEFAULT, 0.0
    for part in request.headers.get("accept-language", "").split(","):
        choice = _CHOICE.fullmatch(part)
        if choice and (weight := float(choice[2] or 1)) > liking:
            best, liking = choice[1].lower(), weight
    return best
