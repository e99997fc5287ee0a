"""What a Discord message or interaction says, as an event. Nothing is downloaded here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import discord

from bot.conversation.events import (
    Album,
    Chat,
    Command,
    Event,
    Person,
    Photo,
    Refusal,
    Tap,
    Text,
    Unusable,
    parse_command,
)
from bot.platforms.discord.pictures import is_picture
from bot.platforms.discord.senders import (
    Interaction,
    author_of,
    chat_of_interaction,
    chat_of_message,
    tag,
    user_of,
)


class Common(TypedDict):
    """What every event has."""

    id: str
    chat: Chat
    person: Person
    language: str
    addressed: bool


@dataclass(frozen=True)
class PictureEvent:
    """A question about pictures that lacks only their bytes."""

    common: Common
    files: tuple[discord.Attachment, ...]
    command: str = ""
    caption: str = ""

    @property
    def chat(self) -> Chat:
        """Where it was asked."""
        return self.common["chat"]

    @property
    def person(self) -> Person:
        """Who asked it."""
        return self.common["person"]

    @property
    def addressed(self) -> bool:
        """Whether the bot was asked."""
        return self.common["addressed"]

    def with_bytes(self, pictures: Sequence[bytes | Refusal]) -> Event:
        """Return the event, now whole, of those pictures that were had.

        ``pictures`` are in the order of the files, each its bytes or why there are none.
        """
        found = [(number, p) for number, p in enumerate(pictures) if isinstance(p, bytes)]
        if not found:
            reasons = [p for p in pictures if isinstance(p, Refusal)]
            return Unusable(**self.common, reason=reasons[0])
        if len(found) == 1 and self.command:
            return Command(**self.common, name=self.command, picture=found[0][1])
        first, *others = found
        photos = (self._photo(*first, self.caption), *(self._photo(*each) for each in others))
        if not others:
            return photos[0]
        return Album(**_numbered(self.common, photos[0].id), photos=photos)

    def _photo(self, number: int, picture: bytes, caption: str = "") -> Photo:
        """Return one of the photos; the words that came with them are the first's."""
        id_ = f"{self.common['id']}.{number}" if number else self.common["id"]
        return Photo(**_numbered(self.common, id_), picture=picture, caption=caption)


def _numbered(common: Common, id_: str) -> Common:
    return {**common, "id": id_}


def read_message(
    message: discord.Message, me: discord.abc.User, language: str, *, sees_all: bool = False
) -> Event | PictureEvent | None:
    """Return what a message says to the bot ``me``; ``None`` for what is not for it.

    On a server that is what names the bot or replies to it, and in private everything. Where
    Discord shows it all messages (``sees_all``), pictures that are not addressed to it count, too.
    """
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return None
    named = any(name in message.content for name in _names(me))
    called = named or message.guild is None or me in message.mentions
    files = pictures_of(message)
    if not called and not (sees_all and files):
        return None
    common = Common(
        id=f"m{message.id}",
        chat=chat_of_message(message, sees_all=sees_all),
        person=author_of(message),
        language=language,
        addressed=called,
    )
    words = _without(message.content, _names(me))
    if files:
        return PictureEvent(common, files, caption=words)
    if message.attachments or message.stickers:
        return Unusable(**common, reason=_reason(message))
    return _read_words(message, me, common, words, named=named)


def _read_words(
    message: discord.Message, me: discord.abc.User, common: Common, words: str, *, named: bool
) -> Event | PictureEvent:
    """Return what a message without files says, perhaps of the picture that it replies to."""
    command, argument = parse_command(words) or ("", "")
    replied = _replied(message, me)
    if replied and (command or named) and not argument:
        return PictureEvent(common, replied, command)
    if command:
        return Command(**common, name=command, argument=argument)
    return Text(**common, text=words)


def read_interaction(interaction: Interaction, *, public: bool = False) -> Common:
    """Return who uses a command or taps a button, where, and in which language.

    ``public``: the answer will be a message that everybody there sees.
    """
    return Common(
        id=f"i{interaction.id}",
        chat=chat_of_interaction(interaction, public=public),
        person=user_of(interaction),
        language=tag(interaction.locale),
        addressed=True,
    )


def read_command(
    interaction: Interaction, name: str, argument: str, *, public: bool = False
) -> Command:
    """Return a command with the words after it."""
    common = read_interaction(interaction, public=public)
    return Command(**common, name=name, argument=argument.strip())


def read_pictures(
    interaction: Interaction, files: Sequence[discord.Attachment], command: str
) -> Event | PictureEvent:
    """Return a command about files, or why they are none to look at."""
    common = read_interaction(interaction)
    pictures = tuple(file for file in files if is_picture(file))
    if pictures:
        return PictureEvent(common, pictures, command)
    if files:
        return Unusable(**common, reason=_kind(files[0]))
    return Command(**common, name=command)


def read_tap(interaction: Interaction, data: str) -> Tap:
    """Return a tap."""
    return Tap(**read_interaction(interaction), data=data)


def pictures_of(message: discord.Message) -> tuple[discord.Attachment, ...]:
    """Return the pictures of a message, or of the one that it passes on."""
    passed_on = [file for each in message.message_snapshots for file in each.attachments]
    return tuple(file for file in [*message.attachments, *passed_on] if is_picture(file))


def _names(me: discord.abc.User) -> tuple[str, str]:
    return f"<@{me.id}>", f"<@!{me.id}>"


def _without(words: str, names: tuple[str, ...]) -> str:
    """Return words without the bot's name."""
    for name in names:
        words = words.replace(name, "")
    return words.strip()


def _replied(message: discord.Message, me: discord.abc.User) -> tuple[discord.Attachment, ...]:
    """Return the pictures of the message that one replies to; the bot's own are no question."""
    reference = message.reference
    replied = reference.resolved if reference is not None else None
    if not isinstance(replied, discord.Message) or replied.author.id == me.id:
        return ()
    return pictures_of(replied)


def _reason(message: discord.Message) -> Refusal:
    return _kind(message.attachments[0]) if message.attachments else Refusal.STICKER


def _kind(file: discord.Attachment) -> Refusal:
    kind = (file.content_type or "").partition("/")[0]
    return {"video": Refusal.VIDEO, "audio": Refusal.AUDIO}.get(kind, Refusal.NOT_A_PICTURE)
