"""An assistant of few words, for tests of a platform beside a server."""

import asyncio
from collections.abc import AsyncIterator

from bot.conversation.cards import Card, Cards
from bot.conversation.events import Album, Chat, Command, Event, Photo, Tap, Text
from bot.conversation.notices import Notice, Settled, at_once
from bot.conversation.replies import Paragraph, Reply, Title

LIFE = Reply((Title("Johannes Vermeer"), Paragraph("Born in Delft.")), replaces=True, toast="Noted")


class ScriptedAssistant:
    """Keeps what it was asked, and knows three answers."""

    def __init__(self, guesses: Reply) -> None:
        """Answer at once, pictures with ``guesses``.

        `gates` lets chats wait, `replies` answers otherwise.
        """
        self.guesses = guesses
        self.events: list[Event] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.replies: dict[type[Event], Reply | None] = {}
        self.offered: list[Card] = []
        """The cards of every inline query."""
        self.wanted: set[str] | None = None
        """Chats whose photos are looked at though nobody called; ``None`` for all."""
        self.to_say: asyncio.Queue[Notice] = asyncio.Queue()
        self.shown_keys: list[tuple[Chat, str, str]] = []
        self.told_notices: list[tuple[Notice, str]] = []
        self.branches: list[Chat] = []
        self.moves: list[tuple[str, str, str]] = []
        self.left_chats: list[Chat] = []

    async def handle(self, event: Event) -> Reply | None:
        """Answer an event, when its chat's gate is open."""
        self.events.append(event)
        if gate := self.gates.get(event.chat.id):
            await gate.wait()
        if type(event) in self.replies:
            return self.replies[type(event)]
        if isinstance(event, Tap):
            return LIFE
        if isinstance(event, Photo | Album) or (isinstance(event, Command) and event.picture):
            return self.guesses
        return Reply((Paragraph(f"{type(event).__name__} heard"),))

    async def cards(self, event: Text, most: int) -> Cards:
        """Return what a test put into `offered`."""
        self.events.append(event)
        return Cards(tuple(self.offered[:most]), "Nothing; ask me")

    async def wants(self, chat: Chat) -> bool:
        """Say whether a chat is in `wanted`."""
        return self.wanted is None or chat.id in self.wanted

    async def shown(self, chat: Chat, key: str, message: str) -> None:
        """Keep what was shown."""
        self.shown_keys.append((chat, key, message))

    async def notices(self, platform: str, settled: Settled = at_once) -> AsyncIterator[Notice]:
        """Yield what a test puts into `to_say`."""
        while True:
            yield await self.to_say.get()

    async def told(self, notice: Notice, message: str) -> None:
        """Keep what was told."""
        self.told_notices.append((notice, message))

    async def branched(self, chat: Chat) -> None:
        """Keep which threads were opened."""
        self.branches.append(chat)

    async def moved(self, platform: str, old: str, new: str) -> None:
        """Keep which chats moved."""
        self.moves.append((platform, old, new))

    async def left(self, chat: Chat) -> None:
        """Keep which chats were left."""
        self.left_chats.append(chat)
