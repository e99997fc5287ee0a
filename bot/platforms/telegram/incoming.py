"""What a Telegram update says, as an event. Nothing is downloaded here."""

from dataclasses import dataclass
from typing import TypedDict

from telegram import CallbackQuery, ExternalReplyInfo, Message, MessageEntity, Update, User
from telegram import Chat as TelegramChat
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
    """What every event has; ``id`` holds the bot's number where Telegram counts bot by bot."""

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
    caption: str = ""

    def with_bytes(self, picture: bytes) -> Photo | Command:
        """Return the event, now whole."""
        if self.command:
            return Command(**self.common, name=self.command, picture=picture)
        return Photo(**self.common, picture=picture, caption=self.caption)

    def refused(self, reason: Refusal) -> Unusable:
        """Return the event for a picture that could not be had."""
        return Unusable(**spoken(self.common), reason=reason)


def read_update(update: Update, me: User) -> Event | PictureEvent | None:
    """Return what an update says to the bot ``me``; ``None`` for what is not for it."""
    if update.callback_query is not None:
        return _tap(update.callback_query)
    if update.message is None or update.message.from_user is None:
        return None
    if filters.StatusUpdate.ALL.check_update(update):
        return None
    return _message(update.message, update.message.from_user, me)


def spoken(common: Common) -> Common:
    """Return what an event has when Docent was spoken to."""
    return {**common, "addressed": True}


def _common(event: str, chat: TelegramChat, user: User, addressed: bool = True) -> Common:
    return Common(
        id=event,
        chat=Chat("telegram", str(chat.id), chat.type in ("group", "supergroup")),
        person=Person(str(user.id), user.full_name),
        language=(user.language_code or "en").lower(),
        addressed=addressed,
    )


def _tap(query: CallbackQuery) -> Tap | None:
    if query.message is None or not query.data:
        return None
    return Tap(**_common(f"t{query.id}", query.message.chat, query.from_user), data=query.data)


def _message(message: Message, user: User, me: User) -> Event | PictureEvent | None:
    words = message.text or message.caption or ""
    mentions = _mentions(message, me)
    addressed = message.chat.type == "private" or bool(mentions) or _answers(message, me)
    # Update numbers start anew now and then, and each bot counts a private chat's messages itself.
    event = f"m{me.id}:{message.chat.id}:{message.message_id}"
    common = _common(event, message.chat, user, addressed)
    if message.text is None:
        file = picture_of(message)
        if file:
            return PictureEvent(spoken(common), file, caption=_without(words, mentions))
        return Unusable(**common, reason=_reason(message))
    replied = message.reply_to_message or message.external_reply
    file = picture_of(replied) if replied else None
    if command := _command(words):
        return _asked(command, common, file, me)
    if mentions and file:
        return PictureEvent(spoken(common), file)
    return Text(**common, text=_without(words, mentions))


def _without(words: str, mentions: list[str]) -> str:
    """Return words without the bot's name."""
    for mention in mentions:
        words = words.replace(mention, "", 1)
    return words.strip()


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
    if bot:
        common = spoken(common)
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
