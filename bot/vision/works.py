"""Works in memory: a collection's, and those of several, searched as one."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.vision.details import Details
from bot.vision.enrolled import PLACES, Enrolled, KnownWork
from bot.vision.gallery import FAULTS, SCALE, GalleryError
from bot.vision.nearest import Found, Nearest

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


class Works:
    """Works of a collection; immutable, safe from threads."""

    def __init__(self, enrolled: Sequence[Enrolled], maker: str = "") -> None:
        """``maker``: what described them, as `bot.vision.recognizer.Recognizer.maker` says."""
        self.maker = maker
        self.known = tuple(one.work for one in enrolled)
        """What is known of each, by its number."""
        self._nearest = Nearest(
            np.stack([one.embedding for one in enrolled])
            if enrolled
            else np.zeros((0, 0), np.float32)
        )
        self._points = tuple(one.details.points for one in enrolled)
        self._proportions = tuple(one.proportion for one in enrolled)
        self.counts = np.array([len(one.details.points) for one in enrolled], np.int64)
        """How many details each has."""
        self._starts = np.concatenate([[0], np.cumsum(self.counts)])
        self._descriptors = _joined([one.details.descriptors for one in enrolled])
        self._squares = np.square(self._descriptors, dtype=np.float32).sum(axis=-1)

    def __len__(self) -> int:
        return len(self.known)

    @property
    def titles(self) -> int:
        """How many works there are, each counted once however many pictures of it there are."""
        return len({(work.collection, work.id) for work in self.known})

    def __getitem__(self, number: int) -> Enrolled:
        rows = slice(self._starts[number], self._starts[number + 1])
        return Enrolled(
            self.known[number],
            self._nearest.vectors[number],
            Details(self._points[number], self._descriptors[rows]),
            self._proportions[number],
        )

    def nearest(self, embedding: NDArray[np.float32], count: int) -> Found:
        """Return the numbers of the works nearest to a unit-length embedding, and their cosines."""
        return self._nearest.find(embedding, count)

    def distances(
        self, asked: NDArray[np.float32], among: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the squared distances from details to each work's nearest, (details, works).

        ``asked``: descriptors, (details, d); ``among``: numbers of works that have details.
        """
        if not len(among):
            return np.zeros((len(asked), 0), np.float32)
        parts = np.array_split(among, -(-len(among) // AT_ONCE))
        return np.hstack([self._distances(asked, part) for part in parts])

    def _distances(
        self, asked: NDArray[np.float32], among: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        lengths = self.counts[among]
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
            for work, proportion in zip(self.known, self._proportions, strict=True)
        )
        np.savez_compressed(
            path,
            embeddings=np.rint(self._nearest.vectors * SCALE).clip(-SCALE, SCALE).astype(np.int8),
            counts=self.counts.astype(np.int32),
            points=np.rint(_joined(self._points) * PLACES).astype(np.uint16),
            descriptors=self._descriptors,
            works=np.frombuffer(lines.encode(), np.uint8),
            maker=np.array(self.maker),
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
                maker = str(file["maker"])
            records = [json.loads(line) for line in lines]
            proportions = [record.pop("proportion") for record in records]
            return cls(
                [
                    Enrolled(KnownWork(**record), vector, Details(*details), proportion)
                    for record, vector, proportion, *details in zip(
                        records, vectors, proportions, points, descriptors, strict=True
                    )
                ],
                maker,
            )
        except FileNotFoundError:
            raise GalleryError(f"There are no works at {path}.") from None
        except FAULTS as error:
            raise GalleryError(
                f"The works in {path} cannot be read ({error!r}); make the file again or remove it."
            ) from error


class Holdings:
    """The works of several collections, searched as one; each has a number. Safe from threads."""

    def __init__(self, parts: Sequence[Works]) -> None:
        """Take the works of each; they are numbered in this order."""
        self._parts = tuple(parts)
        self._firsts = np.cumsum([0, *map(len, self._parts)])
        self._counts = _joined([part.counts for part in self._parts]).astype(np.int64)

    def __len__(self) -> int:
        return int(self._firsts[-1])

    def __getitem__(self, number: int) -> Enrolled:
        part = int(np.searchsorted(self._firsts, number, side="right")) - 1
        return self._parts[part][number - int(self._firsts[part])]

    def nearest(self, embedding: NDArray[np.float32], count: int) -> NDArray[np.int64]:
        """Return the numbers of the works nearest to a unit-length embedding, nearest first."""
        found = [part.nearest(embedding, count) for part in self._parts]
        if not found:
            return np.zeros(0, np.int64)
        pairs = zip(self._firsts[:-1], found, strict=True)
        numbers = np.concatenate([first + own for first, (own, _) in pairs])
        cosines = np.concatenate([near for _, near in found])
        return numbers[np.lexsort((numbers, -cosines))[:count]]

    def voted(self, details: Details, among: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """Return which works a picture's details speak for, of some works, the likeliest first.

        Each of the best `VOTERS` details speaks for the works that have one much nearer to it than
        most works have. Source of the idea: Jégou, Douze & Schmid 2011, "Exploiting descriptor
        distances for precise image search".
        """
        among = np.sort(among[self._counts[among] > 0])
        asked = details.descriptors[:VOTERS].astype(np.float32)
        if not len(among) or not len(asked):
            return among[:0]
        cuts = np.searchsorted(among, self._firsts)
        nearest = np.hstack(
            [
                part.distances(asked, among[start:end] - first)
                for part, first, start, end in zip(
                    self._parts, self._firsts[:-1], cuts[:-1], cuts[1:], strict=True
                )
            ]
        )
        place = min(RIVALS, nearest.shape[1] - 1)
        usual = np.partition(nearest, place, axis=1)[:, place : place + 1]
        votes = ((usual - nearest).clip(min=0) / usual.clip(min=1)).sum(axis=0)
        return among[np.lexsort((among, -votes))[:count]]


def _joined(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)
