"""The directions that details are described by are learnt from training pictures."""

import numpy as np
import pytest
from PIL import Image

from bot.vision.details import root_sift
from training.dataset import prepare
from training.details import LENGTH, learn_details
from training.recipe import Recipe


def test_details_keep_nearly_all_that_they_differ_in(recipe: Recipe) -> None:
    prepared = prepare(recipe)
    describer = learn_details(prepared)
    picture = Image.fromarray(prepared.pictures[prepared.part("test")[0]])
    details = describer.describe(picture, 60)
    assert details.descriptors.shape == (len(details.points), LENGTH)
    _, roots = root_sift(picture, 60)
    kept = details.descriptors / 400.0
    apart = np.linalg.norm(roots[:1] - roots[1:], axis=1)
    assert np.linalg.norm(kept[:1] - kept[1:], axis=1) == pytest.approx(apart, abs=0.25)
