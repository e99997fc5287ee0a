"""How updates reach a bot: by long polling or by webhook, never both."""

import asyncio
import re
import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.peers.telegram_server.answers import RefusedError, wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.people import People

UPDATES_AT_ONCE = 100
POSTS_AT_ONCE = 40
PORTS = (80, 88, 443, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
POST_SECONDS = 10.0
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds before a post is tried again; the last of them from then on."""
LOOK_SECONDS = 0.005
OTHER_CONSUMER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)
HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
    " the webhook first"
)


class Delivery:
    """Brings the updates of ``people`` to the bot, each until the bot has confirmed it.

    ``plain`` lets a webhook be ``http://`` and on any port, which Telegram does not.
    """

    def __init__(self, people: People, problems: list[str]) -> None:
        """Add to ``problems`` what no webhook may answer."""
        self.plain = False
        self.again: list[dict[str, Any]] = []
        self.info: dict[str, Any] = {"url": "", "has_custom_certificate": False}
        self.posting = 0
        self.most_posting = 0
        """The most updates that were on their way to the webhook at once."""
        self._people = people
        self._problems = problems
        self._secret = ""
        self._taken = 0
        self._returned: list[dict[str, Any]] = []
        """Updates that a webhook did not take before it was deleted."""
        self._consumer = 0
        self._posts: asyncio.Task[None] | None = None

    async def get_updates(self, call: Call) -> list[dict[str, Any]]:
        """Answer ``getUpdates``: wait as long as asked; an offset confirms all before it."""
        self._consumer += 1
        consumer, values = self._consumer, call.values
        self._allow(values)
        self._confirm(values.get("offset", 0))
        limit = max(1, min(UPDATES_AT_ONCE, values.get("limit", UPDATES_AT_ONCE)))
        end = time.monotonic() + values.get("timeout", 0)
        while True:
            if self.info["url"]:
                raise RefusedError(409, HAS_WEBHOOK)
            if consumer != self._consumer:
                raise RefusedError(409, OTHER_CONSUMER)
            again, self.again = self.again, []
            new = [*self._returned, *self._people.updates[self._taken : self._taken + limit]]
            if again or new or time.monotonic() >= end:
                return [*again, *new][:limit]
            await asyncio.sleep(LOOK_SECONDS)

    def set_webhook(self, call: Call) -> bool:
        """Answer ``setWebhook``."""
        values = call.values
        if not values["url"]:
            return self.delete_webhook(call)
        self._check(values)
        self._allow(values)
        if values.get("drop_pending_updates"):
            self._drop()
        self._secret = values.get("secret_token", "")
        most = values.get("max_connections", POSTS_AT_ONCE)
        self.info = {"url": values["url"], "has_custom_certificate": False}
        self.info |= {"max_connections": most, "ip_address": "127.0.0.1"}
        if self._posts is None:
            self._posts = asyncio.create_task(self._post_all())
        return True

    def delete_webhook(self, call: Call) -> bool:
        """Answer ``deleteWebhook``; what was not delivered waits for getUpdates."""
        if call.values.get("drop_pending_updates"):
            self._drop()
        self.info = {"url": "", "has_custom_certificate": False}
        return True

    def webhook_info(self, _: Call) -> dict[str, Any]:
        """Answer ``getWebhookInfo``."""
        waiting = len(self._returned) + len(self._people.updates) - self._taken + self.posting
        allowed = sorted(self._people.allowed)
        more = {"allowed_updates": allowed} if allowed else {}
        return {**self.info, "pending_update_count": waiting, **more}

    async def close(self) -> None:
        """Post nothing more."""
        if self._posts is not None:
            self._posts.cancel()
            await asyncio.gather(self._posts, return_exceptions=True)

    def _allow(self, values: dict[str, Any]) -> None:
        if "allowed_updates" in values:
            self._people.allowed = frozenset(values["allowed_updates"])

    def _confirm(self, offset: int) -> None:
        updates = self._people.updates
        self._returned = [u for u in self._returned if u["update_id"] >= offset >= 0]
        if offset < 0:
            self._taken = max(self._taken, len(updates) + offset)
        while self._taken < len(updates) and updates[self._taken]["update_id"] < offset:
            self._taken += 1

    def _drop(self) -> None:
        self._taken, self._returned = len(self._people.updates), []

    def _check(self, values: dict[str, Any]) -> None:
        url = urlsplit(values["url"])
        if not SECRET.fullmatch(values.get("secret_token", "x")):
            raise wrong("secret token contains unallowed characters")
        if not 1 <= values.get("max_connections", POSTS_AT_ONCE) <= 100:
            raise wrong("max_connections must be 1-100")
        if self.plain and url.hostname in ("127.0.0.1", "localhost"):
            return
        if url.scheme != "https":
            raise wrong("bad webhook: An HTTPS URL must be provided for webhook")
        if (url.port or 443) not in PORTS:
            raise wrong("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")

    async def _post_all(self) -> None:
        """Post in order, up to ``max_connections`` at once, for as long as there is a webhook."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as posts:
            while True:
                while self.posting < self.info.get("max_connections", 0) and (u := self._next()):
                    self.posting += 1
                    self.most_posting = max(self.most_posting, self.posting)
                    posts.create_task(self._post(session, u))
                await asyncio.sleep(LOOK_SECONDS)

    def _next(self) -> dict[str, Any] | None:
        for waiting in (self.again, self._returned):
            if waiting:
                return waiting.pop(0)
        if self._taken == len(self._people.updates):
            return None
        self._taken += 1
        return self._people.updates[self._taken - 1]

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        """Post one update until it is taken, or the webhook is no more."""
        tries = 0
        while self.info["url"] and not await self._posted(session, update):
            await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1
            if not self.info["url"]:
                self._returned.append(update)
        self.posting -= 1

    async def _posted(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        timeout = aiohttp.ClientTimeout(POST_SECONDS)
        try:
            url = self.info["url"]
            async with session.post(url, json=update, headers=headers, timeout=timeout) as answer:
                said = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                if b'"method"' in await answer.read():
                    self._problems.append("this server reads no method in a webhook's answer")
                if answer.ok:
                    return True
        except (aiohttp.ClientError, TimeoutError) as error:
            said = f"Connection failed: {type(error).__name__}"
        self.info |= {"last_error_date": int(time.time()), "last_error_message": said}
        return False
