"""Where messages go on Telegram, and what they refer to there."""

from dataclasses import dataclass

from telegram import Chat as TelegramChat
from telegram import MaybeInaccessibleMessage, Message

from bot.conversation.events import Chat
from bot.memory.polls import AskedPoll
from bot.platforms.telegram.senders import SHARED, topic_of


@dataclass(frozen=True)
class Target:
    """Where messages go; ``answers`` and ``about`` are what words and pictures refer to."""

    chat: int
    thread: int | None = None
    answers: int | None = None
    about: int | None = None
    is_group: bool = True

    def asked(self, poll: str, data: tuple[str, ...]) -> AskedPoll:
        """Return what is to be kept of a poll that was sent here."""
        thread = str(self.thread or "")
        return AskedPoll("telegram", poll, str(self.chat), thread, self.is_group, data)


def target_in(chat: Chat) -> Target:
    """Return where messages to a chat go that refer to none there."""
    thread = int(chat.thread) if chat.thread.isdecimal() else None
    return Target(int(chat.id), thread, is_group=chat.is_group)


def target_of(message: MaybeInaccessibleMessage) -> Target:
    """Return where the answer to a message goes: in private, words need no reference to it.

    A picture refers to the photo it is about, which is what the tapped message answers.
    """
    chat, number = message.chat, message.message_id
    is_group = chat.type in SHARED
    if not isinstance(message, Message):
        return Target(chat.id, None, number, number, is_group)
    about = (message.reply_to_message or message).message_id
    words = None if chat.type == TelegramChat.PRIVATE and message.text else number
    return Target(chat.id, topic_of(message), words, about, is_group)
