"""Which of the known works a photo shows: every canvas is looked up, and what is found verified.

The embedding chooses some hundreds of works, the canvas's details vote for twenty of them, and
geometry decides.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.vision.details import LONGEST, Describer, Details, Match, match
from bot.vision.enrolled import Enrolled, KnownWork
from bot.vision.framing import WHOLE, Corners, flatten, overlap
from bot.vision.works import DETAILS, Holdings

POOL = 500
"""Works that the embedding chooses; all, where there are no more."""
SHORTLIST = 20
"""Works of these that the details speak for: with each, a canvas is compared place by place."""
DETAILS_ASKED = 500
"""Details of a canvas in a photo; more than of a work, for some are the frame's and the wall's."""
FEWEST_AGREEING, LEAST_COVERAGE = 8, 0.05
"""What a match must have to be stated as a fact …"""
BEYOND_DOUBT = 16
"""… what it must have so that no other work is looked for in the same canvas …"""
FEWEST_LIKELY = 6
"""… and to be asked about."""
TURNS = (90, 180, 270)
"""Degrees by which a photo may lie on its side; looked at where nothing is found upright."""
SAME_PLACE = 0.5
"""Of two works in one place of the photo, the better match counts."""
Embed = Callable[[Image.Image], NDArray[np.float32]]
"""Picture → unit-length embedding, shape (d,)."""


@dataclass(frozen=True)
class FoundWork:
    """A work that a photo shows, or may show."""

    work: KnownWork
    verified: bool
    confidence: float
    corners: Corners
    """Where it is in the photo."""


class Finder:
    """Finds works in photos; safe from threads where ``embed`` is."""

    def __init__(self, embed: Embed, describer: Describer) -> None:
        self._embed = embed
        self._describer = describer

    def find(
        self, photo: Image.Image, canvases: Sequence[Corners], among: Sequence[Holdings]
    ) -> tuple[FoundWork, ...]:
        """Return the works a photo shows: verified ones from left to right, then likely ones.

        ``canvases``: where they may be, as `bot.vision.framing.find_canvases` says. They are looked
        for among the first holdings, then, where none is verified, among the next.
        """
        looked_through = [holdings for holdings in among if len(holdings)]
        parts = [_Canvas(corners, photo, self._describer) for corners in (*canvases, WHOLE)]
        found: list[FoundWork] = []
        for holdings in looked_through:
            found += _Search(holdings, self._embed).find(parts)
            if any(work.verified for work in found):
                break
        return tuple(sorted(found, key=lambda work: not work.verified))


class _Canvas:
    """A part of a photo; it is made flat, and described, once it is looked at."""

    def __init__(self, corners: Corners, photo: Image.Image, describer: Describer) -> None:
        self.corners = corners
        self._photo = photo
        self._describer = describer

    @cached_property
    def flat(self) -> Image.Image:
        return flatten(self._photo, self.corners, LONGEST)

    @cached_property
    def details(self) -> Details:
        return self._describer.describe(self.flat, DETAILS_ASKED)


class _Search:
    """Looks for the works of some holdings in one photo."""

    def __init__(self, holdings: Holdings, embed: Embed) -> None:
        self._works = holdings
        self._embed = embed
        self._best: dict[int, tuple[Match, Corners]] = {}

    def find(self, canvases: Sequence[_Canvas]) -> tuple[FoundWork, ...]:
        """Return what these canvases show; the last is the whole photo."""
        for canvas in canvases:
            if canvas is canvases[-1] and self._is_settled():
                break
            self._look(canvas, (0,))
        if len(self._works) > POOL and not self._is_settled():
            for canvas in (canvases[0], canvases[-1])[: len(canvases)]:
                self._look(canvas, TURNS)
        return self._told()

    def _is_settled(self) -> bool:
        return any(is_sure(found) for found, _ in self._best.values())

    def _look(self, canvas: _Canvas, turns: Sequence[int]) -> None:
        """Add what a canvas matches, unless it is mostly a work that is found already."""
        sure = (corners for found, corners in self._best.values() if is_sure(found))
        if any(_within(canvas.corners, corners) for corners in sure):
            return
        for number, found in self._matches(canvas, turns):
            if number not in self._best or found.agreeing > self._best[number][0].agreeing:
                self._best[number] = (found, _in_photo(found.corners, canvas.corners))

    def _matches(self, canvas: _Canvas, turns: Sequence[int]) -> Iterator[tuple[int, Match]]:
        """Yield the works that a canvas matches, held at any of these angles.

        Where it shows one beyond doubt, no other is looked for. Details know no up or down; the
        embedding does.
        """
        pool = self._pool(canvas.flat, turns)
        for number in self._works.voted(canvas.details, pool, SHORTLIST).tolist():
            enrolled = self._works[number]
            found = match(canvas.details, enrolled.details, enrolled.proportion)
            if found is not None and found.agreeing >= FEWEST_LIKELY:
                yield number, found
                if is_sure(found) and found.agreeing >= BEYOND_DOUBT:
                    return

    def _pool(self, flat: Image.Image, turns: Sequence[int]) -> NDArray[np.int64]:
        """Return the works that a flat canvas may be, held at any of these angles."""
        if len(self._works) <= POOL:
            return np.arange(len(self._works))
        nearest = [
            self._works.nearest(self._embed(flat.rotate(turn, expand=True)), POOL) for turn in turns
        ]
        return np.unique(np.concatenate(nearest))

    def _told(self) -> tuple[FoundWork, ...]:
        kept: list[tuple[int, Match, Corners]] = []
        for number, (found, corners) in sorted(self._best.items(), key=lambda e: -e[1][0].agreeing):
            if all(overlap(corners, other) < SAME_PLACE for _, _, other in kept):
                kept.append((number, found, corners))
        kept.sort(key=lambda e: (not is_sure(e[1]), float(e[2][:, 0].mean())))
        return tuple(
            FoundWork(self._works[number].work, is_sure(found), confidence(found), corners)
            for number, found, corners in kept
        )


def is_sure(found: Match) -> bool:
    """Say whether a match is stated as a fact."""
    return found.agreeing >= FEWEST_AGREEING and found.coverage >= LEAST_COVERAGE


def confidence(found: Match) -> float:
    """Return how sure a match is, 0..1: from how many details agree."""
    return round(float(1 - np.exp(-found.agreeing / 6)), 4)


def enrol(work: KnownWork, picture: Image.Image, embed: Embed, describer: Describer) -> Enrolled:
    """Return a work with what it will be recognised by, from one picture of it alone."""
    details = describer.describe(picture, DETAILS)
    return Enrolled(work, embed(picture), details, picture.width / picture.height)


def _in_photo(corners: Corners, canvas: Corners) -> Corners:
    """Return where a canvas's places, as shares of it, are in the photo."""
    matrix = cv2.getPerspectiveTransform(WHOLE, canvas.astype(np.float32))
    return np.asarray(cv2.perspectiveTransform(corners[None], matrix)[0], np.float32)


def _within(canvas: Corners, found: Corners) -> bool:
    """Say whether most of a canvas is part of a work that is found already."""
    shared, _ = cv2.intersectConvexConvex(canvas, found)
    return float(shared) > SAME_PLACE * cv2.contourArea(canvas)
