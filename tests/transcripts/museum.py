"""A museum that does not exist, with works of our own, added as keepers add theirs."""

import asyncio
import csv
import os
import sys
from pathlib import Path

from tests.transcripts.painted import PAINTED, jpeg

NAME = "A Museum"
WORKS = (
    ("harbour.jpg", "The Harbour at Ten O'Clock", "Ann Inkling", "1951", "Room 2"),
    ("table.jpg", "Fruit for Nobody", "Bo Vermilion", "1924", "Room 3"),
)
"""Invented, and so are their painters."""


def hang(art: Path) -> None:
    """Write the museum's pictures and their list into a new folder."""
    art.mkdir(parents=True)
    with (art / "collection.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("image", "title", "artist", "year", "room"), *WORKS])
    for image, *_ in WORKS:
        (art / image).write_bytes(jpeg(PAINTED[Path(image).stem]()))


async def open_museum(data: Path, art: Path) -> None:
    """Add the works to the data of a bot by its own command line."""
    await asyncio.to_thread(hang, art)
    environment = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(data), "WIKIPEDIA": "false"}
    command = ["-m", "bot", "collection", "add", str(art), "--name", NAME]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told.decode()
