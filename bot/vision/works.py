"""Works that can be recognised: what is kept of each, and which look most like a picture."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.vision.details import Details
from bot.vision.gallery import FAULTS, SCALE, GalleryError

FILE = "famous.npz"
"""Beside a model card: the works that Docent knows out of the box."""
FAMOUS = "famous"
"""The collection of these."""
DETAILS = 200
"""Kept of each work; with its embedding, 15 kB."""
VOTERS = 150
"""A picture's details that vote for works."""
AT_ONCE = 40
"""Works whose details are compared in one step, for the memory it takes."""
RIVALS = 10
"""A detail votes for the works nearest to it, measured against the one that comes after so many."""
PLACES = 65535
"""Places of details are stored as whole numbers up to this."""


@dataclass(frozen=True)
class KnownWork:
    """What is known of a work; all but id, collection, image and title may be empty."""

    id: str
    """Unique in its collection."""
    collection: str
    image: str
    """The picture's name in the collection's list."""
    title: str
    artist: str = ""
    year: str = ""
    place: str = ""
    """The museum and its city."""
    room: str = ""
    text: str = ""
    link: str = ""


@dataclass(frozen=True)
class Enrolled:
    """A work, and what it is recognised by."""

    work: KnownWork
    embedding: NDArray[np.float32]
    """Unit length, shape (d,)."""
    details: Details
    proportion: float
    """Width over height."""


class Works:
    """Works in memory, searched exactly by embedding; safe from threads."""

    def __init__(self, enrolled: Sequence[Enrolled], network: str = "") -> None:
        """``network``: the sha256 of the one that embedded them, as its card says."""
        self.network = network
        self._works = tuple(one.work for one in enrolled)
        self._embeddings = (
            np.stack([one.embedding for one in enrolled])
            if enrolled
            else np.zeros((0, 0), np.float32)
        )
        self._points = tuple(one.details.points for one in enrolled)
        self._proportions = tuple(one.proportion for one in enrolled)
        counts = np.array([len(one.details.points) for one in enrolled], np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._descriptors = _joined([one.details.descriptors for one in enrolled])
        self._squares = np.square(self._descriptors, dtype=np.float32).sum(axis=-1)

    def __len__(self) -> int:
        return len(self._works)

    @property
    def titles(self) -> int:
        """How many works there are, each counted once however many pictures of it there are."""
        return len({(work.collection, work.id) for work in self._works})

    def __getitem__(self, number: int) -> Enrolled:
        rows = slice(self._starts[number], self._starts[number + 1])
        return Enrolled(
            self._works[number],
            self._embeddings[number],
            Details(self._points[number], self._descriptors[rows]),
            self._proportions[number],
        )

    def nearest(self, embedding: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return the numbers of the works nearest to a unit-length embedding, nearest first."""
        if not self._works:
            return np.zeros(0, np.int64)
        cosines = np.vecdot(self._embeddings, embedding)  # `@` would wait for every core's thread
        count = min(count, len(cosines))
        best = np.argpartition(-cosines, count - 1)[:count]
        return best[np.lexsort((best, -cosines[best]))]

    def voted(self, details: Details, among: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """Return which works a picture's details speak for, of some works, the likeliest first.

        Each of the best `VOTERS` details speaks for the works that have one much nearer to it than
        most works have. Source of the idea: Jégou, Douze & Schmid 2011, "Exploiting descriptor
        distances for precise image search".
        """
        among = among[np.diff(self._starts)[among] > 0]
        asked = details.descriptors[:VOTERS].astype(np.float32)
        if not len(among) or not len(asked):
            return among[:0]
        parts = np.array_split(among, -(-len(among) // AT_ONCE))
        nearest = np.hstack([self._distances(asked, part) for part in parts])
        place = min(RIVALS, nearest.shape[1] - 1)
        usual = np.partition(nearest, place, axis=1)[:, place : place + 1]
        votes = ((usual - nearest).clip(min=0) / usual.clip(min=1)).sum(axis=0)
        return among[np.lexsort((among, -votes))[:count]]

    def _distances(
        self, asked: NDArray[np.float32], among: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the squared distances from details to each work's nearest, (details, works)."""
        lengths = np.diff(self._starts)[among]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        rows = np.repeat(self._starts[among] - starts, lengths) + np.arange(lengths.sum())
        theirs = self._descriptors[rows].astype(np.float32)
        distances = asked @ (-2 * theirs).T
        distances += self._squares[rows]
        nearest = np.minimum.reduceat(distances, starts, axis=1)
        nearest += np.square(asked).sum(axis=1, keepdims=True)
        return np.asarray(nearest, np.float32)

    def write(self, path: Path) -> None:
        """Write all of it as one file; what `read` returns matches as these works do."""
        lines = "".join(
            json.dumps({**asdict(work), "proportion": round(proportion, 4)}, ensure_ascii=False)
            + "\n"
            for work, proportion in zip(self._works, self._proportions, strict=True)
        )
        np.savez_compressed(
            path,
            embeddings=np.rint(self._embeddings * SCALE).clip(-SCALE, SCALE).astype(np.int8),
            counts=np.diff(self._starts).astype(np.int32),
            points=np.rint(_joined(self._points) * PLACES).astype(np.uint16),
            descriptors=self._descriptors,
            works=np.frombuffer(lines.encode(), np.uint8),
            network=np.array(self.network),
        )

    @classmethod
    def beside(cls, card: Path) -> "Works | None":
        """Read the works in the folder of a model card; ``None`` where there are none.

        Raises `GalleryError` for a file that is there but cannot be read.
        """
        path = card.parent / FILE
        return cls.read(path) if path.exists() else None

    @classmethod
    def read(cls, path: Path) -> "Works":
        """Read what `write` wrote. Raises `GalleryError`."""
        try:
            with np.load(path, allow_pickle=False) as file:
                vectors = file["embeddings"].astype(np.float32)
                vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1)
                ends = np.cumsum(file["counts"])
                points = np.split((file["points"] / PLACES).astype(np.float32), ends)[:-1]
                descriptors = np.split(file["descriptors"], ends)[:-1]
                lines = file["works"].tobytes().splitlines()
                network = str(file["network"])
            records = [json.loads(line) for line in lines]
            proportions = [record.pop("proportion") for record in records]
            return cls(
                [
                    Enrolled(KnownWork(**record), vector, Details(*details), proportion)
                    for record, vector, proportion, *details in zip(
                        records, vectors, proportions, points, descriptors, strict=True
                    )
                ],
                network,
            )
        except FileNotFoundError:
            raise GalleryError(f"There are no works at {path}.") from None
        except FAULTS as error:
            raise GalleryError(
                f"The works in {path} cannot be read ({error!r}); make the file again or remove it."
            ) from error


def _joined(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)
