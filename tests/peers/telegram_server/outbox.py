"""What the bot sends on Telegram: refused where Telegram would refuse it, else kept."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from aiogram.types import Message
from PIL import Image, UnidentifiedImageError

from tests.peers.telegram_server.answers import bad, wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.floods import Floods
from tests.peers.telegram_server.people import People, bare
from tests.peers.telegram_server.record import Record, Sent
from tests.peers.telegram_server.rooms import Room
from tests.peers.telegram_server.targets import open_room
from tests.peers.telegram_server.words import CAPTION_UNITS, Words, caption_of, markup_of, text_of
from tests.peers.telegram_server.world import BOT

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES_TOGETHER = 10_000
PHOTO_RATIO = 20
ALBUM = (2, 10)

__all__ = ["CAPTION_UNITS", "Outbox", "Sent"]


class Outbox:
    """Takes the bot's messages, photos, albums and files into the chats of ``people``."""

    def __init__(self, people: People, floods: Floods, record: Record) -> None:
        """Refuse what floods a chat; note the rest."""
        self._people = people
        self._floods = floods
        self._record = record

    def send_message(self, call: Call) -> dict[str, Any]:
        """Answer ``sendMessage``."""
        words = text_of(call.values)
        return self.deliver(call, words.content("text"), words)

    def send_photo(self, call: Call) -> dict[str, Any]:
        """Answer ``sendPhoto``."""
        words = caption_of(call.values)
        photo, content = self._photo(call, call.values["photo"])
        return self.deliver(call, content | words.content("caption"), words, photo=photo)

    def send_document(self, call: Call) -> dict[str, Any]:
        """Answer ``sendDocument``."""
        words = caption_of(call.values)
        document, content = self._document(call, call.values["document"])
        return self.deliver(call, content | words.content("caption"), words, document=document)

    def send_media_group(self, call: Call) -> list[dict[str, Any]]:
        """Answer ``sendMediaGroup`` of photos or of files."""
        media, (least, most) = call.values["media"], ALBUM
        if not least <= len(media) <= most:
            raise wrong(f"media group must have {least}-{most} items")
        kinds = {item["type"] for item in media}
        if kinds not in ({"photo"}, {"document"}):
            raise wrong(f"documents cannot be mixed with other media, others are not kept: {kinds}")
        room, replied = self._where(call)
        items = [self._item(call, item) for item in media]
        self._floods.take(call.method, room, len(items))
        group = {"media_group_id": str(self._people.number())}
        album = [self._message(call, room, c | group | replied, sent) for c, sent in items]
        self._record.add(call.method, replace(album[0], album=tuple(album)))
        return [sent.message for sent in album]

    def deliver(
        self,
        call: Call,
        content: dict[str, Any],
        words: Words,
        photo: bytes = b"",
        document: bytes = b"",
    ) -> dict[str, Any]:
        """Keep one message with this content; return it. Raises `RefusedError`."""
        content |= markup_of(call.values)
        room, replied = self._where(call)
        self._floods.take(call.method, room)
        sent = Sent({}, words.html, words.text, call.form, photo, document)
        sent = self._message(call, room, content | replied, sent)
        self._record.add(call.method, sent)
        return sent.message

    def _where(self, call: Call) -> tuple[Room, dict[str, Any]]:
        """Return the chat, and what in it a message answers."""
        room = open_room(self._people, call.values)
        reply = call.values.get("reply_parameters")
        if not reply:
            return room, {}
        replied = self._people.messages.get((reply.get("chat_id", room.id), reply["message_id"]))
        if replied is not None:
            return room, {"reply_to_message": bare(replied)}
        if not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return room, {}

    def _message(self, call: Call, room: Room, content: dict[str, Any], sent: Sent) -> Sent:
        if thread := call.values.get("message_thread_id"):
            content |= {"message_thread_id": thread, "is_topic_message": True}
        is_channel = room.type == "channel"
        sender = {"sender_chat": room.chat()} if is_channel else {}
        message = self._people.new_message(room.id, None if is_channel else BOT, sender | content)
        Message.model_validate(message)
        return replace(sent, message=message)

    def _item(self, call: Call, item: dict[str, Any]) -> tuple[dict[str, Any], Sent]:
        words = caption_of(item)
        if item["type"] == "photo":
            photo, content = self._photo(call, item["media"])
            sent = Sent({}, words.html, words.text, call.form, photo=photo)
        else:
            document, content = self._document(call, item["media"])
            sent = Sent({}, words.html, words.text, call.form, document=document)
        return content | words.content("caption"), sent

    def _photo(self, call: Call, value: str) -> tuple[bytes, dict[str, Any]]:
        photo = call.upload(value, self._people.files)
        if photo is None:
            photo = self._people.files[value]
        else:
            for problem in photo_problems(photo):
                raise bad(problem)
        return photo, {"photo": self._people.sizes(photo)}

    def _document(self, call: Call, value: str) -> tuple[bytes, dict[str, Any]]:
        content = call.upload(value, self._people.files)
        known = self._people.files.get(value, b"")
        if content == b"":
            raise bad("file must be non-empty")
        name = call.names.get(value.removeprefix("attach://"), "")
        file = self._people.keep_file(known if content is None else content)
        return content or known, {"document": file | ({"file_name": name} if name else {})}


def photo_problems(photo: bytes) -> Sequence[str]:
    """Return what Telegram says to a photo that is too big or too long, or none."""
    try:
        with Image.open(BytesIO(photo)) as image:
            short, long = sorted(image.size)
    except UnidentifiedImageError:
        return ["IMAGE_PROCESS_FAILED"]
    if len(photo) > PHOTO_BYTES:
        return ["file is too big"]
    odd = short + long > PHOTO_SIDES_TOGETHER or long > PHOTO_RATIO * short
    return ["PHOTO_INVALID_DIMENSIONS"] if odd else []
