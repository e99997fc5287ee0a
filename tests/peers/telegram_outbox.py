"""What the bot sends on Telegram: refused where Telegram would refuse it, else kept."""

import asyncio
import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from aiogram.types import Message
from PIL import Image

from tests.peers.telegram_people import BOT, People
from tests.peers.telegram_spec import visible_text

TEXT_UNITS, CAPTION_UNITS = 4096, 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES_TOGETHER = 10_000
PHOTO_RATIO = 20

Answer = tuple[int, dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    """A message as the bot sent or edited it; ``text`` is what a reader sees."""

    message: dict[str, Any]
    html: str
    text: str
    request: dict[str, str]
    photo: bytes = b""

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All buttons, row after row."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def button(self, label: str) -> str:
        """Return what the button with this label carries."""
        found = [str(b["callback_data"]) for b in self.buttons if label in b["text"]]
        assert found, f"no button {label!r} in {[b['text'] for b in self.buttons]}"
        return found[0]


class Outbox:
    """Takes the bot's messages, photos and edits into the chats of ``people``."""

    def __init__(self, people: People, problems: list[str]) -> None:
        """Add to ``problems`` what is against the rules."""
        self.sent: asyncio.Queue[Sent] = asyncio.Queue()
        self.edited: asyncio.Queue[Sent] = asyncio.Queue()
        self._people = people
        self._problems = problems

    def send_message(self, parameters: dict[str, str]) -> Answer:
        """Answer ``sendMessage``."""
        html = parameters["text"]
        text, problems = self._checked(html, parameters, TEXT_UNITS)
        return self._keep({"text": text}, Sent({}, html, text, parameters), problems)

    def send_photo(self, parameters: dict[str, str], photo: bytes) -> Answer:
        """Answer ``sendPhoto`` of a file."""
        html = parameters.get("caption", "")
        text, problems = self._checked(html, parameters, CAPTION_UNITS)
        problems += self._photo_problems(photo)
        if problems:
            return error(400, f"Bad Request: {problems[0]}")
        content = {"photo": self._people.sizes(photo), "caption": text}
        return self._keep(content, Sent({}, html, text, parameters, photo), problems)

    def edit_message(self, parameters: dict[str, str]) -> Answer:
        """Answer ``editMessageText``."""
        text, problems = self._checked(parameters["text"], parameters, TEXT_UNITS)
        key = (int(parameters["chat_id"]), int(parameters["message_id"]))
        message = self._people.messages.get(key)
        if problems or message is None:
            return error(400, f"Bad Request: {[*problems, 'message to edit not found'][0]}")
        if "text" not in message:
            return error(400, "Bad Request: there is no text in the message to edit")
        content = {"text": text, **_markup(parameters)}
        if content == {name: message[name] for name in ("text", "reply_markup") if name in message}:
            return error(400, "Bad Request: message is not modified")
        message.pop("reply_markup", None)
        message.update(content)
        Message.model_validate(message)
        self.edited.put_nowait(Sent(dict(message), parameters["text"], text, parameters))
        return ok(message)

    def _keep(self, content: dict[str, Any], sent: Sent, problems: list[str]) -> Answer:
        chat = int(sent.request["chat_id"])
        reply = json.loads(sent.request.get("reply_parameters", "{}"))
        replied = self._people.messages.get((chat, reply["message_id"])) if reply else None
        if reply and replied is None and not reply.get("allow_sending_without_reply"):
            problems.append("message to be replied not found")
        if problems:
            return error(400, f"Bad Request: {problems[0]}")
        content |= _markup(sent.request)
        if replied is not None:
            bare = {name: value for name, value in replied.items() if name != "reply_to_message"}
            content["reply_to_message"] = bare
        message = self._people.new_message(chat, BOT, content)
        Message.model_validate(message)
        self.sent.put_nowait(Sent(message, sent.html, sent.text, sent.request, sent.photo))
        return ok(message)

    def _checked(self, html: str, parameters: dict[str, str], most: int) -> tuple[str, list[str]]:
        """Return the visible text of a message, and what Telegram would refuse."""
        text, problems = visible_text(html, most)
        for button in Sent(_markup(parameters), "", "", {}).buttons:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                problems.append("BUTTON_DATA_INVALID")
        self._problems += problems
        return text, problems

    def _photo_problems(self, photo: bytes) -> list[str]:
        with Image.open(BytesIO(photo)) as image:
            short, long = sorted(image.size)
        problems = []
        if len(photo) > PHOTO_BYTES:
            problems.append("file is too big")
        if short + long > PHOTO_SIDES_TOGETHER or long > PHOTO_RATIO * short:
            problems.append("PHOTO_INVALID_DIMENSIONS")
        return problems


def _markup(parameters: dict[str, str]) -> dict[str, Any]:
    markup = parameters.get("reply_markup")
    return {"reply_markup": json.loads(markup)} if markup else {}


def ok(result: object) -> Answer:
    """Return Telegram's answer with a result."""
    return 200, {"ok": True, "result": result}


def error(code: int, description: str) -> Answer:
    """Return Telegram's answer to what it refuses."""
    return code, {"ok": False, "error_code": code, "description": description}
