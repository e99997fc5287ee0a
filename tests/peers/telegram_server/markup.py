"""Telegram's HTML: what a reader sees of it, and what Telegram objects to."""

import html as html_library
import re
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
TOKEN = re.compile(
    rf"<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<more>(?:\s+[\w-]+(?:\s*=\s*{VALUE})?)*)\s*>"
    r"|(?P<reference>&(?:#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);)"
    r"|(?P<plain>[^<&]+|[<&])"
)
ATTRIBUTE = re.compile(rf"([\w-]+)\s*=\s*({VALUE})")


@dataclass
class Read:
    """A text as it is read: its letters, their looks, and what is wrong."""

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    open: list[tuple[str, int, str]] = field(default_factory=list)

    def take(self, token: re.Match[str]) -> None:
        """Read one piece of HTML."""
        tag, offset = (token["tag"] or "").lower(), len(token.string[: token.start()].encode())
        if token["plain"] == "<" or (tag and tag not in KINDS):
            self.problems.append(f'Unsupported start tag "{tag}" at byte offset {offset}')
        elif tag and token["end"]:
            self._close(tag, offset)
        elif tag:
            self.open.append((tag, units(self.text), token["more"]))
        else:
            self.text += token["plain"] or html_library.unescape(token["reference"])

    def _close(self, tag: str, offset: int) -> None:
        if not self.open:
            self.problems.append(f'Unexpected end tag at byte offset {offset}: "{tag}"')
            return
        opened, start, more = self.open.pop()
        if opened != tag:
            found = f'expected "</{opened}>", found "</{tag}>"'
            self.problems.append(f"Unmatched end tag at byte offset {offset}, {found}")
        entity: dict[str, Any] = {"type": KINDS[tag], "offset": start}
        if tag == "a":
            attributes = dict(ATTRIBUTE.findall(more))
            entity["url"] = html_library.unescape(attributes.get("href", "").strip("\"'"))
        if units(self.text) > start:
            self.entities.append({**entity, "length": units(self.text) - start})


def read_html(html: str) -> Read:
    """Return what a message in HTML says and shows."""
    read = Read()
    for token in TOKEN.finditer(html):
        read.take(token)
    for tag, _, _ in read.open:
        read.problems.append(f'Can\'t find end tag corresponding to start tag "{tag}"')
    read.problems = [f"can't parse entities: {problem}" for problem in read.problems]
    read.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return read


def visible_text(html: str, most: int = 4096) -> tuple[str, list[str]]:
    """Return what a reader sees of a message in HTML, and what Telegram would object to."""
    read = read_html(html)
    return read.text, [*read.problems, *length_problems(read.text, most)]


def length_problems(text: str, most: int, what: str = "message") -> list[str]:
    """Return what Telegram says to an empty text, and to one of too many UTF-16 units."""
    problems = [] if text.strip() else [f"{what} text is empty"]
    return problems + ([f"{what} is too long"] if units(text) > most else [])


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
