"""The content files read into entries: painters, movements, paintings and translations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.content import (
    ContentError,
    TranslationTable,
    entry_files,
    read_entry,
    read_sources,
    read_words,
    source_keys,
    translation_folders,
)
from knowledge.entries import (
    Artist,
    Content,
    Moment,
    Movement,
    Painting,
    Source,
    Translation,
)
from knowledge.spelling import latin, normal
from knowledge.tables import (
    ArtistTable,
    ArtistTranslationTable,
    MomentTable,
    MovementTable,
    MovementTranslationTable,
    PaintingTable,
    PaintingTranslationTable,
    WorkTable,
)

LONGEST_ID = 54
"""Characters of a painting's id; a button has to carry it."""


def read_content(folder: Path) -> Content:
    """All entries of the content folder.

    Raises:
        ContentError: at the first file that cannot be used.

    """
    return _Reader(folder).content()


class _Reader:
    """One reading of a folder; paintings first, since painters' files name them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources = read_sources(folder)

    def content(self) -> Content:
        tables = {path: read_entry(path, ArtistTable) for path in self._files("artists")}
        names = {table.id: table.name for table in tables.values()}
        paintings = [self._painting(path, names) for path in self._files("paintings")]
        told = {painting.id: painting for painting in paintings}
        of_artist: dict[str, list[Painting]] = defaultdict(list)
        for painting in paintings:
            of_artist[painting.artist_id].append(painting)
        artists = {
            table.id: self._artist(path, table, told, of_artist[table.id])
            for path, table in tables.items()
        }
        rows = {work.id: work for artist in artists.values() for work in artist.works}
        movements = {path.stem: self._movement(path) for path in self._files("movements")}
        translations = {
            path.name: self._translation(path, artists, movements)
            for path in translation_folders(self._folder)
        }
        return Content(artists, movements, told | rows, translations)

    def _files(self, kind: str) -> list[Path]:
        return entry_files(self._folder / kind)

    def _artist(
        self, path: Path, table: ArtistTable, told: Mapping[str, Painting], own: list[Painting]
    ) -> Artist:
        return Artist(
            id=table.id,
            name=table.name,
            other_names=tuple(table.other_names),
            nationality=table.nationality,
            gender=table.gender,
            movements=tuple(table.movements),
            also=tuple(table.also),
            teachers=tuple(table.teachers),
            influences=tuple(table.influences),
            born=_moment(table.born),
            died=_moment(table.died) if table.died and table.died.year is not None else None,
            active=table.active,
            wikidata=table.ids.wikidata,
            ulan=table.ids.ulan,
            works=self._works(path, table, told, own),
            text=table.story.text.strip(),
            sources=self._named(path, source_keys(table)),
            checked=table.checked,
        )

    def _works(
        self, path: Path, table: ArtistTable, told: Mapping[str, Painting], own: list[Painting]
    ) -> tuple[Painting, ...]:
        """Return a painter's works as the file orders them, then those that only have files."""
        works: dict[str, Painting] = {}
        for row in table.works:
            if row.painting and row.painting not in told:
                raise ContentError(f'{path}: works: no file "{row.painting}" in paintings/')
            work = told[row.painting] if row.painting else self._work(path, table, row, works)
            works[work.id] = work
        return tuple({**works, **{painting.id: painting for painting in own}}.values())

    def _work(
        self, path: Path, table: ArtistTable, row: WorkTable, taken: Mapping[str, Painting]
    ) -> Painting:
        return Painting(
            id=_work_id(table.id, row, taken),
            title=row.title,
            original=row.original,
            other_titles=(),
            artist_id=table.id,
            artist=table.name,
            year=row.year,
            medium=row.medium,
            museum=row.museum,
            wikidata=row.wikidata,
            text="",
            sources=self._named(path, row.sources),
        )

    def _painting(self, path: Path, names: Mapping[str, str]) -> Painting:
        table = read_entry(path, PaintingTable)
        if table.artist and table.artist not in names:
            raise ContentError(f'{path}: artist: no painter "{table.artist}"')
        return Painting(
            id=table.id,
            title=table.title,
            original=table.original,
            other_titles=tuple(table.other_titles),
            artist_id=table.artist,
            artist=names.get(table.artist, table.artist_name),
            year=table.year,
            medium=table.medium,
            museum=table.museum,
            wikidata=table.wikidata,
            text=table.story.text.strip(),
            sources=self._named(path, source_keys(table)),
            titles=tuple(table.titles.items()),
        )

    def _movement(self, path: Path) -> Movement:
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
            sources=self._named(path, source_keys(table)),
            checked=table.checked,
        )

    def _translation(
        self, folder: Path, artists: Mapping[str, Artist], movements: Mapping[str, Movement]
    ) -> Translation:
        return Translation(
            {
                path.stem: self._translated_artist(path, artists)
                for path in entry_files(folder / "artists")
            },
            {
                path.stem: self._translated_movement(path, movements)
                for path in entry_files(folder / "movements")
            },
            {
                path.stem: read_entry(path, PaintingTranslationTable).story.text.strip()
                for path in entry_files(folder / "paintings")
            },
            read_words(folder).model_dump(),
        )

    def _translated_artist(self, path: Path, artists: Mapping[str, Artist]) -> Artist:
        table = read_entry(path, ArtistTranslationTable)
        if table.id not in artists:
            raise ContentError(f'{path}: id: no painter "{table.id}"')
        artist = artists[table.id]
        died = artist.died and replace(artist.died, place=table.died or artist.died.place)
        return replace(
            artist,
            name=table.name or artist.name,
            nationality=table.nationality or artist.nationality,
            born=replace(artist.born, place=table.born or artist.born.place),
            died=died,
            text=table.story.text.strip(),
            sources=self._with(path, table, artist.sources),
            checked=table.checked,
        )

    def _translated_movement(self, path: Path, movements: Mapping[str, Movement]) -> Movement:
        table = read_entry(path, MovementTranslationTable)
        if table.id not in movements:
            raise ContentError(f'{path}: id: no movement "{table.id}"')
        movement = movements[table.id]
        return replace(
            movement,
            name=table.name,
            other_names=tuple(table.other_names),
            region=table.region or movement.region,
            marks=tuple(table.marks) or movement.marks,
            text=table.story.text.strip(),
            sources=self._with(path, table, movement.sources),
            checked=table.checked,
        )

    def _with(
        self, path: Path, table: TranslationTable, sources: tuple[Source, ...]
    ) -> tuple[Source, ...]:
        """Return a translation's own sources, then those of the facts."""
        return tuple(dict.fromkeys((*self._named(path, source_keys(table)), *sources)))

    def _named(self, path: Path, keys: Iterable[str]) -> tuple[Source, ...]:
        unknown = [key for key in keys if key not in self._sources]
        if unknown:
            raise ContentError(f'{path}: sources: "{unknown[0]}" is not in sources.toml')
        return tuple(self._sources[key] for key in keys)


def _moment(table: MomentTable) -> Moment:
    return Moment(table.year, table.circa, table.place, table.day)


def _work_id(artist: str, row: WorkTable, taken: Mapping[str, Painting]) -> str:
    """Return painter and title as an id; works of one title are told apart by their year."""
    title = latin(normal(row.title))
    tries = (f"{artist} {title}", f"{artist} {normal(row.year)} {title}")
    ids = ["-".join(words.split())[:LONGEST_ID].rstrip("-") for words in tries]
    numbered = (f"{ids[1][: LONGEST_ID - 3]}-{number}" for number in range(2, 100))
    return next(id_ for id_ in (*ids, *numbered) if id_ not in taken)
