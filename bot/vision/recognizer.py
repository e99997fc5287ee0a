"""The recognizer: a photo in, an honest verdict out, off the event loop."""

import asyncio
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.errors import UserError
from bot.vision.model import Card, Label, Model
from bot.vision.photo import read_photo

GUESSES = 3
WAITING_BYTES = 128 * 1024 * 1024
"""What the photos that wait for a free thread may take; one more is refused with a sentence."""


class Verdict(StrEnum):
    """How far the recognizer dares to go, from the surest to the least."""

    ARTIST = "artist"
    MOVEMENT = "movement"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Guess:
    """A painter or a movement, with a calibrated probability in 0..1."""

    id: str
    name: str
    confidence: float


@dataclass(frozen=True)
class Recognition:
    """What is on one photo. ``milliseconds`` covers decoding and inference."""

    verdict: Verdict
    artists: tuple[Guess, ...]
    movements: tuple[Guess, ...]
    milliseconds: float
    model: str

    def to_json(self) -> dict[str, Any]:
        """Return the object of the command line's contract, less ``photo``."""
        return {
            "verdict": self.verdict.value,
            "paintings": [],
            "artists": [asdict(guess) for guess in self.artists],
            "movements": [asdict(guess) for guess in self.movements],
            "similar": [],
            "milliseconds": self.milliseconds,
            "model": self.model,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Recognition":
        """Read back what `to_json` made."""
        return cls(
            Verdict(content["verdict"]),
            tuple(Guess(**guess) for guess in content["artists"]),
            tuple(Guess(**guess) for guess in content["movements"]),
            content["milliseconds"],
            content["model"],
        )


class Recognizer:
    """Recognises photos on a bounded pool of threads that share one network."""

    def __init__(self, model: Model, threads: int = 2) -> None:
        """Use ``threads`` photos at a time, each on one thread, no more than there are cores."""
        self._model = model
        threads = min(threads, os.cpu_count() or 1)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="recognizer")
        self._waiting = 0

    @property
    def card(self) -> Card:
        """The card of the network in use."""
        return self._model.card

    async def recognize(self, photo: bytes) -> Recognition:
        """Recognise one photo without blocking the event loop.

        Raises `bot.vision.photo.PhotoError` for a photo that cannot be used, and `UserError`
        ("busy") where too many photos wait already.
        """
        if self._waiting and self._waiting + len(photo) > WAITING_BYTES:
            raise UserError("busy")
        self._waiting += len(photo)
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, self.recognize_now, photo)
        finally:
            self._waiting -= len(photo)

    def recognize_now(self, photo: bytes) -> Recognition:
        """Recognise one photo on the calling thread; see `recognize`."""
        started = time.perf_counter()
        answer = self._model.answer(prepared(read_photo(photo), self.card.input_size))
        artists = best(self.card.artists, answer.artists)
        movements = best(self.card.movements, answer.movements)
        return Recognition(
            verdict(self.card, artists[0], movements[0]),
            artists,
            movements,
            round((time.perf_counter() - started) * 1000, 1),
            self.card.title,
        )

    def close(self) -> None:
        """Let the photos in hand finish, take no more."""
        self._pool.shutdown(wait=True)


def prepared(image: Image.Image, size: int) -> NDArray[np.uint8]:
    """Squeeze a picture to a square, as in training; RGB uint8 of shape (size, size, 3)."""
    square = image.resize((size, size), Image.Resampling.BICUBIC, reducing_gap=1.0)
    return np.asarray(square, dtype=np.uint8)


def best(labels: Sequence[Label], probabilities: NDArray[np.float32]) -> tuple[Guess, ...]:
    """Return the most probable labels, best first."""
    order = np.argsort(probabilities)[::-1][:GUESSES]
    return tuple(
        Guess(labels[i].id, labels[i].name, round(float(probabilities[i]), 4)) for i in order
    )


def verdict(card: Card, artist: Guess, movement: Guess) -> Verdict:
    """Name the painter where that is sure enough, else the movement, else admit doubt."""
    if artist.confidence >= card.artist_threshold:
        return Verdict.ARTIST
    if movement.confidence >= card.movement_threshold:
        return Verdict.MOVEMENT
    return Verdict.UNSURE
