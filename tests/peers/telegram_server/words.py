"""The words and buttons of a request, as the message will have them."""

from dataclasses import dataclass, field
from typing import Any

from tests.peers.telegram_server.answers import wrong
from tests.peers.telegram_server.markup import Read, length_problems, read_html, units

TEXT_UNITS, CAPTION_UNITS = 4096, 1024
BUTTON_BYTES = 64


@dataclass(frozen=True)
class Words:
    """What was written, what is read, and its looks."""

    html: str = ""
    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)

    def content(self, kind: str) -> dict[str, Any]:
        """Return the message's ``text`` or ``caption`` and its entities."""
        name = "entities" if kind == "text" else "caption_entities"
        entities = {name: self.entities} if self.entities else {}
        return ({kind: self.text} if self.text else {}) | entities


def text_of(values: dict[str, Any]) -> Words:
    """Return the text of a message. Raises `RefusedError` if it is empty, too long or bad HTML."""
    words = read_words(values, "text")
    for problem in length_problems(words.text, TEXT_UNITS):
        raise wrong(problem)
    return words


def caption_of(values: dict[str, Any]) -> Words:
    """Return the caption of a picture or file, which may be empty. Raises `RefusedError`."""
    words = read_words(values, "caption")
    if units(words.text) > CAPTION_UNITS:
        raise wrong("message caption is too long")
    return words


def read_words(values: dict[str, Any], name: str) -> Words:
    """Return what a parameter says in its parse mode. Raises `RefusedError` for bad HTML."""
    written = values.get(name) or ""
    mode = values.get("parse_mode" if name in ("text", "caption") else f"{name}_parse_mode")
    if mode not in (None, "", "HTML"):
        raise wrong(f"unsupported parse_mode {mode}: this server reads HTML only")
    read = read_html(written) if mode else Read(written)
    for problem in read.problems:
        raise wrong(problem)
    named = "entities" if name == "text" else f"{name}_entities"
    return Words(written, read.text.rstrip(), read.entities or values.get(named) or [])


def markup_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return a message's buttons, if it is to have any. Raises `RefusedError` for wrong ones."""
    markup = values.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", []):
        for button in row:
            data = button.get("callback_data")
            if data is not None and not 1 <= len(data.encode()) <= BUTTON_BYTES:
                raise wrong("BUTTON_DATA_INVALID")
            if len(button.keys() - {"text", "style", "icon_custom_emoji_id"}) != 1:
                raise wrong("BUTTON_TYPE_INVALID")
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}
