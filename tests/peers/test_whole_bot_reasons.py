"""A visitor asks the whole bot for its reasons, on Telegram and in a real browser.

The network and its gallery are the tiny ones of the tests; all else is as it ships.
"""

import io
from pathlib import Path

from PIL import Image

from tests.peers.browser import PHONE, page_at
from tests.peers.telegram_server import BotApiServer
from tests.pictures import RED, jpeg
from tests.running import running_docent
from tests.tiny_gallery import write_tiny_gallery
from tests.tiny_model import write_tiny_model

GROUP = -1001234567890
WHITE = (255, 255, 255)
NATURAL_WIDTH = "image => image.complete ? image.naturalWidth : 0"


def settings(folder: Path) -> dict[str, str]:
    card = write_tiny_model(folder / "model")
    write_tiny_gallery(card.parent)
    return {"MODEL_CARD": str(card)}


def on_telegram(folder: Path, server: BotApiServer) -> dict[str, str]:
    return settings(folder) | {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.url}


def size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


async def test_on_telegram_each_reason_comes_once_and_after_a_restart_in_words(
    telegram_server: BotApiServer, tmp_path: Path
) -> None:
    server, people = telegram_server, telegram_server.people
    configured = on_telegram(tmp_path, server)
    async with running_docent(tmp_path, **configured):
        photo = people.send_photo(GROUP, jpeg(RED, (1280, 960)), caption="@docent_test_bot")
        sent = await server.next_message()
        where_i_looked, best_five = sent.button("Where I looked"), sent.button("Chart")
        people.tap(sent.message, where_i_looked)
        where = await server.next_message()
        assert size(where.photo) == (640, 480)
        assert where.text.startswith("I looked")
        assert "Rembrandt" in where.text
        assert where.message["reply_to_message"]["message_id"] == photo["message_id"]

        people.tap(sent.message, best_five)
        chart = await server.next_message()
        assert size(chart.photo)[0] > 600
        assert chart.text.startswith("Painters: Rembrandt ")

        for data in (where_i_looked, best_five):
            people.tap(sent.message, data)
        people.tap(sent.message, sent.button("More like this"))
        alike = await server.next_edit()
        assert "The Night Watch, Rembrandt, 1642" in alike.text
        assert len(server.calls("sendPhoto")) == 2
        toasts = [call.get("text", "") for call in server.calls("answerCallbackQuery")]
        assert len([toast for toast in toasts if "in this chat already" in toast]) == 2

        people.tap(alike.message, alike.button("Claude Monet"))
        assert (await server.next_edit()).text.startswith("Claude Monet")
    async with running_docent(tmp_path, **configured):
        people.tap(sent.message, where_i_looked)
        words = await server.next_message()
        assert not words.photo
        assert words.text.startswith("I looked")
        assert "I do not keep photos" in words.text
        people.tap(sent.message, best_five)
        assert (await server.next_message()).photo


async def test_on_telegram_what_is_no_painting_has_its_guesses_one_tap_away(
    telegram_server: BotApiServer, tmp_path: Path
) -> None:
    people = telegram_server.people
    async with running_docent(tmp_path, **on_telegram(tmp_path, telegram_server)):
        people.send_photo(GROUP, jpeg(WHITE), caption="@docent_test_bot")
        sent = await telegram_server.next_message()
        assert "does not look like a painting" in sent.text
        (only,) = sent.buttons
        people.tap(sent.message, only["callback_data"])
        guesses = await telegram_server.next_edit()
    assert len([b for b in guesses.buttons if b["callback_data"].startswith("guess:")]) == 3
    assert "still doubt" in guesses.text


async def test_in_the_browser_each_reason_is_shown_with_its_words_and_only_once(
    tmp_path: Path,
) -> None:
    from playwright.async_api import expect

    photo = tmp_path / "red.jpg"
    photo.write_bytes(jpeg(RED))
    async with (
        running_docent(tmp_path, **settings(tmp_path)) as docent,
        page_at(docent.address, viewport=PHONE, color_scheme="dark") as page,
    ):
        await page.set_input_files("#files", photo)
        pictures = page.locator(".shown img")
        for number, label in enumerate(("Where I looked", "Chart"), 1):
            await page.get_by_role("button", name=label).press("Enter")
            await expect(pictures).to_have_count(number)
        chart, where = pictures.nth(0), pictures.nth(1)
        assert (await where.get_attribute("alt") or "").startswith("I looked")
        assert (await chart.get_attribute("alt") or "").startswith("Painters: Rembrandt")
        for picture in (chart, where):
            await expect(picture).to_have_js_property("complete", True)
            assert await picture.evaluate(NATURAL_WIDTH) > 300
        assert "a hint, not a proof" in await page.inner_text("#chat")

        await page.get_by_role("button", name="Where I looked").click()
        await expect(page.locator(".toast.shown")).to_contain_text("in this chat already")
        await expect(pictures).to_have_count(2)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

        await page.get_by_role("button", name="More like this").click()
        await expect(page.get_by_text("The Night Watch, Rembrandt, 1642")).to_be_visible()
        await page.get_by_role("button", name="Vincent van Gogh").click()
        await expect(page.get_by_role("heading", name="Vincent van Gogh")).to_be_visible()
        assert page.complaints == []  # type: ignore[attr-defined]
