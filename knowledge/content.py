"""The content files: where they are, and each in its shape."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.entries import (
    Source,
)
from knowledge.tables import (
    ArtistTable,
    ArtistTranslationTable,
    MovementTable,
    MovementTranslationTable,
    PaintingTable,
    PaintingTranslationTable,
    SourceTable,
    Table,
    WordsTable,
)

Shape = TypeVar("Shape", bound=Table)
TranslationTable = ArtistTranslationTable | MovementTranslationTable | PaintingTranslationTable
EntryTable = ArtistTable | MovementTable | PaintingTable | TranslationTable
Entry = TypeVar(
    "Entry",
    ArtistTable,
    MovementTable,
    PaintingTable,
    PaintingTranslationTable,
    ArtistTranslationTable,
    MovementTranslationTable,
    PaintingTranslationTable,
)

KINDS = ("artists", "movements", "paintings")
"""The folders of entries."""
WORDS = "words.toml"
"""In a language's folder, beside those of `KINDS`."""


class ContentError(Exception):
    """A content file cannot be used; the message names the file and the line or the entry."""


def content_files(folder: Path) -> list[Path]:
    """Every content file below ``folder``, always in the same order."""
    return [
        folder / "sources.toml",
        *(path for kind in KINDS for path in entry_files(folder / kind)),
        *(
            path
            for translated in translation_folders(folder)
            for kind in KINDS
            for path in entry_files(translated / kind)
        ),
        *(translated / WORDS for translated in translation_folders(folder)),
    ]


def translation_folders(folder: Path) -> list[Path]:
    """Return the folders of translations, each named as its language."""
    return sorted(path for path in (folder / "translations").glob("*") if path.is_dir())


def entry_files(folder: Path) -> list[Path]:
    """Return the files of one kind's folder, in the order of their ids."""
    return sorted(folder.glob("*.toml"), key=lambda path: path.stem)


def read_entry(path: Path, shape: type[Entry]) -> Entry:
    """Return the one entry of a file; its id is the file's name.

    Raises:
        ContentError: the file cannot be read, is not TOML, or has another shape.

    """
    table = _shaped(path, "", _toml(path), shape)
    if table.id != path.stem:
        raise ContentError(f'{path}: id: "{table.id}" is not the file\'s name, "{path.stem}"')
    return table


def read_sources(folder: Path) -> dict[str, Source]:
    """Return the sources by key.

    Raises:
        ContentError: the file cannot be read, is not TOML, or has another shape.

    """
    path = folder / "sources.toml"
    tables = {key: _shaped(path, f"{key}.", raw, SourceTable) for key, raw in _toml(path).items()}
    return {
        key: Source(key, table.name, table.link, table.licence) for key, table in tables.items()
    }


def read_words(folder: Path) -> WordsTable:
    """Return a language's words of facts; empty where it has none.

    Raises:
        ContentError: the file cannot be read, is not TOML, or has another shape.

    """
    path = folder / WORDS
    return _shaped(path, "", _toml(path), WordsTable) if path.exists() else WordsTable()


def source_keys(table: EntryTable) -> list[str]:
    """Return the keys of every source used in an entry, the story's first, each once."""
    return list(dict.fromkeys(_all_source_keys(table)))


def _all_source_keys(table: EntryTable) -> Iterator[str]:
    yield from table.story.sources
    match table:
        case MovementTable():
            yield from table.years.sources
        case PaintingTable():
            yield from table.sources
        case ArtistTable():
            yield from table.born.sources
            yield from table.died.sources if table.died else ()
            for work in table.works:
                yield from work.sources


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path}: {error}") from error


def _shaped(path: Path, where: str, raw: object, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        entry = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"{path}: {where}{entry}: {first['msg']}") from error
