"""What Docent answers: data that each platform renders with what it has.

A platform shows every block in order, then the choices as buttons, row by row.
"""

from dataclasses import dataclass
from typing import Literal

from bot.memory.chats import Topic

CHOICE_DATA_BYTES = 64
"""The least that any platform allows a button to carry (Telegram); UTF-8 bytes."""


@dataclass(frozen=True)
class Title:
    """The name of what the reply is about."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain text; a line break inside is a line break."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """An aside, shown less loud than a paragraph."""

    text: str


@dataclass(frozen=True)
class Credit:
    """One source of the text above: its name, where to find it and its licence (both may be "")."""

    name: str
    link: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Credits:
    """Where the text comes from; ``label`` is the word before them ("Sources")."""

    label: str
    credits: tuple[Credit, ...]


Block = Title | Paragraph | Bullets | Note | Credits


@dataclass(frozen=True)
class Choice:
    """A button: what it says, and what comes back as `Tap.data` when it is tapped."""

    label: str
    data: str

    def __post_init__(self) -> None:
        """Refuse data that a platform could not carry."""
        if len(self.data.encode()) > CHOICE_DATA_BYTES:
            raise ValueError(f"Button data of more than {CHOICE_DATA_BYTES} bytes: {self.data}")


@dataclass(frozen=True)
class Picture:
    """A picture to show, and ``alt``: all that it tells, in words that can stand for it."""

    data: bytes
    alt: str
    mime: Literal["image/jpeg", "image/png"]


@dataclass(frozen=True)
class Document:
    """A file to take home; ``name`` ends as its kind does (``tour.pdf``)."""

    data: bytes
    name: str
    mime: Literal["application/pdf", "text/csv"]


@dataclass(frozen=True)
class Poll:
    """A question with one right answer, for platforms that have polls of their own.

    Where a platform has none, the reply's blocks and choices ask the same. ``data`` holds what a
    `bot.conversation.events.Tap` brings back for each option, in their order.
    """

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    seconds: int
    data: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """A thread for what begins with a reply; ``pointer`` is said where it was asked for."""

    name: str
    pointer: str


@dataclass(frozen=True)
class Reply:
    """One answer. ``replaces``: it takes the place of the message whose button was tapped.

    ``pictures`` come before the blocks, in a message of their own, two or more of them as an album.
    ``toast`` is a word shown for a moment where the platform can ("Noted"); with nothing else, it
    is all that is said. ``again``, where it is set, is said to a second tap of the same button
    instead of a second copy, where the platform still shows the first.
    """

    blocks: tuple[Block, ...]
    choices: tuple[tuple[Choice, ...], ...] = ()
    replaces: bool = False
    toast: str = ""
    pictures: tuple[Picture, ...] = ()
    again: str = ""
    about: Topic | None = None
    """What "and his teacher?" is asked about next."""
    documents: tuple[Document, ...] = ()
    """Files that come after all else."""
    poll: Poll | None = None
    """Asked instead of the blocks and choices where the platform can."""
    key: str = ""
    """What the message is called by a `bot.conversation.notices.Notice` that comes later; a
    platform reports it as shown, with its own number of the message."""
    branch: Branch | None = None
    """The thread in which a platform shows the reply if it can open one
    (`bot.conversation.events.Chat.branches`); it reports that it did."""
