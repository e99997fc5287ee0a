"""The web chat's page where things go wrong, and for eyes, hands and screens of every kind."""
# ruff: noqa: F811 - fixtures are imported and then asked for by name

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.platforms.web_guide import Guide
from tests.peers.browser import PHONE, page_in
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
    from playwright.async_api import Browser

pytestmark = pytest.mark.asyncio(loop_scope="module")

SMALL_TARGETS = """() => [...document.querySelectorAll("button, input")]
  .filter((each) => each.offsetParent !== null)
  .map((each) => ({ name: each.ariaLabel || each.textContent || each.id,
                    box: each.getBoundingClientRect() }))
  .filter(({ box }) => box.width < 44 || box.height < 44)
  .map(({ name, box }) => `${name} ${box.width}×${box.height}`)"""

GROUNDS = ("wall", "wall-deep", "card", "desk-card")
COLOURS = """(names) => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim();
  return Object.fromEntries(names.map((name) => [name, colour(name)]));
}"""


@pytest.mark.parametrize("width", [320, 390])
async def test_a_small_phone_needs_no_sideways_scrolling_and_has_large_targets(
    opened: Open, width: int
) -> None:
    async with opened(
        viewport={"width": width, "height": 640}, has_touch=True, is_mobile=True
    ) as page:

        async def check() -> None:
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
            assert await page.evaluate(SMALL_TARGETS) == []

        await check()
        assert await page.get_by_role("button", name="Take a photo").is_visible()
        await send(page)
        await page.wait_for_selector(GUESS)
        await check()
        await page.get_by_role("button", name="Claude Monet").tap()
        await page.get_by_role("heading", name="Claude Monet").wait_for()
        await check()
        await page.fill("#words", "Donaudampfschifffahrtsgesellschaft" * 4)
        await page.keyboard.press("Enter")
        await said(page, "You wrote").wait_for()
        await check()


async def test_an_answer_lost_on_the_way_is_asked_for_again_with_the_same_id(
    opened: Open, guide: Guide
) -> None:
    async with opened() as page:
        await page.fill("#words", "hello")
        await page.keyboard.press("Enter")
        await said(page, "You wrote: hello").wait_for()

        async def lose(route: Any) -> None:
            await route.fetch()
            await route.abort("connectionreset")

        await page.route("**/api/chat/photo", lose, times=1)
        await send(page)
        await said(page, "cannot be reached just now").wait_for()
        await page.get_by_role("button", name="Try again").click()
        await page.wait_for_selector(GUESS)
        assert await page.get_by_role("button", name="Try again").count() == 0
    _, lost, again = guide.events
    assert lost == replace(again, at=lost.at)


async def test_a_tap_made_offline_says_so_and_can_be_sent_later(opened: Open, guide: Guide) -> None:
    async with opened() as page:
        await send(page)
        await page.wait_for_selector(GUESS)
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Claude Monet").click()
        await said(page, "You seem to be offline").wait_for()
        assert await page.locator(GUESS).count() == 3, "the guesses stay"
        await page.context.set_offline(False)
        await page.get_by_role("button", name="Try again").click()
        await page.get_by_role("heading", name="Claude Monet").wait_for()


@pytest.mark.parametrize(
    ("status", "body", "said", "again"),
    [
        (500, '{"error": "Incident 12ab."}', "Incident 12ab.", True),
        (502, "<html>Bad gateway</html>", "Something went wrong", True),
        (408, '{"error": "The photo took too long."}', "so I stopped waiting", True),
        (413, '{"error": "Too large for me."}', "Too large for me.", False),
    ],
)
async def test_a_refusal_is_a_sentence_with_a_retry_where_that_helps(
    opened: Open, status: int, body: str, said: str, again: bool
) -> None:
    async with opened() as page:
        await page.route(
            "**/api/chat/photo", lambda route: route.fulfill(status=status, body=body), times=1
        )
        await send(page)
        await page.locator(".failure").get_by_text(said).wait_for()
        retry = page.get_by_role("button", name="Try again")
        assert await retry.count() == int(again)
        if again:
            await retry.click()
            await page.wait_for_selector(GUESS)


async def test_a_photo_above_20_mb_is_not_even_sent(
    opened: Open, guide: Guide, tmp_path: Path
) -> None:
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(bytes(20 * 2**20 + 1))
    async with opened() as page:
        await send(page, huge)
        await said(page, "larger than 20 MB").wait_for()
        assert await page.get_by_role("button", name="Try again").count() == 0
    assert guide.events == []


async def test_who_wants_less_motion_gets_none(opened: Open, guide: Guide) -> None:
    async with opened(reduced_motion="reduce") as page:
        guide.door.clear()
        await send(page)
        await page.wait_for_selector(THINKING)
        running = await page.evaluate(
            "document.getAnimations().filter((each) => each.playState === 'running').length"
        )
        assert running == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_stands_out_from_its_ground(opened: Open, scheme: Any) -> None:
    """WCAG AA: 4.5 to 1 for text, on the wall and on a label."""
    async with opened(viewport=PHONE, color_scheme=scheme) as page:
        colours: dict[str, str] = await page.evaluate(
            COLOURS,
            [*GROUNDS, "ink", "ink-soft", "accent", "accent-soft", "on-accent"],
        )
    pairs = [(text, ground) for ground in GROUNDS for text in ("ink", "ink-soft")]
    pairs += [("accent", "card"), ("accent", "accent-soft"), ("on-accent", "accent")]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, by WCAG 2's formula."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


async def test_the_documentation_works_without_another_host(
    browser: "Browser", address: str
) -> None:
    async with page_in(browser, f"{address}/docs") as page:
        await page.get_by_text("/api/identify").first.wait_for()
        assert page.complaints == []  # type: ignore[attr-defined]
