"""What the web chat itself says where it refuses a request, in the visitor's language."""

from functools import cache
from pathlib import Path

from fastapi import Request
from starlette.exceptions import HTTPException

from bot.conversation.phrases import Phrases
from bot.platforms.web.bodies import IDENTIFY_PATH, is_form
from bot.platforms.web.languages import language_of
from bot.platforms.web.limits import PHOTOS

FOLDER = Path(__file__).parent / "refusals"
OF_STATUS = {
    404: "not_found",
    405: "wrong_method",
    408: "photo_too_slow",
    413: "request_too_long",
}


@cache
def refusals() -> Phrases:
    """Return the sentences of the web chat's server."""
    return Phrases(FOLDER)


def refusal(request: Request, key: str, **values: object) -> str:
    """Return a sentence in the language of a request."""
    return refusals().say(key, language_of(request), **values)


def why_refused(request: Request, error: HTTPException) -> str:
    """Return a sentence for a request that the server itself turned down."""
    if error.status_code == 400:
        return _why_unreadable(request)
    return refusal(request, OF_STATUS.get(error.status_code, "refused"))


def _why_unreadable(request: Request) -> str:
    """Return a sentence for a body that is not what its content type says."""
    if not is_form(request):
        return refusal(request, "body_unreadable")
    most = PHOTOS if request.url.path == IDENTIFY_PATH else 1
    return refusal(request, "form_unreadable", count=most)
