"""Calibration and thresholds do what they are named for."""

import numpy as np
import pytest
from scipy.special import softmax

from training.measures import (
    calibration_error,
    fit_temperature,
    one_hot,
    sureness,
    threshold,
    top,
)


def overconfident(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Logits three times too large for how often they are right."""
    rng = np.random.default_rng(seed)
    honest = rng.normal(0, 1.5, (6000, 5))
    labels = [rng.choice(5, p=row) for row in softmax(honest, axis=1)]
    return (3 * honest).astype(np.float32), np.eye(5, dtype=np.float32)[labels]


def test_the_temperature_undoes_overconfidence() -> None:
    logits, targets = overconfident()
    assert fit_temperature(logits, targets) == pytest.approx(3, rel=0.1)


def test_calibration_error_falls_with_the_right_temperature() -> None:
    logits, targets = overconfident()
    before = calibration_error(*sureness(logits, targets, 1.0))
    after = calibration_error(*sureness(logits, targets, 3.0))
    assert before > 0.1
    assert after < 0.03


def test_above_the_threshold_guesses_are_right_as_often_as_stated() -> None:
    confidence, right = sureness(*overconfident(), 3.0)
    limit = threshold(confidence, right)
    assert right.mean() < 0.8
    assert right[confidence >= limit].mean() >= 0.8


def test_a_head_that_is_never_right_is_never_allowed_to_name() -> None:
    assert threshold(np.array([0.9, 0.8]), np.array([False, False])) == 1.0


def test_top_k_counts_any_of_several_right_labels() -> None:
    logits = np.array([[3.0, 2.0, 1.0, 0.0]])
    targets = np.array([[0.0, 0.5, 0.0, 0.5]])
    assert top(logits, targets, 1) == 0.0
    assert top(logits, targets, 2) == 1.0


def test_a_picture_without_a_label_is_not_asked_and_no_guess_is_right_for_it() -> None:
    logits = np.array([[3.0, 1.0], [3.0, 1.0]])
    targets = one_hot(np.array([0, -1]), 2)
    assert targets.tolist() == [[1, 0], [0, 0]]
    assert top(logits, targets, 1) == 1.0
    assert sureness(logits, targets, 1.0)[1].tolist() == [True, False]
