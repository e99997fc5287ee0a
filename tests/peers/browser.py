"""A real browser for tests: Debian's Chromium, driven by Playwright.

``async with page_at(url) as page`` gives a page, already loaded and closed at the end. Where many
tests share a browser, `chromium` and `page_in` are its two halves.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: "ViewportSize" = {"width": 390, "height": 844}
DESKTOP: "ViewportSize" = {"width": 1280, "height": 800}


@asynccontextmanager
async def chromium() -> "AsyncIterator[Browser]":
    """Start a browser and stop it at the end; it belongs to the running event loop."""
    require_browser()
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def page_in(
    browser: "Browser", url: str, *, viewport: "ViewportSize | None" = None, **context: Any
) -> "AsyncIterator[Page]":
    """Open ``url`` as a new visitor; ``context`` goes to Playwright's `Browser.new_context`.

    Whatever the page logs as an error and whatever it asks of another host ends up in
    ``page.complaints``, a list of strings.
    """
    visitor = await browser.new_context(viewport=viewport or DESKTOP, **context)
    try:
        page = await visitor.new_page()
        page.set_default_timeout(15_000)
        page.complaints = listen(page, url)  # type: ignore[attr-defined]
        await page.goto(url)
        yield page
    finally:
        await visitor.close()


@asynccontextmanager
async def page_at(url: str, **options: Any) -> "AsyncIterator[Page]":
    """Open ``url`` in a browser of its own; options as for `page_in`."""
    async with chromium() as browser, page_in(browser, url, **options) as page:
        yield page


def listen(page: "Page", url: str) -> list[str]:
    """Collect a page's errors and its requests to other hosts from now on."""
    host = urlsplit(url).netloc
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc in {host, ""}
            else complaints.append(f"foreign: {request.url}")
        ),
    )
    return complaints


def require_browser() -> None:
    """Skip the test where there is no browser; in CI that is a failure."""
    missing = [
        what
        for what, there in (
            ("the package playwright", find_spec("playwright") is not None),
            (str(CHROMIUM), CHROMIUM.exists()),
        )
        if not there
    ]
    if missing:
        reason = f"no browser: {' and '.join(missing)} is missing"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
