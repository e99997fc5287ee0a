"""How far to trust nearest pictures is fitted on some painters and measured on others."""

import numpy as np
import pytest

from training import few_shot
from training.few_shot import MOST_LOST, Learnt, fit_few_shot

NAMES = ("giotto", "hieronymus-bosch", "jan-van-eyck", "raphael", "sandro-botticelli", "duccio")
CLASSES = 4


def pictures(centre: np.ndarray, count: int, rng: np.random.Generator, right: int) -> Learnt:
    """Works that lie close together; the network is sure of a class only where one is right."""
    embeddings = centre + rng.normal(0, 0.02, (count, len(centre)))
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    logits = rng.normal(0, 0.5, (count, CLASSES))
    if right >= 0:
        logits[:, right] += 4
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return Learnt(
        log_probabilities.astype(np.float32),
        embeddings.astype(np.float32),
        np.full(count, right, np.int64),
    )


def joined(parts: list[Learnt]) -> Learnt:
    return Learnt(
        np.concatenate([p.log_probabilities for p in parts]),
        np.concatenate([p.embeddings for p in parts]),
        np.concatenate([p.right for p in parts]),
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_painters_of_a_few_works_are_found_and_the_learnt_ones_hardly_suffer(
    rng: np.random.Generator,
) -> None:
    centres = np.linalg.qr(rng.normal(size=(16, 16)))[0]
    works = {name: pictures(centres[i], 6, rng, -1) for i, name in enumerate(NAMES)}
    known = joined([pictures(centres[8 + c], 30, rng, c) for c in range(CLASSES)])
    fitted = fit_few_shot(works, known, known)
    assert fitted.figures["few_shot_top1"] > 0.9
    lost = fitted.figures["artist_top1_without_few_shot"]
    lost -= fitted.figures["artist_top1_beside_few_shot"]
    assert lost <= MOST_LOST
    assert {label.id for label in fitted.labels} == set(NAMES)
    assert fitted.card()["painters"][0] == {"id": "giotto", "name": "Giotto"}


def test_painters_who_look_like_everybody_are_given_no_say(rng: np.random.Generator) -> None:
    """Their works are spread as the learnt painters' are: naming them would cost the others."""
    everywhere = [
        joined([pictures(rng.normal(size=16), 1, rng, -1) for _ in range(6)]) for _ in NAMES
    ]
    known = joined([pictures(rng.normal(size=16), 1, rng, c % CLASSES) for c in range(120)])
    fitted = fit_few_shot(dict(zip(NAMES, everywhere, strict=True)), known, known)
    without = fitted.figures["artist_top1_without_few_shot"]
    assert without - fitted.figures["artist_top1_beside_few_shot"] <= MOST_LOST


def test_too_few_painters_to_measure_on_means_none_is_named(rng: np.random.Generator) -> None:
    alone = {"giotto": pictures(np.eye(16)[0], 6, rng, -1)}
    known = pictures(np.eye(16)[1], 10, rng, 0)
    fitted = fit_few_shot(alone, known, known)
    assert fitted.labels == ()
    assert fitted.figures == {"few_shot_painters": 0.0}


def test_both_halves_of_the_painters_take_part() -> None:
    sides = {few_shot.fraction("few-shot", name) < 0.5 for name in NAMES}
    assert sides == {True, False}
