"""Photos from far off: what it brings to look at the canvas alone as well as at the whole."""

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from bot.vision.framing import find_canvases
from bot.vision.looking import look
from bot.vision.model import Model, read_card
from training.augment import Picture
from training.dataset import Prepared
from training.phone import framed_on_wall, phone_view
from training.splitting import Example

log = logging.getLogger(__name__)
ASKED = 600
"""Test paintings by painters that the network learnt, drawn at random."""
SIDE = 900
"""Pixels a side of the photos."""
FAR = (0.2, 0.6)
"""Share of the photo that the canvas takes, from far off."""
View = Callable[[Picture, np.random.Generator], Picture]
VIEWS: dict[str, View] = {
    "clean": lambda picture, rng: np.asarray(Image.fromarray(picture).resize((SIDE, SIDE))),
    "near": lambda picture, rng: phone_view(picture, rng, SIDE),
    "far": lambda picture, rng: framed_on_wall(picture, rng, FAR, SIDE),
}


def evaluate_from_afar(card: Path, prepared: Prepared, asked: int = ASKED) -> dict[str, float]:
    """Return how often the first painter and movement are right, in 0..1, with and without.

    ``prepared``: pictures of which the test part is asked about; a movement is asked about where
    the card has one of the picture's.
    """
    model = Model(read_card(card))
    artists = [label.id for label in model.card.artists]
    movements = [label.id for label in model.card.movements]
    rng = np.random.default_rng(6)
    order = rng.permutation(prepared.part("test"))
    chosen = [n for n in order if prepared.examples[n].artist in artists][:asked]
    right: dict[str, list[bool]] = {}
    for name, view in VIEWS.items():
        for number in chosen:
            picture = np.ascontiguousarray(prepared.pictures[number])
            photo = Image.fromarray(view(picture, rng))
            canvases = find_canvases(photo)
            for way, given in (("whole", ()), ("canvas_too", canvases)):
                answer = look(model, photo, given)
                artist = artists[int(answer.artists.argmax())]
                movement = movements[int(answer.movements.argmax())]
                example: Example = prepared.examples[number]
                right.setdefault(f"{name}_artist_{way}", []).append(artist == example.artist)
                if set(example.movements) & set(movements):
                    hit = movement in example.movements
                    right.setdefault(f"{name}_movement_{way}", []).append(hit)
    figures = {name: round(float(np.mean(hits)), 4) for name, hits in right.items()}
    for name, figure in figures.items():
        log.info("%-30s %.4f", name, figure)
    return figures
