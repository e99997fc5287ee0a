"""Who is in a chat, and what becomes of chats: joined, left, blocked, moved, split in topics."""

import time
from dataclasses import dataclass, replace
from typing import Any

from tests.peers.telegram_server.rooms import (
    BOT_ID,
    IN_CHAT,
    SUPERGROUPS_BELOW,
    Room,
    Topic,
    member,
)
from tests.peers.telegram_server.world import BOT, World

TOPIC_COLOUR = 0x6FB9F0


@dataclass
class Members(World):
    """Chats and their members."""

    def join(
        self,
        chat: int,
        person: int,
        name: str = "Ada",
        admin: bool = False,
        announced: bool = False,
    ) -> None:
        """Make a person a member; unless it is to be announced, they were so before the bot."""
        self.users[person] = {"id": person, "is_bot": False, "first_name": name}
        self.room(chat).members[person] = "administrator" if admin else "member"
        if announced:
            user = self.user(person)
            self.update(message=self.new_message(chat, user, {"new_chat_members": [user]}))

    def leave(self, chat: int, person: int) -> None:
        """Have a person leave."""
        user, room = self.user(person), self.room(chat)
        room.members[person] = "left"
        self.update(message=self.new_message(chat, user, {"left_chat_member": user}))

    def add_bot(self, chat: int, person: int = 7, admin: bool = False) -> None:
        """Have a person bring the bot into a group or a channel, or make it an admin there."""
        was_in = self.room(chat).bot in IN_CHAT
        self._bot_becomes(chat, "administrator" if admin else "member", person)
        if self.room(chat).is_group and not was_in:
            content = {"new_chat_members": [BOT]}
            self.update(message=self.new_message(chat, self.user(person), content))

    def kick_bot(self, chat: int, person: int = 7) -> None:
        """Have a person throw the bot out."""
        self._bot_becomes(chat, "kicked", person)
        if self.room(chat).is_group:
            content = {"left_chat_member": BOT}
            self.update(message=self.new_message(chat, self.user(person), content))

    def block(self, person: int) -> None:
        """Have a person block the bot."""
        self._bot_becomes(person, "kicked", person)

    def unblock(self, person: int) -> None:
        """Have a person speak with the bot again."""
        self._bot_becomes(person, "member", person)

    def migrate(self, chat: int) -> int:
        """Make a group a supergroup; return its new id."""
        old = self.room(chat)
        if old.type != "group":
            raise ValueError(f"Chat {chat} is a {old.type}; only a group becomes a supergroup")
        new = SUPERGROUPS_BELOW + chat
        self.rooms[new] = replace(old, id=new, type="supergroup", members=dict(old.members))
        admin = self.user(next((p for p in old.members if p != BOT_ID), 7))
        self.update(message=self.new_message(chat, admin, {"migrate_to_chat_id": new}))
        self.update(message=self.new_message(new, admin, {"migrate_from_chat_id": chat}))
        old.moved_to = new
        return new

    def open_topic(self, chat: int, name: str, person: int = 7) -> int:
        """Start a topic of a forum, which a supergroup becomes with its first; return its id."""
        room = self.room(chat)
        if room.type != "supergroup":
            raise ValueError(f"Chat {chat} is a {room.type}; only a supergroup has topics")
        room.is_forum = True
        about = {"name": name, "icon_color": TOPIC_COLOUR}
        content = {"forum_topic_created": about, "is_topic_message": True}
        message = self.new_message(chat, self.user(person), content)
        message["message_thread_id"] = thread = int(message["message_id"])
        room.topics[thread] = Topic(name)
        self.update(message=message)
        return thread

    def close_topic(self, chat: int, thread: int, person: int = 7) -> None:
        """Close a topic: only admins write there."""
        self.room(chat).topics[thread].closed = True
        where = {"message_thread_id": thread, "is_topic_message": True, "forum_topic_closed": {}}
        self.update(message=self.new_message(chat, self.user(person), where))

    def open_channel(self, chat: int, title: str = "The museum", group: int | None = None) -> Room:
        """Start a channel with the bot as its admin; ``group`` is for its discussions."""
        room = self.rooms[chat] = Room(chat, "channel", title, {BOT_ID: "administrator"})
        if group is not None:
            room.linked, self.room(group).linked = group, chat
        return room

    def _bot_becomes(self, chat: int, status: str, person: int) -> None:
        room = self.room(chat)
        before, room.members[BOT_ID] = room.bot, status
        changed: dict[str, Any] = {
            "chat": room.chat(),
            "from": self.user(person),
            "date": int(time.time()),
            "old_chat_member": member(BOT, before),
            "new_chat_member": member(BOT, status),
        }
        self.update(my_chat_member=changed)
