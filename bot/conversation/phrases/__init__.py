"""The sentences: a gettext catalogue a language, English for whatever a language lacks."""

import io
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.errors import UserError

FALLBACK = "en"


class Phrases:
    """All sentences in all languages."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        """Read every ``LANGUAGE.po`` of the folder."""
        catalogs = read_catalogs(folder)
        self.languages = tuple(catalogs)
        self._counted = {m.id[0] for m in catalogs[FALLBACK] if m.pluralizable}
        self._known = {m.id for m in catalogs[FALLBACK] if m.id and not m.pluralizable}
        self._spoken = {language: _spoken(each) for language, each in catalogs.items()}
        for language, spoken in self._spoken.items():
            if language != FALLBACK:
                spoken.add_fallback(self._spoken[FALLBACK])

    def language(self, tag: str) -> str:
        """Return the language that is spoken for a tag such as ``de-AT``; English for others."""
        code = tag.replace("_", "-").partition("-")[0].lower()
        return code if code in self._spoken else FALLBACK

    def say(self, key: str, language: str = FALLBACK, **values: object) -> str:
        """Return a sentence, filled in; one that has a ``count`` in the form for this number.

        Raises `KeyError` for a key that English lacks.
        """
        spoken = self._spoken[self.language(language)]
        if key in self._counted:
            sentence = spoken.ngettext(key, "", int(str(values["count"])))
        elif key in self._known:
            sentence = spoken.gettext(key)
        else:
            raise KeyError(key)
        return sentence.format(**values)

    def explain(self, error: UserError, language: str = FALLBACK) -> str:
        """Return the sentence of a failure."""
        return self.say(error.key, language, **error.values)


def read_catalogs(folder: Path = Path(__file__).parent) -> dict[str, Catalog]:
    """Return the catalogues of a folder by language; message ids are what code asks for.

    They take several times the room of the sentences in them.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.po"))}


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def _spoken(catalog: Catalog) -> GNUTranslations:
    """Return a catalogue as the standard library reads it; untranslated messages are left out."""
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return GNUTranslations(file)
