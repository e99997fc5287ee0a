"""Works come into a collection, from a folder or one by one, and go out again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.collections.listing import FILE, BadRow, Row, read_listing, write_listing
from bot.errors import UserError
from bot.memory.collections import (
    LONGEST_NAME,
    Collection,
    Collections,
    NewWork,
    StoredWork,
    digest,
    name_key,
)
from bot.vision.enrolled import KnownWork, packed
from bot.vision.photo import MAX_BYTES, PhotoError
from bot.vision.recognizer import Recognizer
from bot.vision.works import FAMOUS

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


@dataclass
class Report:
    """What came of a folder: titles of works by what was done, and the rows that were bad."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    """Columns that nothing is known to do with."""


def checked_name(name: str) -> str:
    """Return a collection's name, trimmed. Raises `UserError` for one it cannot have."""
    name = " ".join(name.split())
    if not name_key(name) or len(name) > LONGEST_NAME or not name.isprintable():
        raise UserError("collection_name", longest=LONGEST_NAME)
    if name_key(name) == FAMOUS:
        raise UserError("collection_name_taken", name=name)
    return name


def known_work(collection: Collection, work: StoredWork) -> KnownWork:
    """Return what is known of a stored work."""
    return KnownWork(str(work.id), collection.name, work.image, **work.facts)


class Enrolment:
    """Brings works into collections and out of them."""

    def __init__(self, collections: Collections, recognizer: Recognizer) -> None:
        """Keep works in ``collections``, as ``recognizer`` describes them."""
        self.collections = collections
        self._recognizer = recognizer

    async def add(
        self,
        collection: Collection,
        image: str,
        facts: dict[str, str],
        picture: bytes,
        person: str = "",
    ) -> int:
        """Enrol one picture and keep it, in place of the work with the same image; return its id.

        Either all of the work is kept or nothing. Raises `bot.vision.photo.PhotoError` for a
        picture that cannot be used, and `UserError` where the collection is gone.
        """
        signature = await self._signature(facts, picture)
        maker = self._recognizer.maker
        work = NewWork(image, facts, picture, signature, maker, person)
        id_ = await self.collections.keep(collection.id, work)
        if id_ is None:
            raise UserError("collection_gone", name=collection.name)
        return id_

    async def add_folder(
        self, collection: Collection, folder: Path, progress: Progress = lambda done, all_: None
    ) -> Report:
        """Bring a collection in step with a folder: pictures, and ``collection.csv``.

        Only what changed since the last time is done again. A work of the folder whose row is gone
        is removed; works that were added in a chat stay. Raises `UserError` where the list cannot
        be read.
        """
        rows, unused = await asyncio.to_thread(read_listing, folder)
        kept = {work.image: work for work in await self.collections.works(collection.id)}
        report = Report(unused=unused)
        named: set[str] = set()
        for number, row in enumerate(rows):
            progress(number, len(rows))
            if isinstance(row, BadRow):
                report.bad.append(row)
                continue
            named.add(row.image)
            try:
                await self._add_row(collection, folder, row, kept.get(row.image), report)
            except UserError as error:
                report.bad.append(BadRow(row.line, error))
        progress(len(rows), len(rows))
        for image, work in kept.items():
            # A row that cannot be read may be this work's: then nothing is taken away.
            if not work.person and image not in named and not report.bad:
                await self.collections.remove_work(work)
                report.removed.append(work.facts["title"])
        return report

    async def _add_row(
        self,
        collection: Collection,
        folder: Path,
        row: Row,
        kept: StoredWork | None,
        report: Report,
    ) -> None:
        picture = await asyncio.to_thread(_picture, folder, row.image)
        title = row.facts["title"]
        same = kept is not None and kept.digest == digest(picture)
        if kept is None or not same or kept.maker != self._recognizer.maker:
            await self.add(collection, row.image, row.facts, picture)
            (report.changed if kept else report.added).append(title)
        elif kept.facts != row.facts:
            await self.collections.change(kept, facts=row.facts)
            report.changed.append(title)
        else:
            report.unchanged.append(title)

    async def renew(
        self, collection: Collection, progress: Progress = lambda done, all_: None
    ) -> tuple[int, list[str]]:
        """Enrol again, from the stored pictures, the works that another network described.

        Return how many are renewed, and the titles of those whose picture cannot be used.
        """
        stale = [w for w in await self.collections.works(collection.id) if self.is_stale(w)]
        lost = []
        for number, work in enumerate(stale):
            progress(number, len(stale))
            picture = await self.collections.picture(work.id)
            try:
                signature = await self._signature(work.facts, picture or b"")
            except PhotoError:
                lost.append(work.facts["title"])
                continue
            maker = self._recognizer.maker
            await self.collections.change(work, signature=signature, maker=maker)
        progress(len(stale), len(stale))
        return len(stale) - len(lost), lost

    def is_stale(self, work: StoredWork) -> bool:
        """Say whether a work was described by another network, so that it cannot be recognised."""
        return work.maker != self._recognizer.maker

    async def export(self, collection: Collection, folder: Path) -> int:
        """Write a collection's pictures and list into a new or empty folder; return how many works.

        Raises `UserError` where the folder cannot be written to or holds something already.
        """
        works = await self.collections.works(collection.id)
        try:
            await asyncio.to_thread(_make_empty, folder)
            for work in works:
                picture = await self.collections.picture(work.id)
                await asyncio.to_thread(_write, folder / work.image, picture or b"")
            listed = [(work.image, work.facts) for work in works]
            await asyncio.to_thread(write_listing, folder / FILE, listed)
        except OSError as error:
            raise UserError("file_unwritable", file=folder, reason=error.strerror) from error
        return len(works)

    async def _signature(self, facts: dict[str, str], picture: bytes) -> bytes:
        work = KnownWork("", "", "", facts["title"])
        return packed(await self._recognizer.enrol(work, picture))


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UserError("folder_not_empty", folder=folder)


def _write(path: Path, picture: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)


def _picture(folder: Path, image: str) -> bytes:
    try:
        with (folder / image).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("row_no_picture", image=image, reason=reason) from error
