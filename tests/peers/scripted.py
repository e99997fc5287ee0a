"""An assistant of few words, for tests of a platform beside a server."""

import asyncio

from bot.conversation.events import Album, Command, Event, Photo, Tap
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
