"""A visitor of the web chat, and the guide who answers."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.bot.platforms.web_guide import Guide, browser


@pytest.fixture
def guide() -> Guide:
    return Guide()


@pytest.fixture
async def visitor(guide: Guide) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(guide) as client:
        yield client
