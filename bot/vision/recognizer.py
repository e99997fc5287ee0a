"""The recognizer: a photo in, an honest verdict out, off the event loop."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.errors import UserError
from bot.vision.details import FILE as DETAILS
from bot.vision.details import LONGEST, Describer
from bot.vision.enrolled import Enrolled, KnownWork
from bot.vision.few_shot import FewShot
from bot.vision.finder import Finder, enrol
from bot.vision.framing import Corners, find_canvases, flatten
from bot.vision.gallery import Gallery, GalleryError, Similar
from bot.vision.looking import look
from bot.vision.model import Answer, Card, Label, Model
from bot.vision.photo import SHARP_SIDE, WORKING_SIDE, read_photo
from bot.vision.works import Holdings, Works

T = TypeVar("T")

GUESSES = 5
CONTRACT_GUESSES = 3
WAITING_BYTES = 128 * 1024 * 1024
"""What the photos that wait for a free thread may take; one more is refused with a sentence."""


class Verdict(StrEnum):
    """How far the recognizer dares to go, from the surest to the least."""

    PAINTING = "painting"
    ARTIST = "artist"
    MOVEMENT = "movement"
    UNSURE = "unsure"
    NOT_A_PAINTING = "not_a_painting"


@dataclass(frozen=True)
class Guess:
    """A painter or a movement, with a calibrated probability in 0..1."""

    id: str
    name: str
    confidence: float


@dataclass(frozen=True)
class Painting(KnownWork):
    """A work that the photo shows where it is ``verified``, else may show; 0..1 how sure."""

    verified: bool = False
    confidence: float = 0.0


Attention = tuple[tuple[int, ...], ...]
"""Where the network looked: rows of whole numbers from 0 to 100, 100 where it looked most."""


@dataclass(frozen=True)
class Recognition:
    """What is on one photo.

    ``artists`` and ``movements`` hold the best five, best first; ``paintings`` verified works from
    left to right, then likely ones. ``milliseconds`` covers decoding, inference and search.
    ``attention`` is for the first painter, or for the first movement where that is the verdict;
    ``similar`` the nearest works of the gallery. The last three may be empty.
    """

    verdict: Verdict
    artists: tuple[Guess, ...]
    movements: tuple[Guess, ...]
    milliseconds: float
    model: str
    attention: Attention = ()
    similar: tuple[Similar, ...] = ()
    paintings: tuple[Painting, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the whole of it, as it is stored."""
        return {
            "verdict": self.verdict.value,
            "artists": [asdict(guess) for guess in self.artists],
            "movements": [asdict(guess) for guess in self.movements],
            "milliseconds": self.milliseconds,
            "model": self.model,
            "attention": [list(row) for row in self.attention],
            "similar": [asdict(work) for work in self.similar],
            "paintings": [asdict(painting) for painting in self.paintings],
        }

    def contract_json(self) -> dict[str, Any]:
        """Return the object of the command line's contract, less ``photo``: the best three."""
        return {
            "verdict": self.verdict.value,
            "paintings": [
                {
                    "id": work.id,
                    "collection": work.collection,
                    "image": work.image,
                    "title": work.title,
                    "artist": work.artist,
                    "year": work.year,
                    "verified": work.verified,
                    "confidence": work.confidence,
                }
                for work in sorted(self.paintings, key=lambda w: (-w.verified, -w.confidence))
            ],
            "artists": [asdict(guess) for guess in self._believed()[:CONTRACT_GUESSES]],
            "movements": [asdict(guess) for guess in self.movements[:CONTRACT_GUESSES]],
            "similar": [
                {"id": work.id, "title": work.title, "artist": work.artist} for work in self.similar
            ],
            "milliseconds": self.milliseconds,
            "model": self.model,
        }

    def _believed(self) -> tuple[Guess, ...]:
        """Return the painters, that of a verified work first, the others as likely as it is not."""
        work = next((work for work in self.paintings if work.verified and work.artist_id), None)
        if work is None:
            return self.artists
        others = (
            replace(guess, confidence=round(guess.confidence * (1 - work.confidence), 4))
            for guess in self.artists
            if guess.id != work.artist_id
        )
        return Guess(work.artist_id, work.artist, work.confidence), *others

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Recognition":
        """Read back what `to_json` made, now or earlier, when it kept less."""
        return cls(
            Verdict(content["verdict"]),
            tuple(Guess(**guess) for guess in content["artists"]),
            tuple(Guess(**guess) for guess in content["movements"]),
            content["milliseconds"],
            content["model"],
            tuple(tuple(row) for row in content.get("attention", [])),
            tuple(Similar(**work) for work in content["similar"]),
            tuple(Painting(**work) for work in content.get("paintings", [])),
        )


class Recognizer:
    """Recognises photos on a bounded pool of threads that share one network."""

    def __init__(
        self,
        model: Model,
        threads: int = 2,
        gallery: Gallery | None = None,
        describer: Describer | None = None,
        famous: Works | None = None,
    ) -> None:
        """Use ``threads`` photos at a time, each on one thread, no more than there are cores.

        ``describer`` finds the details that works are recognised by; without it, none is.
        ``famous``: the works that are known out of the box. Raises `GalleryError` for a gallery
        or works that were made with another network or another description of details.
        """
        if gallery is not None and gallery.embedding_size != model.embedding_size:
            raise GalleryError(
                f"The gallery has embeddings of {gallery.embedding_size} numbers, "
                f"the network of {model.embedding_size}: it was made with another network."
            )
        self._model = model
        self._gallery = gallery
        self._describer = describer
        self.maker = maker(model.card, describer)
        self.famous = famous or Works([], self.maker)
        if self.famous.maker != self.maker:
            raise GalleryError(
                f"The known works beside {model.card.file} were enrolled with another network; "
                "enrol them again (python -m training famous) or remove their file."
            )
        self._few_shot = _few_shot(model.card, gallery)
        self._finder = Finder(self.embed, describer) if describer else None
        threads = min(threads, os.cpu_count() or 1)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="recognizer")
        self._waiting = 0

    @property
    def card(self) -> Card:
        """The card of the network in use."""
        return self._model.card

    async def recognize(
        self,
        photo: bytes,
        seen: Callable[[Image.Image], None] | None = None,
        among: Sequence[Holdings] | None = None,
    ) -> Recognition:
        """Recognise one photo without blocking the event loop.

        ``seen`` is given the decoded photo, on the pool's thread, once the answer is there.
        ``among``: where its work is looked for, one after the other; by default, among the famous.
        Raises `bot.vision.photo.PhotoError` for a photo that cannot be used, and `UserError`
        ("busy") where too many photos wait already.
        """
        if self._waiting and self._waiting + len(photo) > WAITING_BYTES:
            raise UserError("busy")
        self._waiting += len(photo)
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, self.recognize_now, photo, seen, among)
        finally:
            self._waiting -= len(photo)

    def recognize_now(
        self,
        photo: bytes,
        seen: Callable[[Image.Image], None] | None = None,
        among: Sequence[Holdings] | None = None,
    ) -> Recognition:
        """Recognise one photo on the calling thread; see `recognize`."""
        started = time.perf_counter()
        image = read_photo(photo, SHARP_SIDE if self._finder else WORKING_SIDE)
        canvases = find_canvases(image) if self._finder else ()
        paintings = self._paintings(image, canvases, among)
        known = bool(paintings) and paintings[0].verified
        answer = look(self._model, image, () if known else canvases)
        artists = self._painters(answer)
        movements = best(self.card.movements, answer.movements)
        decided = verdict(self.card, answer.painting, artists[0], movements[0])
        if known:
            decided = Verdict.PAINTING
        similar = self._gallery.similar(answer.embedding) if self._gallery else ()
        recognition = Recognition(
            decided,
            artists,
            movements,
            round((time.perf_counter() - started) * 1000, 1),
            self.card.title,
            self._attention(answer, decided, artists[0]),
            similar,
            paintings,
        )
        if seen is not None:
            seen(image)
        return recognition

    def embed(self, picture: Image.Image) -> NDArray[np.float32]:
        """Return which work a picture is, as the network sees it: unit length, shape (e,)."""
        return look(self._model, picture).work

    async def enrol(self, work: KnownWork, photo: bytes) -> Enrolled:
        """Return a work with what it will be recognised by, without blocking the event loop.

        Raises `bot.vision.photo.PhotoError` for a picture that cannot be used, and `GalleryError`
        where works cannot be recognised here.
        """
        return await self.run(partial(self.enrol_now, work, photo))

    async def recall(
        self, work: KnownWork, photo: bytes, met: Sequence[Enrolled]
    ) -> tuple[KnownWork | None, Enrolled | None]:
        """Return which of the works ``met`` before a visitor's photo shows, if it is sure of one.

        Beside it: ``work`` with what it will be recognised by from this photo, of which the
        likeliest canvas counts; ``None`` where works cannot be recognised here. Raises
        `bot.vision.photo.PhotoError` for a photo that cannot be used.
        """
        return await self.run(partial(self._recall, work, photo, met))

    def _recall(
        self, work: KnownWork, photo: bytes, met: Sequence[Enrolled]
    ) -> tuple[KnownWork | None, Enrolled | None]:
        if self._describer is None or self._finder is None:
            return None, None
        image = read_photo(photo, SHARP_SIDE)
        canvases = find_canvases(image)
        found = self._finder.find(image, canvases, [Holdings([Works(met)])])
        again = next((one.work for one in found if one.verified), None)
        whole = enrol(work, image, self.embed, self._describer)
        if not canvases:
            return again, whole
        canvas = flatten(image, canvases[0], LONGEST)
        part = enrol(work, canvas, self.embed, self._describer)
        # What is taken for a canvas and shows little would not be recognised again.
        return again, part if 2 * len(part.details.points) >= len(whole.details.points) else whole

    def enrol_now(self, work: KnownWork, photo: bytes) -> Enrolled:
        """Enrol one picture on the calling thread; see `enrol`."""
        if self._describer is None:
            raise GalleryError(
                f"Works cannot be recognised: there is no {DETAILS} beside {self.card.file}."
            )
        return enrol(work, read_photo(photo, SHARP_SIDE), self.embed, self._describer)

    def _paintings(
        self, image: Image.Image, canvases: Sequence[Corners], among: Sequence[Holdings] | None
    ) -> tuple[Painting, ...]:
        if self._finder is None:
            return ()
        among = [Holdings([self.famous])] if among is None else among
        return tuple(
            Painting(**asdict(found.work), verified=found.verified, confidence=found.confidence)
            for found in self._finder.find(image, canvases, among)[:GUESSES]
        )

    def _painters(self, answer: Answer) -> tuple[Guess, ...]:
        """Return the best guesses among the learnt painters and those known by a few pictures."""
        labels = (*self.card.artists, *self._few_shot.labels)
        joined = self._few_shot.joined(answer.artists[None], answer.embedding[None])
        return best(labels, joined[0])

    def _attention(self, answer: Answer, decided: Verdict, first: Guess) -> Attention:
        """Return where the network looked; nothing where the gallery, not a class, spoke."""
        by_gallery = first.id in {label.id for label in self._few_shot.labels}
        if by_gallery and decided is not Verdict.MOVEMENT:
            return ()
        return attention(class_map(answer, decided))

    async def run(self, work: Callable[[], T]) -> T:
        """Do other work with pictures, such as drawing, on the same bounded pool of threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the photos in hand finish, take no more."""
        self._pool.shutdown(wait=True)


def maker(card: Card, describer: Describer | None) -> str:
    """Return what describes works: those that another maker described must be enrolled again."""
    return f"{card.sha256[:16]}+{describer.version}" if describer else ""


def _few_shot(card: Card, gallery: Gallery | None) -> FewShot:
    """Return the painters whom the gallery's works name; none without a gallery."""
    works = gallery.by_artist({label.id for label in card.few_shot}) if gallery else {}
    return FewShot(card.few_shot, works, card.few_shot_scale, card.few_shot_offset)


def best(labels: Sequence[Label], probabilities: NDArray[np.float32]) -> tuple[Guess, ...]:
    """Return the most probable labels, best first."""
    order = np.argsort(probabilities)[::-1][:GUESSES]
    return tuple(
        Guess(labels[i].id, labels[i].name, round(float(probabilities[i]), 4)) for i in order
    )


def verdict(card: Card, painting: float, artist: Guess, movement: Guess) -> Verdict:
    """Name the painter where that is sure enough, else the movement, else admit doubt.

    All that only where the probability ``painting`` says that there is a work of art to name.
    """
    if painting < card.painting_threshold:
        return Verdict.NOT_A_PAINTING
    if artist.confidence >= card.artist_threshold:
        return Verdict.ARTIST
    if movement.confidence >= card.movement_threshold:
        return Verdict.MOVEMENT
    return Verdict.UNSURE


def class_map(answer: Answer, decided: Verdict) -> NDArray[np.float32]:
    """Return how much more each place says for the first guess than for its rivals on average.

    That is the class activation map, shape (h, w), of the class that the verdict rests on, less
    the mean map of its head: what a place adds to every class alike changes no probability.
    Source: Zhou et al. 2016, "Learning Deep Features for Discriminative Localization".
    """
    if decided is Verdict.MOVEMENT:
        maps, first = answer.movement_map, answer.movements.argmax()
    else:
        maps, first = answer.artist_map, answer.artists.argmax()
    return np.asarray(maps[..., first] - maps.mean(axis=-1), np.float32)


def attention(class_map: NDArray[np.float32]) -> Attention:
    """Return what speaks for a class, place by place, of the most that does; rows of 0..100.

    What speaks against it counts as 0; so does everything where nothing speaks for it.
    """
    speaking_for = class_map.clip(min=0)
    shares = speaking_for * (100 / (speaking_for.max() or 1))
    return tuple(tuple(int(share) for share in row) for row in np.rint(shares))
