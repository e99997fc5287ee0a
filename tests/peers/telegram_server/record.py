"""What the bot sent and edited, in order, and what a chat shows now."""

import asyncio
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sent:
    """A message as the bot sent or edited it; ``text`` is what a reader sees.

    ``photo`` and ``document`` are the bytes sent. An album is its first message; ``album`` holds
    all of them.
    """

    message: dict[str, Any]
    html: str
    text: str
    request: dict[str, str]
    photo: bytes = b""
    document: bytes = b""
    album: tuple["Sent", ...] = ()

    @property
    def chat(self) -> int:
        """The chat's id."""
        return int(self.message["chat"]["id"])

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


@dataclass(frozen=True)
class Entry:
    """One thing that the bot did in a chat."""

    method: str
    sent: Sent


@dataclass
class Record:
    """Everything the bot said, as it said it; ``shown`` keeps each message as it is now."""

    log: list[Entry] = field(default_factory=list)
    shown: dict[tuple[int, int], Sent] = field(default_factory=dict)
    sent: asyncio.Queue[Sent] = field(default_factory=asyncio.Queue)
    edited: asyncio.Queue[Sent] = field(default_factory=asyncio.Queue)

    def add(self, method: str, sent: Sent) -> None:
        """Note a new message, or an album."""
        self.log.append(Entry(method, sent))
        for each in sent.album or (sent,):
            self.shown[each.chat, each.message["message_id"]] = each
        self.sent.put_nowait(sent)

    def change(self, method: str, edited: Sent) -> None:
        """Note an edit."""
        self.log.append(Entry(method, edited))
        self.shown[edited.chat, edited.message["message_id"]] = edited
        self.edited.put_nowait(edited)

    def remove(self, method: str, message: dict[str, Any]) -> None:
        """Note that a message is gone."""
        chat, number = int(message["chat"]["id"]), int(message["message_id"])
        text = message.get("text", message.get("caption", ""))
        gone = self.shown.pop((chat, number), Sent(message, "", text, {}))
        self.log.append(Entry(method, gone))
