"""Reading the content files (``artists/*.toml``, ``movements/*.toml``, ``sources.toml``)."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from knowledge.entries import Artist, Content, Moment, Movement, Source, Work
from knowledge.tables import (
    ArtistTable,
    MomentTable,
    MovementTable,
    SourceTable,
    Table,
    WorkTable,
)

Shape = TypeVar("Shape", bound=Table)
Entry = TypeVar("Entry", ArtistTable, MovementTable)


class ContentError(Exception):
    """A content file cannot be used; the message names the file and the line or the entry."""


def content_files(folder: Path) -> list[Path]:
    """Every content file below ``folder``, always in the same order."""
    return [
        folder / "sources.toml",
        *entry_files(folder / "artists"),
        *entry_files(folder / "movements"),
    ]


def entry_files(folder: Path) -> list[Path]:
    """Return the files of ``artists/`` or ``movements/``, in the order of their ids."""
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


def read_content(folder: Path) -> Content:
    """All entries of the content folder.

    Raises:
        ContentError: at the first file that cannot be used.

    """
    sources = read_sources(folder)
    return Content(
        {path.stem: _artist(path, sources) for path in entry_files(folder / "artists")},
        {path.stem: _movement(path, sources) for path in entry_files(folder / "movements")},
    )


def source_keys(table: ArtistTable | MovementTable) -> list[str]:
    """Return the keys of every source used in an entry, the story's first, each once."""
    return list(dict.fromkeys(_all_source_keys(table)))


def _all_source_keys(table: ArtistTable | MovementTable) -> Iterator[str]:
    yield from table.story.sources
    if isinstance(table, MovementTable):
        yield from table.years.sources
        return
    yield from table.born.sources
    yield from table.died.sources if table.died else ()
    for work in table.works:
        yield from work.sources


def _artist(path: Path, sources: Mapping[str, Source]) -> Artist:
    table = read_entry(path, ArtistTable)
    return Artist(
        id=table.id,
        name=table.name,
        other_names=tuple(table.other_names),
        nationality=table.nationality,
        gender=table.gender,
        movements=tuple(table.movements),
        also=tuple(table.also),
        teachers=tuple(table.teachers),
        born=_moment(table.born),
        died=_moment(table.died) if table.died and table.died.year is not None else None,
        wikidata=table.ids.wikidata,
        ulan=table.ids.ulan,
        works=tuple(_work(work) for work in table.works),
        text=table.story.text.strip(),
        sources=_named(path, source_keys(table), sources),
        checked=table.checked,
    )


def _movement(path: Path, sources: Mapping[str, Source]) -> Movement:
    table = read_entry(path, MovementTable)
    return Movement(
        id=table.id,
        name=table.name,
        other_names=tuple(table.other_names),
        region=table.region,
        start=table.years.start,
        end=table.years.end,
        after=tuple(table.after),
        before=tuple(table.before),
        painters=tuple(table.painters),
        marks=tuple(table.marks),
        wikidata=table.ids.wikidata,
        text=table.story.text.strip(),
        sources=_named(path, source_keys(table), sources),
        checked=table.checked,
    )


def _moment(table: MomentTable) -> Moment:
    return Moment(table.year, table.circa, table.place)


def _work(table: WorkTable) -> Work:
    return Work(table.title, table.year, table.museum, table.wikidata, tuple(table.sources))


def _named(path: Path, keys: Iterable[str], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    unknown = [key for key in keys if key not in sources]
    if unknown:
        raise ContentError(f'{path}: sources: "{unknown[0]}" is not in sources.toml')
    return tuple(sources[key] for key in keys)


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
