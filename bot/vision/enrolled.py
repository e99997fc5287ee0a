"""A work that can be recognised: what is known of it, and what it is recognised by."""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.vision.details import Details
from bot.vision.gallery import SCALE

PLACES = 65535
"""Places of details are stored as whole numbers up to this."""
HEADER = struct.Struct("<HHHf")
"""Lengths of an embedding and of a descriptor, how many details there are, and the proportion."""


@dataclass(frozen=True)
class KnownWork:
    """What is known of a work; all but id, collection, image and title may be empty."""

    id: str
    """Unique in its collection; a number, unique in all, where it is not one of the famous."""
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
    original: str = ""
    """The title in the painter's language, or another that visitors know."""
    artist_id: str = ""
    """The painter's id, where it is known."""


@dataclass(frozen=True)
class Enrolled:
    """A work, and what it is recognised by."""

    work: KnownWork
    embedding: NDArray[np.float32]
    """Unit length, shape (d,)."""
    details: Details
    proportion: float
    """Width over height."""


def packed(enrolled: Enrolled) -> bytes:
    """Return what a work is recognised by, in 14 kB for 200 details."""
    points, descriptors = enrolled.details.points, enrolled.details.descriptors
    sizes = len(enrolled.embedding), descriptors.shape[1], len(points)
    header = HEADER.pack(*sizes, enrolled.proportion)
    vector = np.rint(enrolled.embedding * SCALE).clip(-SCALE, SCALE).astype(np.int8)
    places = np.rint(points * PLACES).astype("<u2")
    return b"".join([header, vector.tobytes(), places.tobytes(), descriptors.tobytes()])


def unpacked(work: KnownWork, data: bytes) -> Enrolled:
    """Return a work with what `packed` kept of it. Raises `ValueError` for anything else."""
    if len(data) < HEADER.size:
        raise ValueError("too short")
    length, width, count, proportion = HEADER.unpack_from(data)
    if len(data) != HEADER.size + length + count * (4 + width):
        raise ValueError("of another length than it says")
    places, descriptors = HEADER.size + length, HEADER.size + length + 4 * count
    vector = np.frombuffer(data, np.int8, length, HEADER.size).astype(np.float32)
    points = np.frombuffer(data, "<u2", 2 * count, places).astype(np.float32) / np.float32(PLACES)
    return Enrolled(
        work,
        vector / max(float(np.linalg.norm(vector)), 1e-9),
        Details(
            points.reshape(count, 2),
            np.frombuffer(data, np.int8, count * width, descriptors).reshape(count, width),
        ),
        proportion,
    )
