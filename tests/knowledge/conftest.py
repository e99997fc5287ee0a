"""What the tests of the library share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.knowledge.content_folder import write_content
from tests.knowledge.mediawiki import MediaWiki


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a content folder that passes every check."""
    return write_content(tmp_path / "content")


@pytest.fixture
async def wiki() -> AsyncIterator[MediaWiki]:
    """Run a server that answers as Wikipedia does."""
    server = MediaWiki()
    await server.start()
    yield server
    await server.stop()
