"""What a member of a Telegram chat sees, read from the loopback Bot API server."""

from html import escape
from itertools import groupby
from time import localtime, strftime
from typing import Any

from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server.record import Sent
from tests.transcripts.messages import Button, Message


def seen(server: BotApiServer, chat: int, me: int, since: int = 0) -> list[Message]:
    """Return a chat's messages from a message's number on, as ``me`` sees them now."""
    sent = [s for s in server.messages(chat) if s.message["message_id"] >= since]
    return [_message(server, list(album), me) for _, album in groupby(sent, _album)]


def _album(sent: Sent) -> str:
    return str(sent.message.get("media_group_id", sent.message["message_id"]))


def _message(server: BotApiServer, album: list[Sent], me: int) -> Message:
    first = album[0].message
    words = next((sent for sent in album if sent.text), album[0])
    rows = first.get("reply_markup", {}).get("inline_keyboard", [])
    return Message(
        author=first["from"]["first_name"],
        html=words.html or escape(words.text, quote=False),
        is_mine=first["from"]["id"] == me,
        is_bot=first["from"]["is_bot"],
        time=strftime("%H:%M", localtime(first["date"])),
        head=_answered(first),
        pictures=[_file(server, s.message["photo"][-1]) for s in album if "photo" in s.message],
        files=[_document(s.message["document"]) for s in album if "document" in s.message],
        buttons=[[Button(button["text"]) for button in row] for row in rows],
    )


def _answered(message: dict[str, Any]) -> str:
    """Return the line about the message that this one answers; "" for none."""
    answered = message.get("reply_to_message")
    if answered is None:
        return ""
    said = answered.get("text") or answered.get("caption") or "Photo"
    return f"<b>{escape(answered['from']['first_name'])}</b>{escape(said[:60])}"


def _file(server: BotApiServer, photo: dict[str, Any]) -> bytes:
    return server.people.files[photo["file_id"]]


def _document(document: dict[str, Any]) -> tuple[str, int]:
    return document.get("file_name", ""), document["file_size"]
