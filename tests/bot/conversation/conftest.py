"""Parts that know works on sight, and can learn others."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.speech import Parts
from bot.vision.finder import enrol
from bot.vision.gallery import Gallery
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer, maker
from bot.vision.works import Works
from tests.bot.conversation.known import STUDY, WAVE
from tests.bot.vision.works import DESCRIBER, embed, scene
from tests.tiny_gallery import write_tiny_gallery
from tests.tiny_model import write_tiny_model


@pytest.fixture
async def knowing(parts: Parts, tmp_path: Path) -> AsyncIterator[Parts]:
    """The parts, with a recognizer that knows two works."""
    card = write_tiny_model(tmp_path / "model")
    gallery = Gallery.read(write_tiny_gallery(card.parent))
    network = Model(read_card(card))
    enrolled = [enrol(w, scene(n), embed, DESCRIBER) for n, w in ((1, WAVE), (2, STUDY))]
    works = Works(enrolled, maker(network.card, DESCRIBER))
    recognizer = Recognizer(network, gallery=gallery, describer=DESCRIBER, famous=works)
    yield replace(parts, recognizer=recognizer)
    recognizer.close()
