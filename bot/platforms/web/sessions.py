"""Who is chatting: an anonymous cookie, which comes with the page or else the first answer."""

import hashlib
import re
import secrets
from dataclasses import dataclass

from fastapi import Request, Response

from bot.conversation.events import Chat, Person

COOKIE = "docent_session"
KEPT_SECONDS = 30 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Session:
    """One browser. ``token`` is secret; what is stored and logged is ``id``, made from it."""

    token: str

    @property
    def id(self) -> str:
        """32 hexadecimal digits that name the session and do not open it."""
        return hashlib.sha256(self.token.encode()).hexdigest()[:32]

    @property
    def chat(self) -> Chat:
        """The chat of this browser."""
        return Chat("web", self.id)

    def person(self, name: str) -> Person:
        """Return the one person in it, by the name that guests have."""
        return Person(self.id, name)


def session_of(request: Request) -> Session:
    """Return the session of a request, a new one where the cookie is missing or malformed."""
    token = request.cookies.get(COOKIE, "")
    return Session(token if _TOKEN.fullmatch(token) else secrets.token_urlsafe(32))


def remember(response: Response, session: Session, *, secure: bool) -> None:
    """Let the browser keep its session; ``secure`` where the page came by HTTPS.

    Lax, not strict: a strict cookie is not shown when a link elsewhere leads to the page, which
    would then replace it. No other site's form or script gets it either way.
    """
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
