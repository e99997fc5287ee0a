"""Learning rates rise, then fall to nothing."""

import numpy as np
import pytest

from training.rates import LONGEST_WARM_UP, warmed_cosine


@pytest.mark.parametrize(("steps", "warm_up"), [(100, 10), (10_000, LONGEST_WARM_UP)])
def test_the_rate_rises_for_a_tenth_of_the_steps_and_falls_to_zero(
    steps: int, warm_up: int
) -> None:
    rate = warmed_cosine(0.01, steps)
    rates = np.array([float(rate(step)) for step in range(0, steps + 1, steps // 100)])
    assert float(rate(0)) == pytest.approx(0.01 / 20)
    assert float(rate(warm_up)) == pytest.approx(0.01)
    assert (np.diff(rates[5 + warm_up * 100 // steps :]) < 0).all()
    assert float(rate(steps)) == pytest.approx(0, abs=1e-6)


def test_a_single_step_is_enough() -> None:
    assert float(warmed_cosine(0.01, 1)(0)) > 0
