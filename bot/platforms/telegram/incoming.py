"""What a Telegram update says, as an event. Nothing is downloaded here."""

from dataclasses import dataclass
from typing import TypedDict

from telegram import Chat as TelegramChat
from telegram import ExternalReplyInfo, Message, MessageEntity, Update, User
from telegram.ext import filters

from bot.conversation.events import (
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
from bot.platforms.telegram.pictures import PictureFile, picture_of

KINDS: tuple[tuple[Refusal, tuple[str, ...]], ...] = (
    (Refusal.STICKER, ("sticker",)),
    (Refusal.VIDEO, ("animation", "video", "video_note")),
    (Refusal.AUDIO, ("voice", "audio")),
)
"""What else a message can hold; an animation comes with a document, so it is asked first."""


class Common(TypedDict):
    """What every event has."""

    id: str
    chat: Chat
    person: Person
    language: str
    addressed: bool


@dataclass(frozen=True)
class PictureEvent:
    """A photo, or a command about one, that lacks only the bytes of its picture."""

    common: Common
    file: PictureFile
    command: str = ""

    def with_bytes(self, picture: bytes) -> Photo | Command:
        """Return the event, now whole."""
        if self.command:
            return Command(**self.common, name=self.command, picture=picture)
        return Photo(**self.common, picture=picture)

    def refused(self, reason: Refusal) -> Unusable:
        """Return the event for a picture that could not be had."""
        return Unusable(**self.common, reason=reason)


def read_update(update: Update, me: User) -> Event | PictureEvent | None:
    """Return what an update says to the bot ``me``; ``None`` for what is not for it."""
    if update.callback_query is not None:
        return _tap(update)
    if update.message is None or update.message.from_user is None:
        return None
    return _message(update, update.message, me)


def _common(update: Update, chat: TelegramChat, user: User, addressed: bool = True) -> Common:
    return Common(
        id=f"u{update.update_id}",
        chat=Chat("telegram", str(chat.id), chat.type in ("group", "supergroup")),
        person=Person(str(user.id), user.full_name),
        language=(user.language_code or "en").lower(),
        addressed=addressed,
    )


def _tap(update: Update) -> Tap | None:
    query = update.callback_query
    if query is None or query.message is None or not query.data:
        return None
    return Tap(**_common(update, query.message.chat, query.from_user), data=query.data)


def _message(update: Update, message: Message, me: User) -> Event | PictureEvent | None:
    words = message.text or message.caption or ""
    user = message.from_user
    if user is None or filters.StatusUpdate.ALL.check_update(update):
        return None
    mentions = _mentions(message, me)
    addressed = message.chat.type == "private" or bool(mentions) or _answers(message, me)
    common = _common(update, message.chat, user, addressed)
    spoken: Common = {**common, "addressed": True}
    if message.text is None:
        file = picture_of(message)
        return PictureEvent(spoken, file) if file else Unusable(**common, reason=_reason(message))
    replied = message.reply_to_message or message.external_reply
    file = picture_of(replied) if replied else None
    if command := _command(words):
        return _asked(command, spoken, file, me)
    for mention in mentions:
        words = words.replace(mention, "", 1)
    if mentions and file:
        return PictureEvent(spoken, file)
    return Text(**common, text=words.strip())


def _command(text: str) -> tuple[str, str, str] | None:
    """Return name, argument and the bot that a command names ("" for none)."""
    first, *rest = text.split(maxsplit=1) or [""]
    parsed = parse_command(" ".join([first, *rest]))
    return (*parsed, first.partition("@")[2]) if parsed else None


def _asked(
    command: tuple[str, str, str], common: Common, file: PictureFile | None, me: User
) -> Command | PictureEvent | None:
    name, argument, bot = command
    if bot and bot.lower() != (me.username or "").lower():
        return None
    if file and not argument:
        return PictureEvent(common, file, name)
    return Command(**common, name=name, argument=argument)


def _mentions(message: Message, me: User) -> list[str]:
    """Return the words of a message that name the bot."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    named = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    own = f"@{me.username}".lower()
    return [
        words
        for entity, words in named.items()
        if words.lower() == own or (entity.user is not None and entity.user.id == me.id)
    ]


def _answers(message: Message, me: User) -> bool:
    """Return whether a message is a reply to one of the bot's."""
    replied: Message | ExternalReplyInfo | None = message.reply_to_message
    author = replied.from_user if isinstance(replied, Message) else None
    return author is not None and author.id == me.id


def _reason(message: Message) -> Refusal:
    for reason, attributes in KINDS:
        if any(getattr(message, attribute) for attribute in attributes):
            return reason
    if message.document is None:
        return Refusal.OTHER
    kind = (message.document.mime_type or "").partition("/")[0]
    return {"video": Refusal.VIDEO, "audio": Refusal.AUDIO}.get(kind, Refusal.NOT_A_PICTURE)
