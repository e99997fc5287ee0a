"""The web chat's page in the visitor's language, in a real Chromium."""
# ruff: noqa: F811 - fixtures are imported and then asked for by name

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.bot.platforms.web_guide import Guide
from tests.peers.web_page import (  # noqa: F401
    GUESS,
    THINKING,
    Open,
    address,
    browser,
    guide,
    opened,
    said,
    send,
)

if TYPE_CHECKING:
    from playwright.async_api import ViewportSize

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOCALES = ["en-GB", "fr-FR", "de-DE", "es-ES", "it-IT"]
SMALL: "ViewportSize" = {"width": 360, "height": 640}
EMPTY = {"name": "leer.jpg", "mimeType": "image/jpeg", "buffer": b""}
UNREADABLE = {"name": "IMG_20240131_175959.heic", "mimeType": "image/heic", "buffer": b"heic"}

CUT_OFF = """() => {
  const inside = (box) => box.left >= 0 && box.right <= innerWidth;
  const wide = [...document.body.querySelectorAll("*:not(svg *)")]
    .filter((each) => each.checkVisibility() && !each.closest(".unseen, .skip, .toast"))
    .filter((each) => !inside(each.getBoundingClientRect()));
  const hidden = [...document.querySelectorAll(".mat, button")]
    .filter((each) => each.scrollHeight > each.clientHeight || each.scrollWidth > each.clientWidth);
  return [...wide, ...hidden].map((each) => `${each.tagName} ${each.className}`);
}"""
"""What reaches over the window's edge, or does not fit into its frame or its button."""

ROOM_FOR_THE_HINT = """() => {
  const field = document.getElementById("words");
  const style = getComputedStyle(field);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  return field.clientWidth - 2 * parseFloat(style.paddingLeft)
    - pen.measureText(field.placeholder).width;
}"""


class Words(NamedTuple):
    """What a visitor reads and hears, in one language."""

    lang: str
    title: str
    greeting: str
    choose: str
    photo: str
    looking: str
    guess: str
    sources: str
    offline: str
    retry: str


WORDS = {
    "de-DE": Words(
        "de",
        "Docent, ein Museumsführer im Chat",
        "Was sehen Sie sich gerade an?",
        "Foto auswählen",
        "Ihr Foto: monet.jpg",
        "Ich sehe genau hin…",
        "62\u00a0%",
        "Sources: ",
        "Sie scheinen offline zu sein.",
        "Noch einmal versuchen",
    ),
    "fr-CA": Words(
        "fr",
        "Docent, un guide de musée à qui parler",
        "Que regardez-vous\u202f?",
        "Choisir une photo",
        "Votre photo\u00a0: monet.jpg",
        "Je regarde de près…",
        "62\u202f%",
        "Sources\u00a0: ",
        "Vous semblez être hors ligne.",
        "Réessayer",
    ),
}


@pytest.mark.parametrize("locale", WORDS)
async def test_the_page_speaks_the_visitors_language(
    opened: Open, guide: Guide, locale: str
) -> None:
    words = WORDS[locale]
    async with opened(locale=locale) as page:
        assert await page.evaluate("document.documentElement.lang") == words.lang
        assert await page.title() == words.title
        assert await page.locator("#greeting").text_content() == words.greeting
        assert await page.get_by_role("button", name=words.choose).is_visible()

        guide.door.clear()
        await send(page)
        await page.wait_for_selector(THINKING)
        assert await page.locator(".frame img").get_attribute("alt") == words.photo
        assert await page.locator("[role=status]").text_content() == words.looking
        guide.door.set()
        await page.wait_for_selector(GUESS)
        assert await page.locator(".percent").first.text_content() == words.guess
        assert page.complaints == []  # type: ignore[attr-defined]

        await page.context.set_offline(True)
        await page.get_by_role("button", name="Claude Monet").click()
        await said(page, words.offline).wait_for()
        await page.context.set_offline(False)
        await page.get_by_role("button", name=words.retry).click()
        await page.get_by_role("heading", name="Claude Monet").wait_for()
        assert str(await page.locator(".credits").text_content()).startswith(words.sources)
    assert [event.language for event in guide.events] == [words.lang] * 2


async def test_a_language_that_the_page_lacks_gets_english(opened: Open) -> None:
    async with opened(locale="nl-NL") as page:
        assert await page.evaluate("document.documentElement.lang") == "en"
        assert await page.get_by_role("heading", name="What are you looking at?").is_visible()


async def test_the_language_is_right_before_any_script_has_run(opened: Open) -> None:
    async with opened(locale="de-DE", java_script_enabled=False) as page:
        assert await page.locator("html").get_attribute("lang") == "de"
        assert await page.get_by_text("Was sehen Sie sich gerade an?").is_visible()
        without = page.locator("noscript")
        assert await without.is_visible()
        assert "Diese Seite braucht JavaScript" in await without.inner_html()


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_small_phone_has_room_for_every_language(opened: Open, locale: str) -> None:
    async with opened(locale=locale, viewport=SMALL, has_touch=True, is_mobile=True) as page:
        assert await page.evaluate("document.documentElement.lang") == locale[:2]
        for width in (320, 360):
            await page.set_viewport_size({**SMALL, "width": width})
            assert await page.evaluate(ROOM_FOR_THE_HINT) >= 0
            assert await page.evaluate(CUT_OFF) == []
        await send(page, EMPTY)
        await page.wait_for_selector(".failure")
        await send(page, UNREADABLE)
        await page.wait_for_selector(".mat.blind")
        await page.wait_for_selector(GUESS)
        assert page.complaints == []  # type: ignore[attr-defined]
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Claude Monet").tap()
        await page.wait_for_selector(".retry")
        assert await page.evaluate(CUT_OFF) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
