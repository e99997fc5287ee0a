"""Painters known by a handful of works are named by their nearest pictures."""

import numpy as np
import pytest

from bot.vision.few_shot import FewShot
from bot.vision.model import Label

BOSCH, GIOTTO = Label("hieronymus-bosch", "Hieronymus Bosch"), Label("giotto", "Giotto")
EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def few_shot(**works: list[np.ndarray]) -> FewShot:
    stacked = {id_.replace("_", "-"): np.stack(rows) for id_, rows in works.items()}
    return FewShot((BOSCH, GIOTTO), stacked, scale=10.0, offset=0.5)


def test_a_painter_is_as_near_as_the_two_nearest_works() -> None:
    painters = few_shot(hieronymus_bosch=[EAST, EAST, UP], giotto=[EAST, NORTH, UP])
    assert painters.nearness(EAST[None])[0] == pytest.approx([1.0, 0.5])


def test_a_single_work_is_enough() -> None:
    assert few_shot(giotto=[NORTH]).nearness(NORTH[None]).tolist() == [[1.0]]


def test_painters_without_works_are_left_out() -> None:
    assert few_shot(giotto=[NORTH]).labels == (GIOTTO,)


def test_joined_probabilities_sum_to_one_and_a_near_painter_takes_the_lead() -> None:
    painters = few_shot(hieronymus_bosch=[EAST], giotto=[NORTH])
    learnt = np.array([[0.7, 0.3]], np.float32)
    near = painters.joined(learnt, EAST[None])[0]
    assert near.sum() == pytest.approx(1.0, abs=1e-6)
    assert near.argmax() == 2
    far = painters.joined(learnt, UP[None])[0]
    assert far[:2] == pytest.approx(learnt[0], abs=0.02)


def test_without_painters_the_network_is_left_as_it_is() -> None:
    nobody = FewShot((), {}, 1.0, 1.0)
    learnt = np.array([[0.7, 0.3]], np.float32)
    assert nobody.joined(learnt, EAST[None]) == pytest.approx(learnt)
