"""Updates that Telegram brings to a web address of ours, instead of being asked for them."""

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.platforms import PlatformError
from bot.platforms.redaction import hide_in_logs

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Where a Bot API server of one's own may run."""
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
BAD_URL = (
    "TELEGRAM_WEBHOOK_URL is not an https address such as https://docent.example.org/telegram."
    " Correct it, or leave it out and Docent asks Telegram for news itself."
)
BAD_CHARACTERS = (
    "TELEGRAM_WEBHOOK_SECRET may have up to 256 of the characters A–Z, a–z, 0–9, _ and -. Correct"
    " it, or leave it out and Docent makes one."
)


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates to (``url``), and where they come out on this machine."""

    url: str
    host: str = "127.0.0.1"
    port: int = 0
    secret: str = field(default="", repr=False)
    """What Telegram says with each; "" for one made at random now."""

    def __post_init__(self) -> None:
        """Make the secret, and hide it in logs. Raises `PlatformError` for what cannot be."""
        if not _proper(self.url):
            raise PlatformError(BAD_URL)
        object.__setattr__(self, "secret", self.secret or secrets.token_urlsafe(32))
        if not SECRET.fullmatch(self.secret):
            raise PlatformError(BAD_CHARACTERS)
        hide_in_logs(self.secret)

    @property
    def path(self) -> str:
        """The path of the address, at which updates are taken."""
        return urlsplit(self.url).path or "/"


def _proper(url: str) -> bool:
    """Return whether updates can come to an address; plainly only from this very machine."""
    try:
        parts = urlsplit(url)
        schemes = ("https", "http") if parts.hostname in LOOPBACK else ("https",)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
