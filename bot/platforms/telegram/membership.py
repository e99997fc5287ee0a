"""Chats that Docent was put out of, and groups that have a new number."""

import logging

from telegram import ChatMember, Message, Update
from telegram.error import ChatMigrated, TelegramError

from bot.conversation.events import Chat
from bot.platforms.guide import Guide

log = logging.getLogger(__name__)

GONE = (ChatMember.LEFT, ChatMember.BANNED)


class Membership:
    """Tells the guide of chats that were left or moved, however that becomes known."""

    def __init__(self, guide: Guide) -> None:
        """Tell ``guide``."""
        self._guide = guide
        self._moves: set[tuple[int, int]] = set()

    async def heed(self, update: Update) -> None:
        """Tell of what an update says: Docent was put out, or blocked, or the group moved."""
        change = update.my_chat_member
        if change is not None and change.new_chat_member.status in GONE:
            await self._left(change.chat.id)
        if update.message is not None and (move := move_of(update.message)):
            await self._moved(*move)

    async def heed_refusal(self, chat: int, refusal: TelegramError) -> None:
        """Tell of what the answer to a message says."""
        if isinstance(refusal, ChatMigrated):
            await self._moved(chat, refusal.new_chat_id)
        else:
            await self._left(chat)

    async def _left(self, chat: int) -> None:
        await self._guide.left(Chat("telegram", str(chat), is_group=chat < 0))

    async def _moved(self, old: int, new: int) -> None:
        if (old, new) not in self._moves:
            log.info("A group became a supergroup")
            await self._guide.moved("telegram", str(old), str(new))
            self._moves.add((old, new))


def move_of(message: Message) -> tuple[int, int] | None:
    """Return a group's old and new number where a message says that it moved."""
    if message.migrate_to_chat_id:
        return message.chat.id, message.migrate_to_chat_id
    if message.migrate_from_chat_id:
        return message.migrate_from_chat_id, message.chat.id
    return None
