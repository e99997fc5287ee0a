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
from knowledge.entries import Painting
from knowledge.library import CONTENT
from knowledge.reading import read_content
from training.recipe import TrainingError

log = logging.getLogger(__name__)
TABLE = Path(__file__).parent / "famous.csv"
"""Picture by picture, which of the library's paintings it is."""


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
    """Return every row of `TABLE`: the work, and where its picture lies.

    What is said of a work stays in the library, where its words may still change.
    """
    paintings = read_content(CONTENT).paintings
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (known(paintings[id_], f"{folder}/{image}"), data / folder / image)
            for folder, image, id_ in list(csv.reader(file))[1:]
        ]


def known(painting: Painting, image: str) -> KnownWork:
    """Return a painting of the library as a work that is known on sight."""
    return KnownWork(
        id=painting.id,
        collection=FAMOUS,
        image=image,
        title=painting.title,
        artist=painting.artist,
        year=painting.year,
        place=painting.museum,
        original=painting.original,
        artist_id=painting.artist_id,
    )


def _picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TrainingError(f"The picture {path} cannot be read: {error.strerror}.") from error
