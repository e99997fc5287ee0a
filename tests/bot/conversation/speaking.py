"""Short ways for tests to say something to an assistant, and to read what it answers."""

from collections.abc import Sequence
from itertools import count, zip_longest

from bot.conversation.assistant import Assistant
from bot.conversation.events import Album, Chat, Command, Person, Photo, Tap, Text
from bot.conversation.replies import Bullets, Choice, Credits, Reply

CHAT = Chat("test", "chat")
ANN, BOB = Person("ann", "Ann"), Person("bob", "Bob")
_numbers = count(1)


def fresh() -> str:
    """Return an event id never used before."""
    return f"event {next(_numbers)}"


def words(reply: Reply | None) -> str:
    """Return everything a reply says, buttons aside, as one text."""
    assert reply is not None
    lines = []
    for block in reply.blocks:
        if isinstance(block, Bullets):
            lines += block.items
        elif isinstance(block, Credits):
            lines += [block.label, *(credit.name for credit in block.credits)]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def buttons(reply: Reply | None) -> list[Choice]:
    """Return every button of a reply, in reading order."""
    assert reply is not None
    return [choice for row in reply.choices for choice in row]


class Visitor:
    """One person in one chat."""

    def __init__(self, assistant: Assistant, person: Person = ANN, chat: Chat = CHAT) -> None:
        self.assistant = assistant
        self.person = person
        self.chat = chat

    async def shows(self, picture: bytes, id_: str | None = None, caption: str = "") -> Reply:
        event = Photo(
            id=id_ or fresh(),
            chat=self.chat,
            person=self.person,
            picture=picture,
            caption=caption,
        )
        return await self._told(event)

    async def shows_album(self, *pictures: bytes, captions: Sequence[str] = ()) -> Reply:
        photos = tuple(
            Photo(id=fresh(), chat=self.chat, person=self.person, picture=picture, caption=caption)
            for picture, caption in zip_longest(pictures, captions, fillvalue="")
            if isinstance(picture, bytes)
        )
        id_ = photos[0].id
        return await self._told(Album(id=id_, chat=self.chat, person=self.person, photos=photos))

    async def taps(self, reply: Reply, label: str) -> Reply:
        data = next(b.data for b in buttons(reply) if label in b.label)
        return await self.sends_data(data)

    async def sends_data(self, data: str) -> Reply:
        return await self._told(Tap(id=fresh(), chat=self.chat, person=self.person, data=data))

    async def asks(self, name: str, argument: str = "", picture: bytes | None = None) -> Reply:
        event = Command(
            id=fresh(),
            chat=self.chat,
            person=self.person,
            name=name,
            argument=argument,
            picture=picture,
        )
        return await self._told(event)

    async def says(self, text: str) -> Reply:
        return await self._told(Text(id=fresh(), chat=self.chat, person=self.person, text=text))

    async def _told(self, event: Photo | Album | Tap | Command | Text) -> Reply:
        reply = await self.assistant.handle(event)
        assert reply is not None
        return reply
