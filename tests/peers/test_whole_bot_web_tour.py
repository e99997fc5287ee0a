"""A tour of one person in a real browser, with the guessing game, on the whole bot."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from tests.peers.browser import page_at
from tests.running import running_docent
from tests.shared_data import require

if TYPE_CHECKING:
    from playwright.async_api import Page

KNOWN = {
    "girl_with_a_pearl_earring.avif": ("Girl with a Pearl Earring", "Johannes Vermeer"),
    "great_wave.avif": ("The Great Wave off Kanagawa", "Katsushika Hokusai"),
}


async def write(page: "Page", words: str) -> None:
    await page.fill("#words", words)
    await page.keyboard.press("Enter")


async def see(page: "Page", photo: Path, title: str, painter: str) -> None:
    """Send a photo, guess its painter by the keyboard, and read the answer in the same place."""
    from playwright.async_api import expect

    await page.set_input_files("#files", photo)
    exchange = page.locator(".exchange").last
    label = exchange.locator(".label")
    await expect(label.get_by_text("Whose hand is it?")).to_be_visible(timeout=30_000)
    assert title not in await label.inner_text(), "the question does not tell the answer"
    await expect(label.get_by_role("button")).to_have_count(3)
    await page.evaluate("window.same = true")
    await label.get_by_role("button", name=painter).focus()
    await page.keyboard.press("Enter")
    await expect(label.get_by_text(title).first).to_be_visible(timeout=10_000)
    await expect(label.get_by_text("Whose hand is it?")).to_have_count(0)
    await expect(exchange.locator(".label")).to_have_count(1)
    assert await page.evaluate("window.same"), "the page was not loaded anew"
    assert await page.evaluate("document.activeElement.className") == "label"
    assert title in await page.inner_text("[role=status]")


async def saved(page: "Page", kind: str, folder: Path) -> bytes:
    async with page.expect_download() as download:
        await page.locator("a.file", has_text=f".{kind}").click()
    path = folder / f"tour.{kind}"
    await (await download.value).save_as(path)
    return path.read_bytes()


async def test_one_person_walks_guesses_and_takes_the_recap_home(tmp_path: Path) -> None:
    from playwright.async_api import expect

    photos = {require(f"famous/images/{name}"): known for name, known in KNOWN.items()}
    async with (
        running_docent(tmp_path) as docent,
        page_at(docent.address, accept_downloads=True) as page,
    ):
        await write(page, "/tour start")
        await expect(page.get_by_role("button", name="Play: whose hand is it?")).to_be_visible()
        await write(page, "/tour game")
        await expect(page.get_by_role("button", name="Stop playing")).to_be_visible()
        await page.get_by_role("button", name="Keep our photos for the recap").last.click()
        await expect(page.get_by_role("button", name="Keep no more photos")).to_be_visible()
        for photo, (title, painter) in photos.items():
            await see(page, photo, title, painter)

        await write(page, "/tour end")
        await expect(page.locator("a.file")).to_have_count(2)
        hung = page.locator(".gallery figcaption")
        await expect(hung).to_have_count(len(KNOWN) + 1)  # the last is the timeline
        for (title, _), caption in zip(KNOWN.values(), await hung.all_inner_texts(), strict=False):
            assert title in caption
        pdf = await saved(page, "pdf", tmp_path)
        assert pdf.startswith(b"%PDF")
        rows = list(
            csv.reader((await saved(page, "csv", tmp_path)).decode("utf-8-sig").split("\n"))
        )
        told = [" ".join(row) for row in rows]
        for title, painter in KNOWN.values():
            assert any(title in row and painter in row for row in told)
        assert page.complaints == []  # type: ignore[attr-defined]
