"""A museum's folder for tests: made scenes as pictures, and their list."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bot.vision.works import scene
from tests.pictures import encoded

COLUMNS = ("image", "title", "artist", "year", "room")
ROWS: tuple[tuple[str, ...], ...] = (
    ("1.jpg", "Scene One", "Ann Red", "1901", "4"),
    ("upstairs/2.jpg", "Scene Two", "", "", ""),
    ("3.jpg", "Scene, Three", "Bo Blue", "about 1903", "hall"),
)
"""Their seeds are 1, 2 and 3."""


def picture(seed: int) -> bytes:
    """Return a scene as a JPEG."""
    return encoded(scene(seed), quality=92)


def hang(
    folder: Path,
    rows: Sequence[Sequence[str]] = ROWS,
    pictures: Mapping[str, bytes] | None = None,
    columns: Sequence[str] = COLUMNS,
) -> Path:
    """Write a list, and its pictures where they are missing; return the folder."""
    folder.mkdir(exist_ok=True)
    with (folder / "collection.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    given = pictures or {row[0]: picture(n) for n, row in enumerate(ROWS, start=1)}
    for name, data in given.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_bytes(data)
    return folder
