"""``collection.csv``: a folder's works, one a row, read with every bad row told by its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.errors import UserError

FILE = "collection.csv"
COLUMNS = {
    "image": "image",
    "title": "title",
    "original": "original",
    "artist": "artist",
    "year": "year",
    "museum": "place",
    "room": "room",
    "text": "text",
    "link": "link",
}
"""A column's name → what `bot.vision.enrolled.KnownWork` calls it; image and title are needed."""
LONGEST = {"image": 255, "text": 4000, "link": 1000}
LONGEST_FACT = 300
"""Characters of any other column."""
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """A row that can be used. ``facts`` holds all but the image, empty ones left out."""

    line: int
    image: str
    facts: dict[str, str]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used, and why."""

    line: int
    error: UserError


def read_listing(folder: Path) -> tuple[list[Row | BadRow], list[str]]:
    """Return the rows of a folder's list, and the columns that nothing is known to do with.

    Columns stand in any order, and are separated by commas, semicolons or tabs. Raises `UserError`
    where there is no list, or none that can be read.
    """
    path = folder / FILE
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UserError("listing_missing", file=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise UserError("listing_encoding", file=path) from error
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content))
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
    except csv.Error as error:
        raise UserError("listing_broken", file=path, line=1, reason=error) from error
    for needed in ("image", "title"):
        if needed not in header:
            raise UserError("listing_column", file=path, column=needed)
    return list(_rows(reader, header)), [name for name in header if name and name not in COLUMNS]


def _delimiter(content: str) -> str:
    """Return what separates the columns of the first line."""
    first = content.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _rows(reader: Iterator[list[str]], header: Sequence[str]) -> Iterator[Row | BadRow]:
    seen: dict[str, int] = {}
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, UserError("row_broken", reason=error))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(line, header, cells)
            if row.image in seen:
                raise UserError("row_twice", image=row.image, line=seen[row.image])
        except UserError as error:
            yield BadRow(line, error)
        else:
            seen[row.image] = line
            yield row


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(header):
        raise UserError("row_long", columns=len(header), cells=len(cells))
    given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    known = {COLUMNS[name]: cell for name, cell in given.items() if name in COLUMNS and cell}
    for name, cell in known.items():
        check_fact(name, cell)
    if "image" not in known:
        raise UserError("row_lacks", column="image")
    if "title" not in known:
        raise UserError("row_lacks", column="title")
    image = PurePosixPath(known.pop("image").replace("\\", "/"))
    if image.is_absolute() or ".." in image.parts or ":" in image.parts[0]:
        raise UserError("row_outside", image=image)
    return Row(line, image.as_posix(), known)


def check_fact(name: str, words: str) -> None:
    """Refuse a fact that is too long to be shown. Raises `UserError`."""
    longest = LONGEST.get(name, LONGEST_FACT)
    if len(words) > longest:
        raise UserError("row_too_long", column=name, longest=longest)


def write_listing(path: Path, works: Sequence[tuple[str, dict[str, str]]]) -> None:
    """Write the list of works, given as image and facts, as `read_listing` reads it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for image, facts in works:
            known = {"image": image, **facts}
            table.writerow([known.get(name, "") for name in COLUMNS.values()])
