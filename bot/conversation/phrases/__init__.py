"""The sentences, one TOML file a language, English for whatever a language lacks."""

import tomllib
from pathlib import Path

from bot.errors import UserError

FALLBACK = "en"


class Phrases:
    """All sentences in all languages."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        """Read every ``LANGUAGE.toml`` of the folder."""
        self._sentences: dict[str, dict[str, str]] = {
            path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(folder.glob("*.toml"))
        }

    def say(self, key: str, language: str = FALLBACK, **values: object) -> str:
        """Return a sentence, filled in. Raises `KeyError` for a key that English lacks."""
        known = self._sentences.get(language.partition("-")[0].lower(), {})
        sentence = known.get(key) or self._sentences[FALLBACK][key]
        return sentence.strip().format(**values)

    def explain(self, error: UserError, language: str = FALLBACK) -> str:
        """Return the sentence of a failure."""
        return self.say(error.key, language, **error.values)
