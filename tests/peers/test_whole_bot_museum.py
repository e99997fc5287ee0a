"""A museum is added while the whole bot runs, and a visitor teaches it a work in a browser."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bot.collections.museum import hang, picture
from tests.peers.browser import page_at
from tests.running import running_docent

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page


def said_in(page: "Page", words: str) -> "Locator":
    """Return what Docent says with these words, less its copy for screen readers."""
    return page.locator("article").get_by_text(words)


def keep(folder: Path, *arguments: str) -> str:
    """Run ``python -m bot collection …`` on the data of a running bot; return what it prints."""
    environment = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(folder), "WIKIPEDIA": "false"}
    command = [sys.executable, "-m", "bot", "collection", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


async def test_a_running_bot_knows_what_keepers_add_and_forgets_what_they_remove(
    tmp_path: Path,
) -> None:
    from playwright.async_api import expect

    data, art = tmp_path / "data", hang(tmp_path / "art")
    async with running_docent(data) as docent, page_at(docent.address) as page:
        photo = art / "1.jpg"
        await page.set_input_files("#files", photo)
        await expect(page.locator("article.label")).to_have_count(1)
        await expect(page.get_by_role("heading", name="Scene One")).to_have_count(0)
        said = await asyncio.to_thread(keep, data, "add", str(art), "--name", "A Museum")
        assert said.startswith("A Museum: added 3")
        await page.set_input_files("#files", photo)
        await expect(page.get_by_role("heading", name="Scene One")).to_be_visible()
        await expect(said_in(page, "Ann Red · 1901 · Room 4")).to_be_visible()
        await page.fill("#words", "/museum")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="A Museum").click()
        await expect(said_in(page, "Welcome to A Museum")).to_be_visible()
        await asyncio.to_thread(keep, data, "remove", "A Museum")
        await page.fill("#words", "/painting Scene One")
        await page.keyboard.press("Enter")
        await expect(said_in(page, "no painting called “Scene One”")).to_be_visible()
        assert page.complaints == []  # type: ignore[attr-defined]


async def test_a_visitor_teaches_it_a_work_and_takes_it_back(tmp_path: Path) -> None:
    from playwright.async_api import expect

    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(6))
    async with running_docent(tmp_path / "data") as docent, page_at(docent.address) as page:
        await page.fill("#words", "/collection new My Wall")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="My Wall")).to_be_visible()
        await page.fill("#words", "The Goldfinch; Carel Fabritius; 1654; Room 14")
        await page.set_input_files("#files", photo)
        await expect(said_in(page, "Kept: The Goldfinch.")).to_be_visible()
        assert await page.input_value("#words") == ""
        await page.set_input_files("#files", photo)
        await expect(page.get_by_role("heading", name="The Goldfinch")).to_be_visible()
        await expect(said_in(page, "Carel Fabritius · 1654 · Room 14")).to_be_visible()
        await page.get_by_role("button", name="Undo").first.click()
        await expect(said_in(page, "The Goldfinch is removed")).to_be_visible()
        assert page.complaints == []  # type: ignore[attr-defined]
