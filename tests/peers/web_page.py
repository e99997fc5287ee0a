"""What the tests of the web chat's page share: a guide, a server, a browser, and a few gestures."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.platforms.web import create_app, serve
from tests.bot.platforms.web_guide import Guide, identify, sentence
from tests.peers.browser import chromium, page_in
from tests.pictures import BLUE, jpeg

if TYPE_CHECKING:
    from playwright.async_api import Browser, FilePayload, Locator, Page

MONET: "FilePayload" = {"name": "monet.jpg", "mimeType": "image/jpeg", "buffer": jpeg(BLUE)}
THINKING = ".label .thinking"
GUESS = ".guess"


@pytest.fixture
def guide() -> Guide:
    return Guide()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> "AsyncIterator[Browser]":
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def address(guide: Guide) -> AsyncIterator[str]:
    stop = asyncio.Event()
    server = await serve(create_app(guide, identify, sentence), "127.0.0.1", 0)
    running = asyncio.create_task(server.run(stop))
    yield server.address
    guide.door.set()
    stop.set()
    await running


Open = Callable[..., AbstractAsyncContextManager["Page"]]


@pytest.fixture
def opened(browser: "Browser", address: str) -> Open:
    """The chat's page as a new visitor sees it."""
    return partial(page_in, browser, address)


async def send(page: "Page", photo: Any = MONET) -> None:
    await page.set_input_files("#files", photo)


def said(page: "Page", text: str) -> "Locator":
    return page.locator(".told .label").get_by_text(text)


async def count(page: "Page", selector: str, expected: int) -> None:
    from playwright.async_api import expect

    await expect(page.locator(selector)).to_have_count(expected)


async def focused(page: "Page") -> str:
    return str(
        await page.evaluate(
            "document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
        )
    )


async def tab_to(page: "Page", name: str, key: str = "Tab") -> None:
    for _ in range(30):
        if name in await focused(page):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"no way to {name} by {key}")
