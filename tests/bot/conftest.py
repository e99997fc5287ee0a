"""An assistant over real parts: tiny network and gallery, the real library offline, a new store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.memory.store import Store
from bot.vision.gallery import Gallery
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from knowledge.library import Library
from tests.tiny_gallery import write_tiny_gallery
from tests.tiny_model import write_tiny_model


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "knowledge.sqlite3"


@pytest.fixture
async def parts(tmp_path: Path, compiled: Path) -> AsyncIterator[Parts]:
    card = write_tiny_model(tmp_path / "model")
    gallery = Gallery.read(write_tiny_gallery(card.parent))
    recognizer = Recognizer(Model(read_card(card)), gallery=gallery)
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    library = await Library.open(Path("knowledge"), compiled, None)
    yield Parts(recognizer, library, store, Phrases())
    recognizer.close()
    await store.close()


@pytest.fixture
def assistant(parts: Parts) -> Assistant:
    return Assistant(parts)
