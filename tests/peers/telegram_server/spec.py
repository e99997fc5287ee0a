"""Checks requests against the published description of Telegram's Bot API."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.peers.telegram_server.markup import visible_text

__all__ = ["PATH", "BotApiSpecification", "from_form", "visible_text"]

PATH = Path(__file__).parents[4] / "shared" / "specs" / "telegram-bot-api.json"
"""The description, beside the repository; not part of it."""

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
        described = _described(path)
        self._methods: dict[str, Any] = described["methods"]
        self._types: dict[str, Any] = described["types"]

    def knows(self, method: str) -> bool:
        """Say whether there is such a method."""
        return method in self._methods

    def read(self, method: str, form: dict[str, str]) -> dict[str, Any]:
        """Return the values of a request's parameters, which came as a form."""
        types = {f["name"]: f["types"] for f in self._methods[method].get("fields", [])}
        return {name: from_form(text, types.get(name, ["String"])) for name, text in form.items()}

    def problems(self, method: str, values: dict[str, Any]) -> list[str]:
        """Return what is wrong with a request's values."""
        return self._object(method, self._methods[method].get("fields", []), values)

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


@cache
def _described(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def from_form(text: str, types: list[str]) -> Any:
    """Return the value of a form field: JSON, except where a string is wanted."""
    if types == ["String"]:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
