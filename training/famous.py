"""The works that Docent knows out of the box: enrolled once, and shipped without their pictures."""

import csv
import logging
from pathlib import Path

from bot.vision.details import FILE as DETAILS_FILE
from bot.vision.details import Describer
from bot.vision.enrolled import KnownWork
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from bot.vision.works import FAMOUS, FILE, Works
from training.recipe import TrainingError

log = logging.getLogger(__name__)
TABLE = Path(__file__).parent / "famous.csv"
"""Picture by picture, which work it is, with what is said of it; titles as museums give them."""


def write_famous(card: Path, data: Path) -> Path:
    """Enrol every work of `TABLE` from its pictures in a data folder; return the file's path.

    A work with two reproductions is enrolled from both. Raises `TrainingError` where a picture is
    missing.
    """
    describer = Describer.read(card.parent / DETAILS_FILE)
    recognizer = Recognizer(Model(read_card(card)), describer=describer)
    try:
        enrolled = [recognizer.enrol_now(known, _picture(path)) for known, path in listed(data)]
    finally:
        recognizer.close()
    path = card.parent / FILE
    Works(enrolled, recognizer.maker).write(path)
    log.info("%s holds %d works", path, len({one.work.id for one in enrolled}))
    return path


def listed(data: Path) -> list[tuple[KnownWork, Path]]:
    """Return every row of `TABLE`: the work, and where its picture lies."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (
                KnownWork(
                    id=row["id"],
                    collection=FAMOUS,
                    image=f"{row['folder']}/{row['image']}",
                    title=row["title"],
                    artist=row["artist_name"],
                    year=row["year"],
                    place=", ".join(part for part in (row["museum"], row["city"]) if part),
                    text=row["text"],
                    original=row["original"],
                    artist_id=row["artist"],
                ),
                data / row["folder"] / row["image"],
            )
            for row in csv.DictReader(file)
        ]


def _picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TrainingError(f"The picture {path} cannot be read: {error.strerror}.") from error
