"""A guide for the web chat's tests: answers like Docent's, known in advance, and a memory."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx

from bot.conversation.cards import Cards
from bot.conversation.events import Chat, Command, Event, Photo, Tap, Text
from bot.conversation.notices import Notice, Settled, at_once
from bot.conversation.replies import (
    Bullets,
    Choice,
    Credit,
    Credits,
    Note,
    Paragraph,
    Reply,
    Title,
)
from bot.errors import UserError
from bot.platforms.web import create_app
from bot.platforms.web.recognition import Identify

ID = "5f0c1f0e-9c3b-4d6e-8a53-0123456789ab"
PICTURE = b"picture bytes"

GUESSES = Reply(
    (
        Paragraph("This looks like the hand of Claude Monet."),
        Paragraph("Movement: Impressionism 88 %."),
        Note("Tap the painter you think is right, and I will tell you more."),
    ),
    (
        (Choice("Claude Monet · 62 %", "guess:7:claude-monet"),),
        (Choice("Alfred Sisley · 21 %", "guess:7:alfred-sisley"),),
        (Choice("Camille Pissarro · 9 %", "guess:7:camille-pissarro"),),
        (Choice("Movement: Impressionism", "style:impressionism:7"),),
    ),
)
LIFE = Reply(
    (
        Title("Claude Monet"),
        Note("1840–1926, French\nParis to Giverny"),
        Paragraph(
            "At Giverny he had six gardeners, and one of them washed the water lilies each morning"
            " before he came down to paint. He set up a row of canvases along the pond and moved"
            " from one to the next as the light changed, sometimes after seven minutes.\n\n"
            "Stand close and the pond falls apart into commas of green and violet. Walk back until"
            " the water lies flat again: that distance was his subject."
        ),
        Credits(
            "Sources",
            (
                Credit("Docent's editors", "", "CC BY 4.0"),
                Credit("Wikidata", "https://www.wikidata.org/wiki/Q296", "CC0"),
                Credit("A trap", "javascript:alert(1)"),
            ),
        ),
    ),
    (
        (Choice("Movement: Impressionism", "style:impressionism:7"),),
        (Choice("Notable works", "works:claude-monet:7"),),
        (Choice("Back to the guesses", "photo:7"),),
    ),
    replaces=True,
    toast="Noted: Claude Monet",
)
WORKS = Reply(
    (
        Title("Notable works by Claude Monet"),
        Bullets(
            (
                "Impression, Sunrise, 1872. Musée Marmottan Monet, Paris",
                "Water Lilies, 1914–1926. Musée de l'Orangerie, Paris",
                "<b>Haystacks</b> & more, 1891. Art Institute of Chicago",
            )
        ),
    ),
    ((Choice("Claude Monet", "artist:claude-monet:7"), Choice("Back to the guesses", "photo:7")),),
    replaces=True,
)
MOVEMENT = Reply(
    (Title("Impressionism"), Note("1860s–1880s · France"), Paragraph("Light, before all.")),
    ((Choice("Claude Monet", "artist:claude-monet"), Choice("Edgar Degas", "artist:degas")),),
)
ANSWERS = {"guess": LIFE, "artist": LIFE, "works": WORKS, "style": MOVEMENT}


class Guide:
    """An assistant that remembers every event and waits at ``door`` before it answers.

    ``heard`` is set by the first event; ``answers`` has what is said to some commands; ``to_say``
    is said unasked.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.heard = asyncio.Event()
        self.door = asyncio.Event()
        self.door.set()
        self.answers: dict[str, Reply] = {}
        self.to_say: asyncio.Queue[Notice] = asyncio.Queue()
        self.told_notices: list[tuple[str, str]] = []
        self.shown_keys: list[tuple[Chat, str, str]] = []
        self.reported = asyncio.Event()

    async def handle(self, event: Event) -> Reply | None:
        self.events.append(event)
        self.heard.set()
        await self.door.wait()
        match event:
            case Photo():
                return GUESSES
            case Tap(data="photo:7"):
                return Reply(GUESSES.blocks, GUESSES.choices, replaces=True)
            case Tap(data=data) | Command(name=data) if data in self.answers:
                return self.answers[data]
            case Tap(data=data):
                return ANSWERS[data.partition(":")[0]]
            case Command(name="silence"):
                return None
            case Command(name=name, argument=argument):
                return Reply((Paragraph(f"You asked for {name} with {argument or 'nothing'}."),))
            case Text(text=text):
                return Reply((Paragraph(f"You wrote: {text}"),))
        raise AssertionError(event)

    async def notices(self, platform: str, settled: Settled = at_once) -> AsyncIterator[Notice]:
        assert platform == "web"
        while True:
            yield await self.to_say.get()
            self.to_say.task_done()

    async def told(self, notice: Notice, message: str) -> None:
        self.told_notices.append((notice.id, message))
        self.reported.set()

    async def shown(self, chat: Chat, key: str, message: str) -> None:
        self.shown_keys.append((chat, key, message))
        self.reported.set()

    async def cards(self, event: Text, most: int) -> Cards:
        raise AssertionError(event)

    async def wants(self, chat: Chat) -> bool:
        raise AssertionError(chat)

    async def branched(self, chat: Chat) -> None:
        raise AssertionError(chat)

    async def moved(self, platform: str, old: str, new: str) -> None:
        raise AssertionError(old)

    async def left(self, chat: Chat) -> None:
        raise AssertionError(chat)


async def identify(photo: bytes, name: str) -> dict[str, Any]:
    """Recognise any photo of more than three bytes as a Monet."""
    if len(photo) <= 3:
        raise UserError("photo_unknown")
    return {
        "photo": name,
        "verdict": "artist",
        "paintings": [],
        "artists": [{"id": "claude-monet", "name": "Claude Monet", "confidence": 0.62}],
        "movements": [{"id": "impressionism", "name": "Impressionism", "confidence": 0.88}],
        "similar": [],
        "milliseconds": 12.0,
        "model": "guide@1",
    }


def sentence(error: UserError, language: str) -> str:
    """Word a failure so that a test sees its key, its values and the language."""
    return f"{language}: {error.key} {error.values or ''}".strip()


def browser(
    guide: Guide, *, recognise: Identify = identify, base: str = "http://docent"
) -> httpx.AsyncClient:
    """Return a visitor's browser: it keeps cookies and talks to a fresh app around ``guide``."""
    app = create_app(guide, recognise, sentence)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base)


async def send_photo(client: httpx.AsyncClient, **options: Any) -> httpx.Response:
    """Send a photo to the chat."""
    files = {"photo": ("monet.jpg", PICTURE, "image/jpeg")}
    return await client.post("/api/chat/photo", files=files, data={"id": ID}, **options)
