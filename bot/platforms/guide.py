"""Whom the platforms ask: the assistant, as they see it."""

from collections.abc import AsyncIterator
from typing import Protocol

from bot.conversation.cards import Cards
from bot.conversation.events import Chat, Event, Text
from bot.conversation.notices import Notice, Settled, at_once
from bot.conversation.replies import Reply


class Guide(Protocol):
    """Whoever answers the events; `bot.conversation.assistant.Assistant` does."""

    async def handle(self, event: Event) -> Reply | None:
        """Return the answer to an event; ``None`` is silence."""

    async def cards(self, event: Text, most: int) -> Cards:
        """Return at most so many cards for words that somebody writes in a chat of others."""

    async def wants(self, chat: Chat) -> bool:
        """Say whether photos of a group are looked at though nobody called for Docent."""

    async def shown(self, chat: Chat, key: str, message: str) -> None:
        """Take note of the platform's number of a message whose `Reply.key` is ``key``."""

    def notices(self, platform: str, settled: Settled = at_once) -> AsyncIterator[Notice]:
        """Yield what is to be said unasked on a platform, when its time has come; never ends.

        ``settled`` is awaited before what people tapped in a chat is counted.

        A notice that was not told (`told`) comes again after a while, or after a restart.
        """

    async def told(self, notice: Notice, message: str) -> None:
        """Take note that a notice was said, in the platform's message of this number."""

    async def branched(self, chat: Chat) -> None:
        """Take note that what a `Reply.branch` began goes on in the thread of ``chat``."""

    async def moved(self, platform: str, old: str, new: str) -> None:
        """Take note that a chat has a new id; all that was kept of it goes along."""

    async def left(self, chat: Chat) -> None:
        """Take note that Docent is no longer in a chat: nothing more is said there unasked."""
