"""What a bot tells of itself: commands, name and descriptions, language by language."""

import json
import re
from typing import Any

from tests.peers.telegram_server.answers import wrong
from tests.peers.telegram_server.calls import Call
from tests.peers.telegram_server.markup import units

COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_UNITS = 256
MOST = {"name": 64, "description": 512, "short_description": 120}

Key = tuple[str, str]


class Profile:
    """Keeps what the bot says of itself; by (scope, language) and by (field, language)."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self.commands: dict[Key, list[dict[str, str]]] = {}
        self.words: dict[Key, str] = {}

    def set_commands(self, call: Call) -> bool:
        """Answer ``setMyCommands``."""
        commands = call.values["commands"]
        if len(commands) > COMMANDS:
            raise wrong("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not COMMAND.fullmatch(command["command"]):
                raise wrong("BOT_COMMAND_INVALID")
            if not 1 <= units(command["description"]) <= COMMAND_UNITS:
                raise wrong("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[_scope(call)] = commands
        return True

    def get_commands(self, call: Call) -> list[dict[str, str]]:
        """Answer ``getMyCommands``."""
        return self.commands.get(_scope(call), [])

    def delete_commands(self, call: Call) -> bool:
        """Answer ``deleteMyCommands``."""
        self.commands.pop(_scope(call), None)
        return True

    def set_words(self, field: str, call: Call) -> bool:
        """Answer ``setMyName``, ``setMyDescription`` or ``setMyShortDescription``."""
        words = call.values.get(field, "")
        if units(words) > MOST[field]:
            raise wrong(f"{field.upper()}_TOO_LONG")
        self.words[field, call.values.get("language_code", "")] = words
        return True

    def get_words(self, field: str, call: Call) -> dict[str, Any]:
        """Answer ``getMyName``, ``getMyDescription`` or ``getMyShortDescription``."""
        language = call.values.get("language_code", "")
        return {field: self.words.get((field, language)) or self.words.get((field, ""), "")}


def _scope(call: Call) -> Key:
    scope = call.values.get("scope", {"type": "default"})
    return json.dumps(scope, sort_keys=True), call.values.get("language_code", "")
