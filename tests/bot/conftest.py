"""An assistant over real parts: tiny network and gallery, the real library offline, a new store."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.phrases import Phrases
from bot.conversation.speech import Parts
from bot.memory.store import Store
from bot.vision.gallery import Gallery
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from knowledge.library import CONTENT, Library
from knowledge.reading import read_content
from tests.tiny_gallery import write_tiny_gallery
from tests.tiny_model import write_tiny_model


@pytest.fixture(scope="session")
def library() -> Library:
    """Read the whole library once; nothing changes it."""
    return Library(read_content(CONTENT), None)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Open a store of its own for each test."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'docent.sqlite3'}")
    yield store
    await store.close()


@pytest.fixture
def parts(tmp_path: Path, library: Library, store: Store) -> Iterator[Parts]:
    card = write_tiny_model(tmp_path / "model")
    gallery = Gallery.read(write_tiny_gallery(card.parent))
    recognizer = Recognizer(Model(read_card(card)), gallery=gallery)
    yield Parts(recognizer, library, store, Phrases())
    recognizer.close()


@pytest.fixture
def assistant(parts: Parts) -> Assistant:
    return Assistant(parts)
