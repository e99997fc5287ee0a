"""Make a head blind to the publisher whose reproduction a picture is.

Some movements come from one publisher alone, so a network can learn the publisher's sharpness and
colours instead of the movement. A painter whose works of one movement come from two publishers
shows what is the publisher's and what the painter's.
"""

import logging
from collections import Counter, defaultdict

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from training.dataset import Prepared

log = logging.getLogger(__name__)
Features = NDArray[np.float32]
LEAST_SHARED = 2
"""Works of one painter and movement that each of two publishers must have to be compared …"""
MOST_COMPARED = 25
"""… and how many of them are, at most."""
FEWEST_COMPARED = 100
"""Without so many works to compare there is nothing to learn from; the head stays as it is."""
RIDGE = 0.03
"""Added to every variance, as a share of the mean one."""
TAKEN_OUT = 0.8
"""Of what tells the publishers apart. Were all of it, movements of painters never seen would be
found less often, in works of these same publishers."""


def compared(prepared: Prepared) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return works to learn from that two publishers share painters and movements of.

    The two are those with most works. Returns the works' indices, whether each is the second
    publisher's, and the number of its group, all of shape (n,).
    """
    train = prepared.part("train")
    counts = Counter(prepared.examples[i].origin for i in train)
    two = [origin for origin, _ in counts.most_common(2)]
    groups: dict[tuple[str, tuple[str, ...]], dict[str, list[int]]] = defaultdict(
        lambda: {origin: [] for origin in two}
    )
    for i in train:
        example = prepared.examples[i]
        if example.origin in two:
            groups[example.artist, example.movements][example.origin].append(int(i))
    found = [
        (i, origin == two[-1], number)
        for number, works in enumerate(groups.values())
        if len(two) == 2 and min(map(len, works.values())) >= LEAST_SHARED
        for origin, mine in works.items()
        for i in mine[:MOST_COMPARED]
    ]
    indices, second, numbers = zip(*sorted(found), strict=True) if found else ((), (), ())
    return np.array(indices, np.int64), np.array(second, bool), np.array(numbers, np.int64)


def within(values: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return values less the mean of their group, row by row."""
    members = np.eye(groups.max() + 1)[groups]
    means = members.T @ values / members.sum(axis=0)[:, None]
    return np.asarray(values - means[groups], np.float64)


def blinded(
    kernel: Features,
    bias: Features,
    features: Features,
    second: NDArray[np.bool_],
    groups: NDArray[np.int64],
    usual: Features,
    taken_out: float = 1.0,
) -> tuple[Features, Features]:
    """Return a linear head's kernel (d, classes) and bias, less a share of what tells publishers.

    ``features``, shape (n, d), ``second`` and ``groups`` are of the works of `compared`; ``usual``,
    shape (m, d), shows how features vary, so that as little else as possible is changed. Of all
    linear maps after which no linear head can tell the two publishers' works of a group apart, the
    one that moves features least is put before the head. Source: Belrose et al. 2023, "LEACE:
    Perfect linear concept erasure in closed form".
    """
    everything = np.concatenate([features, usual]).astype(np.float64)
    spread = np.cov(everything.T)
    spread += RIDGE * np.eye(len(spread)) * np.trace(spread) / len(spread)
    apart = within(features.astype(np.float64), groups)
    side = within(second[:, None].astype(np.float64), groups)
    towards = (apart.T @ side)[:, 0] / len(side)
    seen = np.linalg.solve(spread, towards)
    seen /= max(float(seen @ towards), 1e-12)
    said = taken_out * (towards @ kernel)
    centre = features.mean(axis=0, dtype=np.float64)
    return (
        np.asarray(kernel - np.outer(seen, said), np.float32),
        np.asarray(bias + (seen @ centre) * said, np.float32),
    )


def blind_to_origin(network: keras.Model, prepared: Prepared) -> None:
    """Make the movement head of a trained network nearly blind to the publisher, in place.

    Where too few works can be compared, it stays as it is.
    """
    indices, second, groups = compared(prepared)
    if len(indices) < FEWEST_COMPARED:
        log.info("Too few works by two publishers to compare: %d", len(indices))
        return
    pooled = layers.GlobalAveragePooling2D()(network.get_layer("head_relu").output)
    asked = keras.Model(network.input, pooled)
    features, usual = (
        asked.predict(prepared.pictures[rows], batch_size=32, verbose=0)
        for rows in (indices, prepared.part("validation"))
    )
    head = network.get_layer("movement")
    kernel, bias = head.get_weights()
    head.set_weights(blinded(kernel, bias, features, second, groups, usual, TAKEN_OUT))
    log.info("The movement head is nearly blind to the publisher, by %d works", len(indices))
