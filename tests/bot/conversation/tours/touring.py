"""A group on a tour, for tests: it photographs, taps, and waits for what Docent says unasked."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count

from PIL import Image
from sqlalchemy import update

from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Command, Event, Person, Photo, Tap
from bot.conversation.notices import Notice
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.memory.tables import RoundRow
from tests.bot.conversation.speaking import buttons, fresh
from tests.bot.vision.works import scene
from tests.pictures import encoded

WAVE, STUDY = encoded(scene(1), "PNG"), encoded(scene(2), "PNG")
"""Works that the ``knowing`` parts know on sight."""
NEW, LIKE_HOKUSAI = encoded(scene(7), "PNG"), encoded(scene(11), "PNG")
"""Works that nobody knows; of the second, the tiny network is sure whose hand it is."""
SELFIE = encoded(Image.new("RGB", (640, 480), (255, 255, 255)), "PNG")
"""What the tiny network takes for no painting."""
GROUP = Chat("test", "group", is_group=True)
ANN, BOB, CAT = Person("ann", "Ann"), Person("bob", "Bob"), Person("cat", "Cat")


class Group:
    """A group whose messages have numbers, as on a platform."""

    def __init__(self, parts: Parts, chat: Chat = GROUP) -> None:
        self.parts = parts
        self.chat = chat
        self.assistant = Assistant(parts)
        self._numbers = count(100)

    async def restarts(self) -> None:
        """Go on with an assistant that remembers nothing but what the store has."""
        self.assistant = Assistant(self.parts)

    async def hears(self, event: Event) -> Reply | None:
        """Return the answer to an event, which the platform then shows."""
        reply = await self.assistant.handle(event)
        if reply is not None and reply.key:
            await self.assistant.shown(self.chat, reply.key, str(next(self._numbers)))
        return reply

    async def commands(self, words: str, person: Person = ANN, **more: object) -> Reply:
        name, _, argument = words.removeprefix("/").partition(" ")
        event = Command(
            id=fresh(), chat=self.chat, person=person, name=name, argument=argument, **more
        )
        return await self._told(event)

    async def photo(
        self, picture: bytes, person: Person = ANN, id_: str = "", *, addressed: bool = False
    ) -> Reply | None:
        event = Photo(
            id=id_ or fresh(), chat=self.chat, person=person, picture=picture, addressed=addressed
        )
        return await self.hears(event)

    async def shows(self, picture: bytes, person: Person = ANN) -> Reply:
        reply = await self.photo(picture, person)
        assert reply is not None
        return reply

    async def taps(self, reply: Reply, label: str, person: Person = ANN) -> Reply:
        data = next(b.data for b in buttons(reply) if label in b.label)
        return await self._told(Tap(id=fresh(), chat=self.chat, person=person, data=data))

    async def time_passes(self) -> None:
        """Let the time of every open round be over."""
        async with self.parts.store.writing() as session:
            open_ = update(RoundRow).where(RoundRow.closed.is_(None))
            await session.execute(open_.values(ends=datetime.now(UTC) - timedelta(seconds=1)))

    async def notice(self, *, told: bool = True) -> Notice:
        """Return what is said unasked next; it is shown unless ``told`` is false."""
        async with asyncio.timeout(10):
            notices = self.assistant.notices(self.chat.platform)
            notice = await anext(notices)
        if told:
            await self.assistant.told(notice, notice.message)
        return notice

    async def is_silent(self) -> bool:
        """Say whether nothing is said unasked now."""
        try:
            async with asyncio.timeout(0.3):
                await anext(self.assistant.notices(self.chat.platform))
        except TimeoutError:
            return True
        return False

    async def _told(self, event: Event) -> Reply:
        reply = await self.hears(event)
        assert reply is not None
        return reply
