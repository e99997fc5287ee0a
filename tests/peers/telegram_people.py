"""What people do on Telegram, as the updates that a bot gets; each is valid by aiogram's models."""

import itertools
import re
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from aiogram.types import Update
from PIL import Image

BOT: dict[str, Any] = {
    "id": 42,
    "is_bot": True,
    "first_name": "Docent",
    "username": "docent_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
PHOTO_SIDES = (90, 320, 800, 1280, 2560)
"""Pixels of the longer side of the sizes in which Telegram keeps a photo."""


@dataclass
class People:
    """Writes messages and taps buttons; a negative chat is a group."""

    files: dict[str, bytes] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1000))

    def send_text(self, chat: int, text: str, **more: Any) -> dict[str, Any]:
        """Write words; ``@names`` and ``/commands`` become entities as in a real client."""
        entities = [
            {"type": kind, "offset": _units(text[: m.start()]), "length": _units(m.group())}
            for kind, pattern in (("mention", r"@\w+"), ("bot_command", r"(?<!\S)/\w+(@\w+)?"))
            for m in re.finditer(pattern, text)
        ]
        if entities:
            more["entities"] = entities
        return self.send(chat, text=text, **more)

    def send_photo(self, chat: int, picture: bytes, **more: Any) -> dict[str, Any]:
        """Send a picture as a photo: Telegram keeps it in several sizes."""
        return self.send(chat, photo=self.sizes(picture), **more)

    def send_document(
        self, chat: int, content: bytes, name: str, mime: str = "", size: int = 0, **more: Any
    ) -> dict[str, Any]:
        """Send a file; ``size`` pretends that it has so many bytes."""
        document = {**self._file(content), "file_name": name}
        if mime:
            document["mime_type"] = mime
        if size:
            document["file_size"] = size
        return self.send(chat, document=document, **more)

    def send(
        self,
        chat: int,
        *,
        person: int = 7,
        language: str = "en",
        reply_to: dict[str, Any] | None = None,
        **content: Any,
    ) -> dict[str, Any]:
        """Send any message, as Telegram's Message object says it; return that message."""
        sender = {"id": person, "is_bot": False, "first_name": "Ada", "language_code": language}
        message = self.new_message(chat, sender, content)
        if reply_to is not None:
            message["reply_to_message"] = {**reply_to}
        self.update(message=message)
        return message

    def tap(self, message: dict[str, Any], data: str, person: int = 7) -> dict[str, Any]:
        """Tap a button of a message; return the callback query."""
        query = {
            "id": str(next(self._numbers)),
            "from": {"id": person, "is_bot": False, "first_name": "Ada", "language_code": "en"},
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        self.update(callback_query=query)
        return query

    def update(self, **content: Any) -> dict[str, Any]:
        """Have Telegram tell the bot something; return the update."""
        update = {"update_id": next(self._numbers), **content}
        Update.model_validate(update)
        self.updates.append(update)
        return update

    def new_message(
        self, chat: int, sender: dict[str, Any], content: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep a new message of a chat and return it."""
        group = {"id": chat, "type": "supergroup", "title": "A tour"}
        message = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": group if chat < 0 else {"id": chat, "type": "private", "first_name": "Ada"},
            "from": sender,
            **content,
        }
        self.messages[chat, message["message_id"]] = message
        return message

    def sizes(self, picture: bytes) -> list[dict[str, Any]]:
        """Keep a photo in the sizes in which Telegram would; return them."""
        with Image.open(BytesIO(picture)) as image:
            full = image.convert("RGB")
        sizes = []
        for side in (side for side in PHOTO_SIDES if side <= max(full.size)):
            small = full.copy()
            small.thumbnail((side, side))
            buffer = BytesIO()
            small.save(buffer, "JPEG")
            size = {"width": small.width, "height": small.height}
            sizes.append({**self._file(buffer.getvalue()), **size})
        return sizes

    def _file(self, content: bytes) -> dict[str, Any]:
        file_id = f"file{next(self._numbers)}"
        self.files[file_id] = content
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
