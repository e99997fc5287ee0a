"""Known works and their embeddings: which of them look most like a photo."""

import json
import zipfile
import zlib
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.vision.model import ModelError

FILE = "gallery.npz"
NEAREST = 5
SCALE = 127
"""A unit vector's entries are stored as whole numbers from -127 to 127."""


class GalleryError(ModelError):
    """The gallery cannot be used; the message says what is wrong and how to mend it."""


@dataclass(frozen=True)
class Work:
    """A work of the gallery; ``artist`` is the painter's id, ``year`` may be empty."""

    id: str
    title: str
    artist: str
    year: str = ""


@dataclass(frozen=True)
class Similar(Work):
    """A work that looks alike; ``similarity`` is a cosine, -1..1."""

    similarity: float = 0.0


class Gallery:
    """Exact search by embedding, in memory; safe from threads.

    25,000 works of 256 numbers take 28 MB: the vectors as 32-bit floats, because that is what
    multiplies fastest, and the works as the lines of JSON they are stored as.
    """

    def __init__(self, embeddings: NDArray[np.int8], lines: bytes) -> None:
        """Take embeddings of shape (n, d), and n lines of JSON ``[id, title, artist, year]``.

        Raises `ValueError` or `TypeError` where the two do not fit.
        """
        rows = lines.splitlines(keepends=True)
        of_artist: dict[str, list[int]] = {}
        for number, row in enumerate(rows):
            of_artist.setdefault(Work(*json.loads(row)).artist, []).append(number)
        if embeddings.dtype != np.int8 or embeddings.ndim != 2:
            raise ValueError("its embeddings are not rows of 8-bit numbers")
        if len(rows) != len(embeddings):
            raise ValueError(f"it has {len(embeddings)} embeddings and names {len(rows)} works")
        vectors = embeddings.astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(min=1)
        self._vectors = vectors
        self._of_artist = of_artist
        self._lines = lines
        self._starts = np.cumsum([0, *map(len, rows)])

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def embedding_size(self) -> int:
        """The length of one embedding."""
        return int(self._vectors.shape[1])

    @classmethod
    def read(cls, path: Path) -> "Gallery":
        """Read what `write_gallery` wrote. Raises `GalleryError`."""
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(file["embeddings"], file["works"].tobytes())
        except FileNotFoundError:
            raise GalleryError(f"There is no gallery at {path}.") from None
        except FAULTS as error:
            raise GalleryError(
                f"The gallery {path} cannot be read ({error!r}); make it again or remove it."
            ) from error

    @classmethod
    def beside(cls, card: Path) -> "Gallery | None":
        """Read the gallery in the folder of a model card; ``None`` where there is none.

        Raises `GalleryError` for one that is there but cannot be read.
        """
        path = card.parent / FILE
        return cls.read(path) if path.exists() else None

    def by_artist(self, artists: Collection[str]) -> dict[str, NDArray[np.float32]]:
        """Return the embeddings of some painters' works, shape (works, d), by painter's id.

        Painters without works are left out.
        """
        return {a: self._vectors[self._of_artist[a]] for a in artists if a in self._of_artist}

    def similar(self, embedding: NDArray[np.float32], k: int = NEAREST) -> tuple[Similar, ...]:
        """Return the ``k`` works nearest to a unit-length embedding of shape (d,), nearest first.

        Fewer where the gallery holds fewer; raises `ValueError` for another length than its own.
        """
        cosines = np.vecdot(self._vectors, embedding)  # `@` would wait for a thread on every core
        k = min(k, len(cosines))
        if k < 1:
            return ()
        nearest = np.argpartition(-cosines, k - 1)[:k]
        nearest = nearest[np.lexsort((nearest, -cosines[nearest]))]
        return tuple(self._similar(int(i), float(cosines[i])) for i in nearest)

    def _similar(self, number: int, cosine: float) -> Similar:
        line = self._lines[self._starts[number] : self._starts[number + 1]]
        work = Work(*json.loads(line))
        return Similar(work.id, work.title, work.artist, work.year, round(cosine, 4))


FAULTS = (
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What numpy, zip and JSON raise for a file that is not a gallery."""


def write_gallery(path: Path, embeddings: NDArray[np.float32], works: Sequence[Work]) -> None:
    """Write a gallery: unit-length embeddings of shape (n, d), and the n works they belong to.

    The file is NumPy's ``.npz`` with ``embeddings``, int8 (n, d), and ``works``, the UTF-8 bytes of
    one line of JSON a work.
    """
    rows = np.rint(embeddings * SCALE).clip(-SCALE, SCALE).astype(np.int8)
    lines = "".join(json.dumps(astuple(work), ensure_ascii=False) + "\n" for work in works)
    table = np.frombuffer(lines.encode(), np.uint8)
    np.savez_compressed(path, embeddings=rows, works=table)
