"""Who said something on Telegram, where, and whether they said it to Docent."""

from datetime import UTC, datetime
from typing import TypedDict

from telegram import Chat as TelegramChat
from telegram import MaybeInaccessibleMessage, Message, MessageEntity, PollAnswer, User

from bot.conversation.events import Chat, Person

SHARED = (TelegramChat.GROUP, TelegramChat.SUPERGROUP, TelegramChat.CHANNEL)


class Common(TypedDict):
    """What every event has; ``id`` holds the bot's number where Telegram counts bot by bot."""

    id: str
    chat: Chat
    person: Person
    language: str
    addressed: bool
    at: datetime


def common_of(message: Message, me: User, at: datetime | None = None) -> Common | None:
    """Return what a message's event has, for the bot ``me``; ``None`` for nobody's message.

    ``at``: when it arrived, by default just now.
    """
    person = person_of(message)
    if person is None:
        return None
    return Common(
        # Update numbers start anew now and then, and each bot counts a private chat's messages.
        id=f"m{me.id}:{message.chat.id}:{message.message_id}",
        chat=chat_of(message, me),
        person=person,
        language=language_of(message.from_user),
        addressed=is_addressed(message, me),
        at=at or datetime.now(UTC),
    )


def spoken(common: Common) -> Common:
    """Return what an event has when Docent was spoken to."""
    return {**common, "addressed": True}


def chat_of(message: MaybeInaccessibleMessage, me: User) -> Chat:
    """Return where a message is; its topic is not known of one that is too old."""
    kind, topic = message.chat.type, topic_of(message)
    in_group = kind in (TelegramChat.GROUP, TelegramChat.SUPERGROUP)
    return Chat(
        "telegram",
        str(message.chat.id),
        kind in SHARED,
        str(topic or ""),
        sees_all=not in_group or bool(me.can_read_all_group_messages),
    )


def topic_of(message: MaybeInaccessibleMessage) -> int | None:
    """Return the topic in which a message is; an ordinary group's threads are none."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def person_of(message: Message) -> Person | None:
    """Return who wrote a message: a person, a channel, or a group's admins under its name.

    Several admins who stay anonymous cannot be told from each other, so they are one person.
    """
    sender = message.sender_chat
    if sender is None and message.chat.type == TelegramChat.CHANNEL:
        sender = message.chat
    if sender is not None:
        return _as_chat(sender, own=sender.id == message.chat.id)
    return _as_self(message.from_user)


def voter_of(answer: PollAnswer) -> Person | None:
    """Return who answered a poll."""
    if answer.voter_chat is not None:
        return _as_chat(answer.voter_chat, own=False)
    return _as_self(answer.user)


def _as_self(user: User | None) -> Person | None:
    return Person(str(user.id), user.full_name) if user else None


def _as_chat(chat: TelegramChat, *, own: bool) -> Person:
    kind = "channel" if chat.type == TelegramChat.CHANNEL else "chat"
    return Person(f"{kind}:{chat.id}", chat.title or "", runs_chat=own)


def language_of(user: User | None) -> str:
    """Return the language of somebody's app, English where it is not told."""
    return ((user.language_code if user else None) or "en").lower()


def is_addressed(message: Message, me: User) -> bool:
    """Return whether a message says something to the bot ``me``; in a channel, none does."""
    if message.chat.type not in SHARED:
        return True
    if message.chat.type == TelegramChat.CHANNEL:
        return False
    return bool(mentions(message, me)) or _answers(message, me)


def mentions(message: Message, me: User) -> list[str]:
    """Return the words of a message that name the bot ``me``."""
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    named = message.parse_entities(kinds) | message.parse_caption_entities(kinds)
    own = f"@{me.username}".lower()
    return [
        words
        for entity, words in named.items()
        if words.lower() == own or (entity.user is not None and entity.user.id == me.id)
    ]


def without(words: str, names: list[str]) -> str:
    """Return words without the bot's name."""
    for name in names:
        words = words.replace(name, "", 1)
    return words.strip()


def _answers(message: Message, me: User) -> bool:
    """Return whether a message is a reply to one of the bot's.

    What is said in a topic without replying to anything counts, for Telegram, as a reply to the
    message that opened the topic.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user is not None and replied.from_user.id == me.id
