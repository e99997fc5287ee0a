"""Views of paintings and of what is no painting, and what a network says of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.augment import Picture, as_seen_by_a_phone
from training.dataset import Prepared
from training.everyday.bank import SIDE, fill
from training.exported import Network
from training.phone import framed_on_wall
from training.splitting import fraction

HARD = frozenset(
    (
        *("minimalism", "suprematism", "abstract-expressionism", "abstract", "photorealism"),
        *("constructivism", "pop-art", "ukiyo-e", "shin-hanga", "tonalism"),
        *("posterartrealism", "new-european-painting"),
    )
)
"""Movements whose works look most like walls, screens, posters or photographs."""
NOT_PAINTED = frozenset(
    (
        *("aaron-siskind", "alberto-carneiro", "alex-hay", "angelo-de-sousa", "anne-truitt"),
        *("arman", "barbara-kruger", "billy-apple", "bruce-nauman", "claes-oldenburg"),
        *("daniel-dezeuze", "david-batchelor", "david-smith", "douglas-huebler", "eva-hesse"),
        *("fornasetti", "fred-sandback", "henry-moore", "horia-damian", "isa-genzken"),
        *("james-turrell", "jim-lambie", "keith-sonnier", "kiki-smith", "larry-bell"),
        *("luciano-bartolini", "manuel-neri", "marcel-broodthaers", "marjorie-strider"),
        *("may-wilson", "michelangelo-pistoletto", "naum-gabo", "richard-artschwager"),
        *("richard-serra", "robert-silvers", "ruth-vollmer", "tony-smith", "vladimir-tatlin"),
        *("walter-de-maria"),
    )
)
"""Artists whose works in the data are mostly photographs, objects, rooms or landscapes built: what
a painting looks like is not learnt from them."""
AT_ONCE = 500
"""Views held in memory together."""
Logits = NDArray[np.float32]
View = Callable[[Picture, np.random.Generator], Picture]


@dataclass(frozen=True)
class Seen:
    """Logits of many views, the group of each, and whether it shows a painting."""

    logits: Logits
    groups: NDArray[np.str_]
    painting: NDArray[np.bool_]


def seen(network: Network, pictures: NDArray[np.uint8]) -> Logits:
    """Return the network's logits that the pictures show paintings, shape (n,)."""
    return network.predict(pictures)["painting"][:, 0]


def clean(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return the picture as it is."""
    return picture


def phone(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a phone-like view; see `as_seen_by_a_phone`."""
    return as_seen_by_a_phone(picture, SIDE, rng)


def on_wall(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a photo of the picture framed on a wall, of which it takes a quarter to nearly all.

    The cache holds squares; works get proportions again here, not their own.
    """
    shape = np.exp(rng.uniform(-0.35, 0.35) * np.array([0.5, -0.5])) * SIDE
    width, height = (round(float(side)) for side in shape)
    canvas = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return framed_on_wall(canvas, rng)  # type: ignore[arg-type]


VIEWS: dict[str, View] = {"clean": clean, "phone": phone, "on_wall": on_wall}


def held_out(prepared: Prepared, part: str) -> NDArray[np.int64]:
    """Return the pictures of ``validation`` or ``test`` with half of the painters held out whole.

    Works by painters whom the trunk never met are the ones most easily taken for something else.
    """
    strangers = prepared.part("unseen")
    mine = [
        (fraction("strangers", prepared.examples[i].artist) < 0.5) == (part == "validation")
        for i in strangers
    ]
    return np.concatenate([prepared.part(part), strangers[np.array(mine, bool)]])


def painted(prepared: Prepared, indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out works by `NOT_PAINTED`."""
    return indices[[prepared.examples[i].artist not in NOT_PAINTED for i in indices]]


def painting_views(
    network: Network, prepared: Prepared, indices: NDArray[np.int64], seed: int
) -> Seen:
    """Return views of some paintings, each of them clean, phone-like and on a wall."""
    rng = np.random.default_rng(seed)
    logits = []
    for view in VIEWS.values():
        for start in range(0, len(indices), AT_ONCE):
            some = indices[start : start + AT_ONCE]
            views = [view(np.asarray(prepared.pictures[i]), rng) for i in some]
            logits.append(seen(network, np.stack(views)))
    names = np.repeat(list(VIEWS), len(indices))
    return Seen(np.concatenate(logits), names, np.ones(len(names), bool))


def other_views(
    network: Network, folder: Path, part: str, counts: tuple[int, int], seed: int
) -> Seen:
    """Return views of what is no painting: of a part, so many collected pictures and made ones.

    By turns they are seen as they are, phone-like and on a wall, as paintings are; in the test part
    not on walls, for that is not what visitors send.
    """
    rng = np.random.default_rng(seed)
    bank = fill(folder, part, counts[1], seed)
    made = np.char.startswith(bank.groups, "made_")
    collected = np.flatnonzero(~made)
    chosen = rng.permutation(collected)[: counts[0]]
    numbers = np.concatenate([chosen, np.flatnonzero(made)])
    ways = (clean, phone) if part == "test" else tuple(VIEWS.values())
    views = [ways[n % len(ways)](bank.pictures[i], rng) for n, i in enumerate(numbers)]
    return Seen(seen(network, np.stack(views)), bank.groups[numbers], np.zeros(len(views), bool))


def joined(*seen: Seen) -> Seen:
    """Return several lots of views as one."""
    return Seen(
        np.concatenate([lot.logits for lot in seen]),
        np.concatenate([lot.groups for lot in seen]),
        np.concatenate([lot.painting for lot in seen]),
    )
