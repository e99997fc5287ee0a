"""Checks requests against the published description of Telegram's Bot API."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[3] / "shared" / "specs" / "telegram-bot-api.json"
"""The description, beside the repository; not part of it."""

TAGS = frozenset({"b", "i", "a", "u", "s", "code", "pre", "blockquote"})
PLAIN: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}


class BotApiSpecification:
    """Every method of the Bot API with its parameters, every type with its fields."""

    def __init__(self, path: Path = PATH) -> None:
        """Read the description."""
        described = json.loads(path.read_text(encoding="utf-8"))
        self._methods: dict[str, Any] = described["methods"]
        self._types: dict[str, Any] = described["types"]

    def problems(self, method: str, parameters: dict[str, str]) -> list[str]:
        """Return what is wrong with a request whose parameters came as a form."""
        if method not in self._methods:
            return [f"There is no method {method}"]
        fields = self._methods[method].get("fields", [])
        values = {}
        for name, text in parameters.items():
            types = next((f["types"] for f in fields if f["name"] == name), ["String"])
            values[name] = from_form(text, types)
        return self._object(method, fields, values)

    def _object(self, where: str, fields: list[Any], values: dict[str, Any]) -> list[str]:
        known = {field["name"]: field for field in fields}
        required = {name for name, field in known.items() if field["required"]}
        found = [f"{where} lacks {name}" for name in sorted(required - values.keys())]
        found += [f"{where} has no {name}" for name in sorted(values.keys() - known.keys())]
        for name in values.keys() & known.keys():
            found += self._any(f"{where}.{name}", known[name]["types"], values[name])
        return found

    def _any(self, where: str, types: list[str], value: object) -> list[str]:
        """Return no problem if one of the types fits, else those of the last."""
        found: list[str] = []
        for kind in types:
            found = self._value(where, kind, value)
            if not found:
                return []
        return found

    def _value(self, where: str, kind: str, value: object) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where} is no array"]
            inner = kind.removeprefix("Array of ")
            return [p for i, v in enumerate(value) for p in self._value(f"{where}[{i}]", inner, v)]
        if kind in PLAIN:
            fits = isinstance(value, PLAIN[kind]) and isinstance(value, bool) == (kind == "Boolean")
            return [] if fits else [f"{where} is no {kind}: {value!r}"]
        described = self._types[kind]
        if "subtypes" in described:
            return self._any(where, described["subtypes"], value)
        if not isinstance(value, dict):
            return [f"{where} is no {kind}"]
        return self._object(where, described.get("fields", []), value)


def from_form(text: str, types: list[str]) -> Any:
    """Return the value of a form field: JSON, except where a string is wanted."""
    if types == ["String"]:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.problems.append(f"Unsupported start tag {tag}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"Unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


def visible_text(html: str, most: int = 4096) -> tuple[str, list[str]]:
    """Return what a reader sees of a message in HTML, and what Telegram would object to."""
    parser = _VisibleText()
    parser.feed(html)
    parser.close()
    problems = [*parser.problems, *(f"Unclosed tag {tag}" for tag in parser.open)]
    length = len(parser.text.encode("utf-16-le")) // 2
    if not parser.text.strip():
        problems.append("message text is empty")
    if length > most:
        problems.append(f"message is too long: {length} UTF-16 units")
    return parser.text, problems
