"""A photo is shown to the network as it learnt, and a canvas on a wall also by itself."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from bot.vision.framing import find_canvases
from bot.vision.looking import look, prepared
from bot.vision.model import Answer
from tests.bot.vision.works import hung, scene
from tests.pictures import painting

FAR = np.array([[350, 250], [640, 260], [640, 470], [345, 465]], np.float32)


@dataclass
class Card:
    input_size: int = 224


@dataclass
class Counting:
    """A network that says how many pictures it has seen."""

    card: Card = field(default_factory=Card)
    shown: list[np.ndarray] = field(default_factory=list)

    def answer(self, picture: np.ndarray) -> Answer:
        self.shown.append(picture)
        said = np.array([len(self.shown), 1], np.float32)
        unit = np.array([1, 0] if len(self.shown) == 1 else [0, 1], np.float32)
        return Answer(said, said, float(len(self.shown)), unit, unit, said, said)


def test_a_large_photo_is_made_as_coarse_as_what_was_learnt_from_and_a_small_one_left() -> None:
    """Noise of single pixels, which a small compressed picture could not hold, goes."""
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 255, (224, 168, 3), dtype=np.uint8)
    small = Image.fromarray(noise)
    plain = np.asarray(small.resize((224, 224), Image.Resampling.BICUBIC))
    assert np.array_equal(prepared(small, 224), plain)
    large = small.resize((672, 896), Image.Resampling.NEAREST)
    made = prepared(large, 224)
    assert made.shape == (224, 224, 3)
    assert made.std() < 0.9 * plain.std()
    flat = prepared(Image.new("RGB", (4000, 30), (200, 60, 90)), 224)
    assert np.abs(flat.astype(int) - (200, 60, 90)).max() <= 4


def test_a_canvas_on_a_wall_is_looked_at_by_itself_as_well() -> None:
    network = Counting()
    photo = hung((3, FAR))
    answer = look(network, photo, find_canvases(photo))  # type: ignore[arg-type]
    assert len(network.shown) == 2
    shown = network.shown[1].astype(float)
    alone = np.asarray(scene(3).resize((224, 224)), float)
    assert np.corrcoef(shown.ravel(), alone.ravel())[0, 1] > 0.7
    assert answer.artists.tolist() == answer.movements.tolist() == [1.5, 1]
    assert answer.embedding == pytest.approx([0.5**0.5, 0.5**0.5])
    assert (answer.painting, answer.work.tolist()) == (1.0, [1, 0]), "these are the whole's"


def test_a_painting_that_fills_the_photo_is_looked_at_once() -> None:
    network = Counting()
    photo = painting()
    look(network, photo, (*find_canvases(photo), FAR / np.array([960, 720])))  # type: ignore[arg-type]
    assert len(network.shown) == 1
