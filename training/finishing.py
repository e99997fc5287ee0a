"""From trained heads to what a visitor is told: the last layers of the network that ships.

Four things are settled on validation pictures, after training: which movements are told apart well
enough to be named, how much the painter's guess informs the movement's, the temperatures at which
the two speak to each other, and how far rare movements are helped up.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray
from scipy.special import softmax

from training.branch import on_network
from training.dataset import Prepared
from training.everyday import EVERYDAY
from training.kind import Kind, measure_kind, settle_kind
from training.measures import Scores, fit_temperature, one_hot, top
from training.origins import blind_to_origin
from training.recipe import Recipe

log = logging.getLogger(__name__)
FEWEST_PICTURES, FEWEST_SHOWN = 90, 3
"""A movement outside the first folder needs this many pictures to be named, and so many of them in
the validation part …"""
LEAST_RECALL = 0.5
"""… and to be found this often among those."""
HELPS = (0.25,)
"""How far rare movements may be helped up, the most that `MOST_LOST` allows. With more, works of a
publisher who has few of a common movement are no longer found."""
MOST_LOST = 0.01
"""How much of the movements' top-1 may be given up for the rare ones."""
TRUSTS = tuple(np.linspace(0, 0.6, 13).tolist())


@dataclass(frozen=True)
class Finish:
    """What is settled after training; `finished` builds it into the network."""

    movements: tuple[str, ...]
    """The movements that are named, in the order of the outputs."""
    styles_of: NDArray[np.float32]
    """How often a painter's pictures show each movement: shape (painters, movements), rows sum to 1
    (or 0 where none is named)."""
    trust: float
    """The painter's share in the movement's probabilities, 0..1."""
    lift: NDArray[np.float32]
    """What is added to the movements' log-probabilities: the more, the fewer pictures there were to
    learn from, so that the common ones do not swallow the rare ones. Shape (movements,)."""
    artist_temperature: float
    movement_temperature: float
    kind: Kind
    """Tells paintings from anything else."""
    kind_figures: dict[str, float]
    """How well it does that."""


def settle(
    artist: Scores,
    movement: Scores,
    prepared: Prepared,
    kind: Kind,
    kind_figures: dict[str, float],
) -> Finish:
    """Settle the finish on the logits of the validation part, rows in the order of `part`."""
    indices = prepared.part("validation")
    painters = one_hot(prepared.artist_targets(indices), artist.shape[1])
    artist_temperature = fit_temperature(artist, painters)
    by_artist = softmax(artist / artist_temperature, axis=1)
    among_all = _mix(prepared, by_artist, movement, prepared.movements)
    kept = kept_movements(prepared, among_all.probabilities)
    mixture = _mix(prepared, by_artist, movement, kept)
    return Finish(
        kept,
        mixture.styles_of,
        mixture.trust,
        mixture.lift,
        artist_temperature,
        mixture.temperature,
        kind,
        kind_figures,
    )


@dataclass(frozen=True)
class _Mixture:
    """Probabilities of some movements on the validation part, and what they were mixed with."""

    temperature: float
    styles_of: NDArray[np.float32]
    trust: float
    lift: NDArray[np.float32]
    probabilities: Scores
    """Lifted and rescaled to sum to 1."""


def _mix(
    prepared: Prepared, by_artist: Scores, movement: Scores, movements: Sequence[str]
) -> _Mixture:
    """Let the painter have the say in some of the movements that makes the labels likeliest."""
    columns = [prepared.movements.index(name) for name in movements]
    targets = prepared.movement_targets(prepared.part("validation"))[:, columns]
    temperature = fit_temperature(movement[:, columns], targets)
    styles = styles_of_painters(prepared, columns)
    own, by_painter = softmax(movement[:, columns] / temperature, axis=1), by_artist @ styles

    def mixed(trust: float) -> Scores:
        return np.asarray((1 - trust) * own + trust * by_painter, np.float32)

    trust = max(TRUSTS, key=lambda trust: likelihood(mixed(trust), targets))
    likeliest = mixed(trust)
    lift = _lift(prepared, columns, likeliest, targets)
    return _Mixture(temperature, styles, trust, lift, lifted(likeliest, lift))


def lifted(probabilities: Scores, lift: NDArray[np.float32]) -> Scores:
    """Return the probabilities with the rare movements helped up; rows sum to 1."""
    return np.asarray(softmax(np.log(probabilities + 1e-9) + lift, axis=1), np.float32)


def _lift(
    prepared: Prepared, columns: list[int], probabilities: Scores, targets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return `Finish.lift`: a share of how rare each movement was in training.

    Source: Menon et al. 2021, "Long-tail learning via logit adjustment".
    """
    counts = prepared.movement_targets(prepared.part("train"))[:, columns].sum(axis=0)
    rarity = -np.log(np.maximum(counts, 1) / counts.sum())
    labelled = targets.any(axis=1)
    probabilities, targets = probabilities[labelled], targets[labelled]
    least = top(probabilities, targets, 1) - MOST_LOST
    for help_ in HELPS:
        lift = np.asarray(help_ * (rarity - rarity.mean()), np.float32)
        if top(lifted(probabilities, lift), targets, 1) >= least:
            return lift
    return np.zeros(len(columns), np.float32)


def likelihood(probabilities: Scores, targets: NDArray[np.float32]) -> float:
    """Return the mean log-likelihood of the targets, of the pictures that have one."""
    labelled = targets.any(axis=1)
    rows = targets[labelled] / targets[labelled].sum(axis=1, keepdims=True)
    return float((rows * np.log(probabilities[labelled] + 1e-9)).sum(axis=1).mean())


def kept_movements(prepared: Prepared, probabilities: Scores) -> tuple[str, ...]:
    """Return the movements of the first folder, and the others that are told apart; sorted.

    ``probabilities`` of all movements, for the validation part: shape (n, movements).
    """
    targets = prepared.movement_targets(prepared.part("validation"))
    first = {m for e in prepared.examples if e.folder == 0 for m in e.movements}
    counts = {m: sum(m in e.movements for e in prepared.examples) for m in prepared.movements}
    kept = []
    for number, name in enumerate(prepared.movements):
        shown = targets[:, number] > 0
        told_apart = (
            counts[name] >= FEWEST_PICTURES
            and shown.sum() >= FEWEST_SHOWN
            and top(probabilities[shown], targets[shown], 1) >= LEAST_RECALL
        )
        if name in first or told_apart:
            kept.append(name)
    return tuple(kept)


def styles_of_painters(prepared: Prepared, columns: list[int]) -> NDArray[np.float32]:
    """Return `Finish.styles_of`, counted on the training part."""
    indices = prepared.part("train")
    artists, movements = prepared.artist_targets(indices), prepared.movement_targets(indices)
    counts = np.zeros((len(prepared.artists), len(prepared.movements)), np.float32)
    np.add.at(counts, artists[artists >= 0], movements[artists >= 0])
    counts = counts[:, columns]
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-6)


def finished(network: keras.Model, prepared: Prepared, finish: Finish) -> keras.Model:
    """Return the network as it answers visitors.

    Outputs, all float32: ``artist`` logits; ``movement`` log-probabilities in which the painter has
    a say and rare movements are helped up; the unit-length ``embedding``; the ``feature_map``;
    ``artist_map`` and ``movement_map``, the heads' logits at each place of the feature map, whose
    means are the heads' logits (Zhou et al. 2016, "Learning Deep Features for Discriminative
    Localization"); ``painting``, the logit that the picture shows a work of art and not something
    else; ``work``, a unit-length embedding that tells one work from another, whoever painted it.
    """
    feature_map = network.get_layer("head_relu").output
    columns = [prepared.movements.index(name) for name in finish.movements]
    artist_map = _everywhere(network.get_layer("artist"), feature_map)
    movement_map = _everywhere(network.get_layer("movement"), feature_map, columns)
    artist, movement = (ops.mean(scores, axis=(1, 2)) for scores in (artist_map, movement_map))
    own = ops.softmax(movement / finish.movement_temperature)
    by_painter = ops.matmul(ops.softmax(artist / finish.artist_temperature), finish.styles_of)
    mixed = (1 - finish.trust) * own + finish.trust * by_painter
    outputs = {
        "artist": artist,
        "movement": ops.log_softmax(ops.log(mixed + 1e-9) + finish.lift),
        "embedding": network.get_layer("embedding").output,
        "feature_map": feature_map,
        "artist_map": artist_map,
        "movement_map": movement_map,
        **on_network(network, finish.kind.branch),
    }
    return keras.Model(network.input, outputs, name="docent")


def _everywhere(head: keras.Layer, feature_map: Any, columns: list[int] | None = None) -> Any:
    """Apply a trained head at each place of the feature map, to all its classes or to some."""
    kernel, bias = head.get_weights()
    if columns is not None:
        kernel, bias = kernel[:, columns], bias[columns]
    layer = layers.Dense(kernel.shape[1], name=f"{head.name}_map")
    scores = layer(feature_map)
    layer.set_weights([kernel, bias])
    return scores


class _Asked:
    """A Keras network as a `training.exported.Network`, without progress bars."""

    def __init__(self, model: keras.Model) -> None:
        self._model = model

    def predict(
        self, pictures: NDArray[np.uint8], batch_size: int = 32
    ) -> Mapping[str, NDArray[np.float32]]:
        answers: Mapping[str, NDArray[np.float32]] = self._model.predict(
            pictures, batch_size=batch_size, verbose=0
        )
        return answers


def finish_network(
    recipe: Recipe, network: keras.Model, branch: keras.Model, prepared: Prepared
) -> tuple[keras.Model, Finish]:
    """Settle the finish of a trained network and its branch; return it as it answers visitors."""
    asked = _Asked(keras.Model(network.input, on_network(network, branch)))
    kind = settle_kind(asked, branch, prepared, EVERYDAY, recipe.seed)
    figures = measure_kind(asked, prepared, EVERYDAY, kind)
    if recipe.balance_origins:
        blind_to_origin(network, prepared)
    pictures = prepared.pictures[prepared.part("validation")]
    logits = _Asked(network).predict(pictures)
    finish = settle(logits["artist"], logits["movement"], prepared, kind, figures)
    log.info("Named movements: %s", ", ".join(finish.movements))
    log.info("The painter's say in the movement: %.2f", finish.trust)
    return finished(network, prepared, finish), finish
