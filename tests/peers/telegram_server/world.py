"""What Telegram keeps: chats, messages, files, and the updates that it has for a bot."""

import itertools
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiogram.types import Update
from PIL import Image

from tests.peers.telegram_server.clock import Clock
from tests.peers.telegram_server.polls import Ballot
from tests.peers.telegram_server.privacy import hears
from tests.peers.telegram_server.rooms import BOT_ID, IN_CHAT, Room, kind_of

BOT: dict[str, Any] = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Docent",
    "username": "docent_test_bot",
}
PHOTO_SIDES = (90, 320, 800, 1280, 2560)
"""Pixels of the longer side of the sizes in which Telegram keeps a photo."""
ONLY_IF_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Updates that a bot gets only if it names them in ``allowed_updates``."""


@dataclass
class World:
    """One bot's Telegram. ``privacy`` is that mode of the bot; ``inline``, its inline mode."""

    privacy: bool = False
    inline: bool = True
    clock: Clock = field(default_factory=Clock)
    files: dict[str, bytes] = field(default_factory=dict)
    told_sizes: dict[str, int] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    undelivered: list[dict[str, Any]] = field(default_factory=list)
    """Updates that the bot does not get: privacy mode, ``allowed_updates``, not in the chat."""
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    rooms: dict[int, Room] = field(default_factory=dict)
    users: dict[int, dict[str, Any]] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    queries: dict[str, float] = field(default_factory=dict)
    """Id of a tap or an inline query → when it was made."""
    allowed: frozenset[str] = frozenset()
    """The ``allowed_updates`` of the bot; none named are all but those it has to ask for."""
    _numbers: Any = field(default_factory=lambda: itertools.count(1000))

    def me(self) -> dict[str, Any]:
        """Return what getMe tells."""
        return {
            **BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": not self.privacy,
            "supports_inline_queries": self.inline,
        }

    def number(self) -> int:
        """Return a number that was not given before."""
        return int(next(self._numbers))

    def room(self, chat: int) -> Room:
        """Return a chat; one that nobody spoke of before exists from now on, with the bot in it."""
        if chat not in self.rooms:
            title = self.user(chat)["first_name"] if chat > 0 else "A tour"
            self.rooms[chat] = Room(chat, kind_of(chat), title, {BOT_ID: "member"})
        return self.rooms[chat]

    def user(self, person: int, language: str = "en") -> dict[str, Any]:
        """Return Telegram's User of a person or of the bot."""
        if person == BOT_ID:
            return BOT
        new = {"id": person, "is_bot": False, "first_name": "Ada"}
        return {**self.users.setdefault(person, new), "language_code": language}

    def update(self, **content: Any) -> dict[str, Any]:
        """Have Telegram tell the bot something, if it is to hear of it; return the update."""
        update = {"update_id": self.number(), **content}
        Update.model_validate(update)
        (self.updates if self._reaches(content) else self.undelivered).append(update)
        return update

    def _reaches(self, content: dict[str, Any]) -> bool:
        kind, body = next(iter(content.items()))
        if kind not in self.allowed if self.allowed else kind in ONLY_IF_ASKED:
            return False
        said = body.get("message", {}) if kind == "callback_query" else body
        room = self.rooms.get(said.get("chat", {}).get("id"))
        if kind == "my_chat_member" or room is None:
            return True
        # The message that tells of the bot's own leaving is the last that it gets.
        if room.bot not in IN_CHAT:
            return bool(body.get("left_chat_member", {}).get("id") == BOT_ID)
        is_message = kind in ("message", "edited_message")
        return not (self.privacy and is_message) or hears(body, room, BOT["username"])

    def new_message(
        self, chat: int, sender: dict[str, Any] | None, content: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep a new message of a chat and return it."""
        message = {
            "message_id": self.number(),
            "date": int(time.time()),
            "chat": self.room(chat).chat(),
            **({"from": sender} if sender else {}),
            **content,
        }
        self.messages[chat, message["message_id"]] = message
        return message

    def sizes(self, picture: bytes) -> list[dict[str, Any]]:
        """Keep a photo in the sizes in which Telegram would; return them."""
        with Image.open(BytesIO(picture)) as image:
            full = image.convert("RGB")
        sides = [side for side in PHOTO_SIDES if side < max(full.size)]
        sizes = []
        for side in [*sides, min(max(full.size), PHOTO_SIDES[-1])]:
            small = full.copy()
            small.thumbnail((side, side))
            buffer = BytesIO()
            small.save(buffer, "JPEG")
            size = {"width": small.width, "height": small.height}
            sizes.append({**self.keep_file(buffer.getvalue()), **size})
        return sizes

    def keep_file(self, content: bytes, size: int = 0) -> dict[str, Any]:
        """Keep a file, as large as it is or as is said; return Telegram's File without a path."""
        file_id = f"file{self.number()}"
        self.files[file_id] = content
        self.told_sizes[file_id] = size or len(content)
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size or len(content)}
