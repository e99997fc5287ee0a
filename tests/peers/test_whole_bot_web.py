"""The whole bot as its own process, used in a real browser as a visitor uses it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.peers.browser import page_at
from tests.running import running_docent
from tests.shared_data import require

if TYPE_CHECKING:
    from playwright.async_api import Page, ViewportSize

PICTURES = os.environ.get("DOCENT_PICTURES")
"""The folder where the README's pictures go (``docs``); none are taken without it."""
README_PHONE: "ViewportSize" = {"width": 400, "height": 860}
TALL_PHONE: "ViewportSize" = {"width": 400, "height": 1160}


async def picture(page: "Page", name: str) -> None:
    if PICTURES:
        await page.wait_for_timeout(4000)  # what moves or passes has come to rest
        await page.screenshot(path=f"{PICTURES}/{name}.png")


async def test_a_visitor_uploads_a_painting_taps_a_guess_and_reads_the_life(
    tmp_path: Path,
) -> None:
    from playwright.async_api import expect

    painting = require("estense/catalogue/003.avif")
    async with (
        running_docent(tmp_path) as docent,
        page_at(docent.address, viewport=README_PHONE, device_scale_factor=1.5) as page,
    ):
        await page.set_input_files("#files", painting)
        guesses = page.locator(".guess")
        await expect(guesses).to_have_count(3)
        await picture(page, "guesses")
        name = (await guesses.first.inner_text()).split("\n")[0].split(" · ")[0]
        await guesses.first.click()
        await expect(page.get_by_text("Back to the guesses")).to_be_visible()
        await expect(page.get_by_role("heading", name=name)).to_be_visible()
        await expect(page.get_by_text("Docent's editors")).to_be_visible()
        await picture(page, "life")
        assert page.complaints == []  # type: ignore[attr-defined]


async def test_a_visitor_uploads_a_work_that_docent_knows(tmp_path: Path) -> None:
    from playwright.async_api import expect

    painting = require("famous/images/great_wave.avif")
    async with (
        running_docent(tmp_path) as docent,
        page_at(docent.address, viewport=TALL_PHONE, device_scale_factor=1.5) as page,
    ):
        await page.set_input_files("#files", painting)
        await expect(
            page.get_by_role("heading", name="The Great Wave off Kanagawa")
        ).to_be_visible()
        await expect(page.get_by_text("Docent's editors")).to_be_visible()
        await picture(page, "work")
        await page.get_by_role("button", name="Katsushika Hokusai").click()
        await expect(page.get_by_role("heading", name="Katsushika Hokusai")).to_be_visible()
        await page.get_by_text("Back to the photo").click()
        await page.get_by_text("Not this one").click()
        await expect(page.locator(".guess")).to_have_count(3)
        assert page.complaints == []  # type: ignore[attr-defined]


async def test_a_program_gets_the_contracts_object(tmp_path: Path) -> None:
    painting = require("famous/images/mona_lisa.avif").read_bytes()
    async with running_docent(tmp_path) as docent, httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(
            f"{docent.address}/api/identify", files={"photo": ("mona_lisa.avif", painting)}
        )
        assert answer.status_code == 200
        found = answer.json()
        assert found["photo"] == "mona_lisa.avif"
        assert found["verdict"] == "painting"
        assert [work["title"] for work in found["paintings"]] == ["Mona Lisa"]
        assert len(found["artists"]) == len(found["movements"]) == 3
        assert (await client.get(f"{docent.address}/docs")).status_code == 200
