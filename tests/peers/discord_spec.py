"""Checks requests against the published description of Discord's API."""

import json
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[3] / "shared" / "specs" / "discord-openapi.json"
"""The description, beside the repository; not part of it."""


class DiscordSpecification:
    """Every request's body as Discord describes it."""

    def __init__(self, path: Path = PATH) -> None:
        """Read the description."""
        described = json.loads(path.read_text(encoding="utf-8"))
        self._components = described["components"]
        self._bodies: dict[tuple[str, tuple[str, ...]], Any] = {}
        for template, methods in described["paths"].items():
            for method, operation in methods.items():
                if isinstance(operation, dict) and "responses" in operation:
                    content = operation.get("requestBody", {}).get("content", {})
                    body = content.get("application/json", {}).get("schema")
                    self._bodies[method.upper(), tuple(template.strip("/").split("/"))] = body

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        """Return what is wrong with a request."""
        from jsonschema import Draft202012Validator

        found = self._body(method, path)
        if found is None:
            return [f"There is no {method} {path}"]
        schema, where = found
        if schema is None:
            return [f"{where} takes no body"] if body is not None else []
        validator = Draft202012Validator({**schema, "components": self._components})
        return [
            f"{where}: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
            for error in validator.iter_errors(as_strings(body))
        ]

    def _body(self, method: str, path: str) -> tuple[Any, str] | None:
        """Return the schema of a body and the template of its path, the most literal that fits."""
        steps = path.strip("/").split("/")
        fitting = [
            (sum(t == s for t, s in zip(template, steps, strict=True)), template)
            for known, template in self._bodies
            if known == method and len(template) == len(steps) and _fits(template, steps)
        ]
        if not fitting:
            return None
        template = max(fitting)[1]
        return self._bodies[method, template], f"{method} /{'/'.join(template)}"


def _fits(template: tuple[str, ...], steps: list[str]) -> bool:
    return all(t.startswith("{") or t == s for t, s in zip(template, steps, strict=True))


def as_strings(body: Any) -> Any:
    """Return a body with ids as strings: discord.py sends some as integers, which Discord takes."""
    if isinstance(body, list):
        return [as_strings(each) for each in body]
    if not isinstance(body, dict):
        return body
    whole = {
        name: str(value) if name.endswith("_id") and isinstance(value, int) else as_strings(value)
        for name, value in body.items()
    }
    if isinstance(whole.get("attachments"), list):
        whole["attachments"] = [{**each, "id": str(each["id"])} for each in whole["attachments"]]
    return whole
