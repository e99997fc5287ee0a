"""What can arrive from a chat, in words that no platform owns."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum


@dataclass(frozen=True)
class Chat:
    """Where something was said; ``id`` is the platform's own."""

    platform: str
    id: str
    is_group: bool = False
    thread: str = ""
    """The topic inside a chat that has topics; what is settled holds for the whole chat."""
    sees_all: bool = field(default=True, compare=False)
    """Whether the platform shows Docent every message of this group, or just those to it."""
    takes_answers: bool = field(default=True, compare=False)
    """Whether a command can be the answer to somebody's photo, or must bring the photo along."""
    branches: bool = field(default=False, compare=False)
    """Whether what goes on for a while can have a thread of its own here."""


@dataclass(frozen=True)
class Person:
    """Who said it; ``id`` is the platform's own and never leaves that platform."""

    id: str
    name: str = ""
    runs_chat: bool = False
    """Whether they may settle how Docent behaves in this group. It is known only for what
    `bot.conversation.rights.asks_for_rights` names, since a platform may have to ask."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that arrived. ``id`` is stable: the same event delivered twice has the same id."""

    id: str
    chat: Chat
    person: Person
    language: str = "en"
    addressed: bool = True
    """Whether Docent was spoken to; in a group, what other people say to each other is not."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When it arrived, which may be a while before its turn comes."""


@dataclass(frozen=True, kw_only=True)
class Photo(Event):
    """A picture, as the bytes that arrived, and the words that came with it."""

    picture: bytes
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Album(Event):
    """Several photos sent as one: one question. Its id is the first photo's."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, kw_only=True)
class Clip(Event):
    """A short video, as the bytes that arrived; its clearest picture is the question."""

    video: bytes
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Tap(Event):
    """A button was tapped; ``data`` is what the button carried."""

    data: str


@dataclass(frozen=True, kw_only=True)
class Command(Event):
    """``/name argument``; ``picture`` is that of the message it replies to, if there is one."""

    name: str
    argument: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Text(Event):
    """Words that are no command."""

    text: str


def in_language(event: Event, language: str | None) -> Event:
    """Return an event as if it had come in a language; ``None`` leaves it as it is."""
    if language is None:
        return event
    if isinstance(event, Album):
        photos = tuple(replace(photo, language=language) for photo in event.photos)
        return replace(event, language=language, photos=photos)
    return replace(event, language=language)


class Refusal(StrEnum):
    """Why something that arrived holds no picture Docent can look at."""

    STICKER = "sticker"
    VIDEO = "video"
    AUDIO = "audio"
    NOT_A_PICTURE = "not_a_picture"
    TOO_BIG = "file_too_big"
    NOT_DOWNLOADED = "not_downloaded"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Unusable(Event):
    """Something that is neither words nor a picture Docent can use; it still gets an answer."""

    reason: Refusal


def parse_command(text: str) -> tuple[str, str] | None:
    """Return ``(name, argument)`` of ``/name@bot argument``, or ``None`` for other text."""
    first, *rest = text.split(maxsplit=1) or [""]
    name = first.removeprefix("/").partition("@")[0].lower()
    return (name, "".join(rest).strip()) if first.startswith("/") and name else None
