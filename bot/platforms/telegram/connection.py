"""The connection to Telegram's servers, and whether it is in order."""

import asyncio
import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, User
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.memory.updates import NotKeptError
from bot.platforms import PlatformError
from bot.platforms.redaction import hide_in_logs
from bot.platforms.telegram.inbox import Inbox
from bot.platforms.telegram.limits import CHECK_SECONDS

log = logging.getLogger(__name__)

OFFICIAL_URL = "https://api.telegram.org"
REFUSED = (
    "Telegram does not accept the bot token. Copy it again from @BotFather into TELEGRAM_TOKEN."
)
PRIVACY_ON = (
    "Privacy mode is on: in a group it sees only commands, mentions and replies to it; to let it"
    " answer every photo there, turn it off at @BotFather (/setprivacy) and add the bot anew."
)
INLINE_OFF = (
    "Inline mode is off; to let people write “@{name} monet” in any chat, turn it on at @BotFather"
    " (/setinline)."
)


TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
BAD_URL = (
    "TELEGRAM_API_URL is not a web address such as https://api.telegram.org. Correct it, or leave"
    " it out to use Telegram's own servers."
)


class CarefulRequest(HTTPXRequest):
    """Takes an answer without a result for a failure of the network.

    python-telegram-bot 22.8 raises a bare `KeyError` there, and polls again without a pause.
    ``refused`` is set when Telegram itself says 401: the token is wrong or was revoked. A proxy
    or a hotel's login page may give a 401, 403 or 404 in passing.
    """

    def __init__(self, **arguments: Any) -> None:
        """Take what `HTTPXRequest` takes."""
        super().__init__(**arguments)
        self.refused = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request, and note whether Telegram refuses the token."""
        code, payload = await super().do_request(*args, **kwargs)
        if code == 401 and b'"error_code"' in payload:
            self.refused.set()
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Return the parsed answer. Raises `NetworkError` for one that is no answer."""
        try:
            # HTTPXRequest's own parser would log an answer that was cut off, words and all.
            answer = json.loads(payload.decode(errors="replace"))
        except ValueError:
            raise NetworkError("Telegram's answer is not JSON") from None
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise NetworkError("Telegram's answer has no result")
        return answer


class PollingRequest(CarefulRequest):
    """Keeps the polling alive where python-telegram-bot's updater would stop or stand still.

    At a 401 or a 404 it would stop without a word; at one update that it cannot read it would ask
    for the same ones for ever, and log them. Its next request tells Telegram that these updates
    may be forgotten, so they are kept first. ``answered`` is set once Telegram gave any.
    """

    def __init__(self, inbox: Inbox, **arguments: Any) -> None:
        """Keep updates in ``inbox``; take beside it what `HTTPXRequest` takes."""
        super().__init__(**arguments)
        self._inbox = inbox
        self.answered = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; what the updater would stop at is a bad gateway to it."""
        code, payload = await super().do_request(*args, **kwargs)
        if code != 200:
            return (502 if code in (401, 404) else code), payload
        try:
            kept = await self._kept(payload)
        except NotKeptError:
            log.exception("Updates cannot be kept; Telegram is asked for them again")
        except (ValueError, TypeError, LookupError):
            log.warning("Telegram's answer has no list of updates")
        else:
            self.answered.set()
            return code, kept
        return 502, b"{}"

    async def _kept(self, payload: bytes) -> bytes:
        """Return an answer whose updates are kept; what came before or cannot be read is bare."""
        answer = json.loads(payload.decode(errors="replace"))
        updates = await self._inbox.take(answer["result"])
        return json.dumps({**answer, "result": updates}).encode()


def proper(token: str) -> str:
    """Return a token that looks like one, from now on hidden in logs. Raises `PlatformError`."""
    hide_in_logs(token)
    if not TOKEN.fullmatch(token):
        raise PlatformError(REFUSED)
    return token


def proper_url(api_url: str) -> str:
    """Return a server's address without a slash at its end. Raises `PlatformError`."""
    try:
        url = urlsplit(api_url)
        known = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:
        known = False
    if not known:
        raise PlatformError(BAD_URL)
    return api_url.rstrip("/")


async def check(token: str, api_url: str = OFFICIAL_URL) -> str:
    """Return a sentence on the bot that a token opens. Raises `PlatformError` with one."""
    url, request = proper_url(api_url), CarefulRequest()
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            me = await _who(proper(token), url, request)
    except (TelegramError, TimeoutError) as error:
        sentence = REFUSED if request.refused.is_set() else unreachable(url, error)
        raise PlatformError(sentence) from None
    return describe(me)


def describe(me: User) -> str:
    """Return a sentence on a bot, and one on each thing that is switched off for it."""
    sentences = [f"Telegram knows the bot as @{me.username}."]
    if not me.can_read_all_group_messages:
        sentences.append(PRIVACY_ON)
    if not me.supports_inline_queries:
        sentences.append(INLINE_OFF.format(name=me.username))
    return " ".join(sentences)


def unreachable(api_url: str, error: Exception) -> str:
    """Return the sentence for a server that does not answer as it should."""
    host = urlsplit(api_url).hostname or api_url
    if isinstance(error, BadRequest):
        return f"The server at {host} does not take the settings. Check TELEGRAM_WEBHOOK_URL."
    if isinstance(error, InvalidToken):
        # A 404: Telegram's answer to a token cut short, or that of a server that is not Telegram.
        return f"The server at {host} finds no bot. Check TELEGRAM_TOKEN and TELEGRAM_API_URL."
    return f"Telegram cannot be reached at {host}. Check the network and TELEGRAM_API_URL."


async def _who(token: str, url: str, request: CarefulRequest) -> User:
    bot = Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=request,
        get_updates_request=CarefulRequest(),
    )
    async with bot:
        return bot.bot
