"""The very painting: how often it is found in photos, and how often claimed where it is not.

Works are enrolled as a museum's are, from one picture each, and photos are asked as visitors' are.
"""

import csv
import io
import json
import logging
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bot.vision.details import FILE as DETAILS_FILE
from bot.vision.details import Describer
from bot.vision.enrolled import Enrolled, KnownWork
from bot.vision.finder import Finder, FoundWork, enrol
from bot.vision.framing import find_canvases
from bot.vision.model import Model, read_card
from bot.vision.photo import read_photo
from bot.vision.recognizer import Recognizer
from bot.vision.works import Holdings, Works
from training import sift_peer
from training.famous import listed
from training.phone import phone_view
from training.recipe import TrainingError
from training.visitors import VISITORS, Ranges

log = logging.getLogger(__name__)
COLLECTIONS = ("estense", "famous", "famous-more")
FIGURES = "works.json"
"""Beside the card: what was measured last."""
VIEW = 900
"""Pixels a side of the rendered photos."""
ANGLES = replace(VISITORS, slant=(0, 45), roll=(-8, 8), fill=(0.4, 1.0))
"""How visitors stand before a work, up to 45° aside."""
TIMED_WORKS, TIMED_PHOTOS = 1000, 21
PEER_PHOTOS = 36
"""Visits, of works and of others, that the peer is asked about beside Docent."""


Find = Callable[[Image.Image], tuple[FoundWork, ...]]
"""Photo → the works that it shows, or may show."""


@dataclass(frozen=True)
class Question:
    """A photo, and the ids of the works that it is known to show."""

    photo: Image.Image
    shows: frozenset[str]


class Enroller:
    """Enrols pictures as the running bot does."""

    def __init__(self, card: Path) -> None:
        self._recognizer = Recognizer(Model(read_card(card)))
        self._describer = Describer.read(card.parent / DETAILS_FILE)
        self.spent: list[float] = []
        """Seconds that each picture took, from its pixels."""

    def enrolled(self, folder: Path) -> list[Enrolled]:
        """Enrol every row of a collection's list."""
        return [
            self.enrol(
                KnownWork(work_id(folder, row), folder.name, row["image"], row["title"]), picture
            )
            for row, picture in pictures(folder)
        ]

    def enrol(self, work: KnownWork, picture: Image.Image) -> Enrolled:
        """Enrol one picture."""
        started = time.perf_counter()
        enrolled = enrol(work, picture, self._recognizer.embed, self._describer)
        self.spent.append(time.perf_counter() - started)
        return enrolled

    def finder(self, works: Sequence[Enrolled]) -> Find:
        """Return what finds these works in a photo."""
        among = [Holdings([Works(works)])]
        finder = Finder(self._recognizer.embed, self._describer)
        return lambda photo: finder.find(photo, find_canvases(photo), among)


def evaluate_gallery(card: Path, data: Path) -> dict[str, float]:
    """Measure on the collections of a data folder; return shares in 0..1, counts and milliseconds.

    They are also written beside the card. Raises `TrainingError` where a collection is missing.
    """
    folders = [data / name for name in COLLECTIONS]
    for folder in folders:
        if not (folder / "collection.csv").is_file():
            raise TrainingError(f"There is no collection.csv in {folder}.")
    enroller = Enroller(card)
    collections = {folder.name: enroller.enrolled(folder) for folder in folders}
    every = [one for works in collections.values() for one in works]
    visits = list(questions(data / "estense"))
    parts: tuple[Callable[[], dict[str, float]], ...] = (
        lambda: {"works": len(every)},
        lambda: _of_visits(visits, enroller.finder(collections["estense"])),
        lambda: _of_reproductions(data, enroller.finder(collections["famous"])),
        lambda: _beside_peer(visits, enroller.finder(every), folders),
        lambda: _of_views(folders, enroller.finder(every)),
        lambda: _of_time(every, enroller, data),
    )
    rounded: dict[str, float] = {}
    for part in parts:
        for name, figure in part().items():
            rounded[name] = round(float(figure), 4)
            log.info("%-40s %.4f", name, rounded[name])
    (card.parent / FIGURES).write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
    return rounded


def work_id(folder: Path, row: dict[str, str]) -> str:
    """Return an id for a row of a collection's list."""
    return f"{folder.name}/{row['image']}"


def rows_of(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a collection's list."""
    with (folder / "collection.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pictures(folder: Path) -> Iterator[tuple[dict[str, str], Image.Image]]:
    """Yield each row of a collection's list with its picture."""
    for row in rows_of(folder):
        yield row, read_photo((folder / row["image"]).read_bytes())


def questions(folder: Path) -> Iterator[Question]:
    """Yield visitors' photos of a museum, and which of its works each shows."""
    ids = [work_id(folder, row) for row in rows_of(folder)]
    with (folder / "visits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            photo = read_photo((folder / row["photo"]).read_bytes())
            yield Question(photo, frozenset(ids[int(n)] for n in row["paintings"].split()))


def _of_visits(visits: Sequence[Question], find: Find) -> dict[str, float]:
    """Return what is found in visitors' photos, and what is claimed where nothing is known."""
    answers = [(question, sure(find(question.photo))) for question in visits]
    shown = [(question.shows, set(found)) for question, found in answers if question.shows]
    claims = [bool(found) for question, found in answers if not question.shows]
    return {
        "visits": len(shown),
        "visits_one_found": share(bool(shows & found) for shows, found in shown),
        "visits_all_found": share(shows <= found for shows, found in shown),
        "other_visits": len(claims),
        "other_visits_claimed": share(claims),
    }


def _of_reproductions(data: Path, find: Find) -> dict[str, float]:
    """Ask about works in another reproduction than was enrolled, and about works that were not."""
    ids = {work.image: work.id for work, _ in listed(data)}
    famous = data / "famous"
    enrolled = {ids[work_id(famous, row)]: work_id(famous, row) for row in rows_of(famous)}
    right, pairs, claims = 0, 0, []
    for row, picture in pictures(data / "famous-more"):
        found = sure(find(picture))
        twin = enrolled.get(ids[work_id(data / "famous-more", row)])
        if twin is None:
            claims.append(bool(found))
        else:
            pairs += 1
            right += twin in found
    claims += [bool(sure(find(picture))) for _, picture in pictures(data / "estense")]
    return {
        "reproductions": pairs,
        "reproductions_found": right / pairs,
        "strangers": len(claims),
        "strangers_claimed": share(claims),
    }


def _of_views(folders: Sequence[Path], find: Find) -> dict[str, float]:
    """Return what is found in rendered photos of every work, one each.

    Of a work that two folders have, either is right.
    """
    twins = {work.image: work.id for work, _ in listed(folders[0].parent)}
    rng = np.random.default_rng(4)
    right = wrong = count = 0
    for folder in folders:
        for row, picture in pictures(folder):
            asked = work_id(folder, row)
            found = [twins.get(one, one) for one in sure(find(rendered(picture, rng)))]
            count += 1
            right += found[:1] == [twins.get(asked, asked)]
            wrong += bool(set(found) - {twins.get(asked, asked)})
    return {"views": count, "views_found": right / count, "views_mistaken": wrong / count}


def _beside_peer(
    visits: Sequence[Question], find: Find, folders: Sequence[Path]
) -> dict[str, float]:
    """Ask Docent and SIFT against every work about the same photos, by turns."""
    shown = [question for question in visits if question.shows]
    others = [question for question in visits if not question.shows]
    asked = shown[:: len(shown) * 2 // PEER_PHOTOS] + others[:: len(others) * 2 // PEER_PHOTOS]
    known = [
        sift_peer.learn(work_id(folder, row), picture)
        for folder in folders
        for row, picture in pictures(folder)
    ]
    spent: dict[str, list[float]] = {"docent": [], "peer": []}
    right = dict.fromkeys(spent, 0)
    claimed = dict.fromkeys(spent, 0)
    for question in asked:
        for name in spent:
            started = time.perf_counter()
            if name == "docent":
                found = set(sure(find(question.photo)))
            else:
                found = set(sift_peer.find(question.photo, known))
            spent[name].append(time.perf_counter() - started)
            right[name] += bool(found & question.shows)
            claimed[name] += bool(found) and not question.shows
    count = sum(bool(question.shows) for question in asked)
    figures: dict[str, float] = {"peer_photos": len(asked)}
    for name in spent:
        figures[f"{name}_found"] = right[name] / count
        figures[f"{name}_claimed"] = claimed[name] / (len(asked) - count)
        figures[f"{name}_milliseconds"] = 1000 * statistics.median(spent[name])
    return figures


def _of_time(every: list[Enrolled], enroller: Enroller, data: Path) -> dict[str, float]:
    """Return the median time of a 12-megapixel photo among `TIMED_WORKS` works, from its bytes."""
    works = [*every, *_mirrored(enroller, data, TIMED_WORKS - len(every))]
    find = enroller.finder(works)
    rng = np.random.default_rng(5)
    spent = []
    for _, picture in list(pictures(data / "famous"))[:TIMED_PHOTOS]:
        photo = rendered(picture, rng).resize((4000, 3000))
        file = io.BytesIO()
        photo.save(file, "JPEG", quality=88)
        started = time.perf_counter()
        find(read_photo(file.getvalue()))
        spent.append(time.perf_counter() - started)
    one = works[0]
    kept = one.embedding.nbytes + one.details.points.nbytes + one.details.descriptors.nbytes
    return {
        "timed_works": len(works),
        "milliseconds_12_megapixels": 1000 * statistics.median(spent),
        "milliseconds_enrolled": 1000 * statistics.median(enroller.spent),
        "bytes_a_work": kept,
    }


def _mirrored(enroller: Enroller, data: Path, most: int) -> list[Enrolled]:
    """Return further works: the collections' pictures mirrored, and turned upside down as well."""
    flips = (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)
    found: list[Enrolled] = []
    for flip in flips:
        for name in COLLECTIONS:
            for row, picture in pictures(data / name):
                if len(found) < most:
                    id_ = f"{flip.name}/{work_id(data / name, row)}"
                    work = KnownWork(id_, "mirrored", row["image"], row["title"])
                    found.append(enroller.enrol(work, picture.transpose(flip)))
    return found


def rendered(
    picture: Image.Image, rng: np.random.Generator, ranges: Ranges = ANGLES
) -> Image.Image:
    """Return a photo of a work on a wall, in its proportions."""
    view = phone_view(np.asarray(picture.convert("RGB")), rng, VIEW, ranges)
    scale = VIEW / max(picture.size)
    size = (round(picture.width * scale), round(picture.height * scale))
    return Image.fromarray(cv2.resize(view, size, interpolation=cv2.INTER_AREA))


def sure(found: Sequence[FoundWork]) -> list[str]:
    """Return the ids of the works that are stated as facts."""
    return [one.work.id for one in found if one.verified]


def share(said: Iterable[bool]) -> float:
    """Return how often something is so."""
    return float(np.mean(list(said)))
