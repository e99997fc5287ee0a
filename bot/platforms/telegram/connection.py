"""The connection to Telegram's servers, and whether it is in order."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, User
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.platforms import PlatformError
from bot.platforms.telegram.limits import CHECK_SECONDS
from bot.platforms.telegram.redaction import hide_in_logs

OFFICIAL_URL = "https://api.telegram.org"
REFUSED = (
    "Telegram does not accept the bot token. Copy it again from @BotFather into TELEGRAM_TOKEN."
)
PRIVACY_ON = (
    "Privacy mode is on: in a group it sees only commands, mentions and replies to it; to let it"
    " answer every photo there, turn it off at @BotFather (/setprivacy) and add the bot anew."
)


TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class CarefulRequest(HTTPXRequest):
    """Takes an answer without a result for a failure of the network.

    python-telegram-bot 22.8 raises a bare `KeyError` there, and polls again without a pause.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """Return the parsed answer. Raises `NetworkError` for one that is no answer."""
        try:
            answer = HTTPXRequest.parse_json_payload(payload)
        except TelegramError as error:
            raise NetworkError("Telegram's answer is not JSON") from error
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise NetworkError("Telegram's answer has no result")
        return answer


class PollingRequest(CarefulRequest):
    """Keeps the polling alive: at a 401 or a 404 the updater would stop without a word.

    ``refused`` is set at a 401, when the token was revoked; a proxy may give a 404 in passing.
    """

    def __init__(self, **arguments: Any) -> None:
        """Take what `HTTPXRequest` takes."""
        super().__init__(**arguments)
        self.refused = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request; what the updater would stop at is a bad gateway to it."""
        code, payload = await super().do_request(*args, **kwargs)
        if code == 401:
            self.refused.set()
        return (502 if code in (401, 404) else code), payload


def proper(token: str) -> str:
    """Return a token that looks like one, from now on hidden in logs. Raises `PlatformError`."""
    hide_in_logs(token)
    if not TOKEN.fullmatch(token):
        raise PlatformError(REFUSED)
    return token


async def check(token: str, api_url: str = OFFICIAL_URL) -> str:
    """Return a sentence on the bot that a token opens. Raises `PlatformError` with one."""
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            me = await _who(proper(token), api_url)
    except InvalidToken:
        raise PlatformError(REFUSED) from None
    except (TelegramError, TimeoutError):
        raise PlatformError(unreachable(api_url)) from None
    return describe(me)


def describe(me: User) -> str:
    """Return a sentence on a bot, and one on groups where it does not see all."""
    sentence = f"Telegram knows the bot as @{me.username}."
    return sentence if me.can_read_all_group_messages else f"{sentence} {PRIVACY_ON}"


def unreachable(api_url: str) -> str:
    """Return the sentence for a server that does not answer as it should."""
    host = urlsplit(api_url).hostname or api_url
    return f"Telegram cannot be reached at {host}. Check the network and TELEGRAM_API_URL."


async def _who(token: str, api_url: str) -> User:
    bot = Bot(
        token,
        base_url=f"{api_url.rstrip('/')}/bot",
        base_file_url=f"{api_url.rstrip('/')}/file/bot",
        request=CarefulRequest(),
        get_updates_request=CarefulRequest(),
    )
    async with bot:
        return bot.bot
