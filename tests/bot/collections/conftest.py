"""A store's collections, and a recognizer that can describe works."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.collections.enrolment import Enrolment
from bot.memory.collections import Collections
from bot.memory.store import Store
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer, maker
from bot.vision.works import Works
from tests.bot.vision.works import DESCRIBER, enrolled
from tests.tiny_model import write_tiny_model


@pytest.fixture
def recognizer(tmp_path: Path) -> Iterator[Recognizer]:
    model = Model(read_card(write_tiny_model(tmp_path / "model")))
    famous = Works([enrolled(9)], maker(model.card, DESCRIBER))
    recognizer = Recognizer(model, describer=DESCRIBER, famous=famous)
    yield recognizer
    recognizer.close()


@pytest.fixture
def collections(store: Store) -> Collections:
    return Collections(store)


@pytest.fixture
def enrolment(collections: Collections, recognizer: Recognizer) -> Enrolment:
    return Enrolment(collections, recognizer)
