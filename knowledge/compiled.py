"""The content compiled into one SQLite file, so that a start reads one file and parses no TOML."""

import hashlib
import logging
import os
import sqlite3
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge.content import content_files
from knowledge.entries import Artist, Content, Movement, Painting, Source, Translation
from knowledge.reading import read_content

log = logging.getLogger(__name__)

Entry = TypeVar("Entry", Artist, Movement, Painting)

FORMAT = b"docent knowledge 6"
"""Changes whenever entries are written another way, so that an older store is built anew."""

_ARTIST = TypeAdapter(Artist)
_MOVEMENT = TypeAdapter(Movement)
_PAINTING = TypeAdapter(Painting)
_TRANSLATION = TypeAdapter(Translation)
_SCHEMA = """
CREATE TABLE meta (digest TEXT NOT NULL);
CREATE TABLE entries (kind TEXT, id TEXT, body BLOB NOT NULL, PRIMARY KEY (kind, id));
"""


def load(folder: Path, store: Path) -> Content:
    """All entries: from ``store`` if it was built from this very content, else built anew.

    Safe when two processes start at once: a store is written whole under a name of its own,
    then moved into place. A store that cannot be written costs speed, not entries.

    Raises:
        ContentError: the store is out of date and a content file cannot be used.

    """
    digest = content_digest(folder)
    content = _read(store, digest)
    if content is not None:
        return content
    content = read_content(folder)
    try:
        _write(store, digest, content)
    except (OSError, sqlite3.Error) as error:
        log.warning("The library cannot be stored in %s (%s); reading it anew.", store, error)
    return content


def content_digest(folder: Path) -> str:
    """Return a digest of names and bytes of all content files."""
    digest = hashlib.sha256(FORMAT)
    for path in content_files(folder):
        body = path.read_bytes() if path.exists() else b""
        name = path.relative_to(folder).as_posix().encode()
        digest.update(b"%d %s %d " % (len(name), name, len(body)) + body)
    return digest.hexdigest()


def _read(store: Path, digest: str) -> Content | None:
    """Return the entries of a store with this digest; ``None`` for any other file."""
    if not store.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("SELECT digest FROM meta").fetchone() != (digest,):
                return None
            return _content(database)
    except (sqlite3.Error, ValidationError) as error:
        log.warning("The library's store %s is built anew: %s", store, error)
        return None


def _content(database: sqlite3.Connection) -> Content:
    """Return what a store holds; what is the same is one object, however many entries have it."""
    sources: dict[Source, Source] = {}

    def bodies(kind: str) -> sqlite3.Cursor:
        query = "SELECT id, body FROM entries WHERE kind = ? ORDER BY id"
        return database.execute(query, (kind,))

    def shared(entry: Entry) -> Entry:
        same = tuple(sources.setdefault(source, source) for source in entry.sources)
        return replace(entry, sources=same)

    def artist(body: bytes) -> Artist:
        told = shared(_ARTIST.validate_json(body))
        return replace(told, works=tuple(map(shared, told.works)))

    def translation(body: bytes) -> Translation:
        told = _TRANSLATION.validate_json(body)
        return Translation(
            {i: replace(shared(life), works=artists[i].works) for i, life in told.artists.items()},
            {i: shared(movement) for i, movement in told.movements.items()},
            told.texts,
            told.words,
        )

    artists = {id_: artist(body) for id_, body in bodies("artist")}
    works = {work.id: work for one in artists.values() for work in one.works}
    others = {id_: shared(_PAINTING.validate_json(body)) for id_, body in bodies("painting")}
    return Content(
        artists,
        {id_: shared(_MOVEMENT.validate_json(body)) for id_, body in bodies("movement")},
        others | works,
        {id_: translation(body) for id_, body in bodies("translation")},
    )


def _write(store: Path, digest: str, content: Content) -> None:
    store.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=store.parent, prefix=f"{store.name}.", suffix=".new")
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft)) as database, database:
            database.executescript(_SCHEMA)
            database.execute("INSERT INTO meta VALUES (?)", (digest,))
            database.executemany("INSERT INTO entries VALUES (?, ?, ?)", _rows(content))
        draft.replace(store)
    finally:
        draft.unlink(missing_ok=True)


def _rows(content: Content) -> Iterable[tuple[str, str, bytes]]:
    for artist in content.artists.values():
        yield "artist", artist.id, _ARTIST.dump_json(artist)
    for movement in content.movements.values():
        yield "movement", movement.id, _MOVEMENT.dump_json(movement)
    for painting in content.paintings.values():
        if not painting.artist_id:
            yield "painting", painting.id, _PAINTING.dump_json(painting)
    for language, translation in content.translations.items():
        lives = {i: replace(artist, works=()) for i, artist in translation.artists.items()}
        yield "translation", language, _TRANSLATION.dump_json(replace(translation, artists=lives))
