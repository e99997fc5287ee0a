"""The README's pictures of chats are there, and are drawn from what was really said."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.peers.browser import chromium, require_browser
from tests.peers.conftest import require_telegrams_description
from tests.transcripts.discord_chat import markdown
from tests.transcripts.messages import Button, Message, Scene
from tests.transcripts.page import page
from tests.transcripts.shooting import MOST_BYTES, WIDTHS, compressed, shoot
from tests.transcripts.telegram_scenes import known_work, telegram

DRAWN = (
    *("telegram-work", "telegram-guesses", "telegram-life", "telegram-tour", "telegram-answer"),
    *("telegram-recap", "discord-identify", "discord-tour"),
)


async def test_scene_shows_what_the_whole_bot_said(tmp_path: Path) -> None:
    require_browser()
    require_telegrams_description()
    async with telegram(tmp_path) as server:
        scene = await known_work(server)
        said = server.log[-1].sent
    photo, answer = scene.messages
    assert (photo.is_mine, len(photo.pictures)) == (True, 1)
    assert "The Harbour at Ten O'Clock" in answer.html
    assert answer.html == said.html
    assert [b.label for row in answer.buttons for b in row] == [b["text"] for b in said.buttons]
    assert answer.html in page(scene)
    async with chromium() as browser:
        picture = await shoot(browser, scene)
    assert len(picture) <= MOST_BYTES
    with Image.open(BytesIO(picture)) as image:
        assert image.width == 2 * WIDTHS["telegram"]
        assert image.height > image.width


def test_what_people_write_is_no_markup_of_the_page() -> None:
    said = Message("<Ada>", "", buttons=[[Button("<b>")]], files=[("<i>.csv", 5)])
    shown = page(Scene("x", "telegram", "<u>", "bot", [said]))
    assert not re.search(r"<(Ada|u|i|b)>(?!Ada|&lt;)", shown.split("</style>")[1].split("<main")[0])
    for text in ("&lt;Ada&gt;", "&lt;u&gt;", "&lt;b&gt;", "&lt;i&gt;.csv"):
        assert text in shown


def test_discords_markdown_is_read_as_docent_writes_it() -> None:
    shown = markdown("**A** \\*b\\*\n\n- one\n-# Sources: [C](https://example.org/a%28b) \\<i\\>")
    assert "<b>A</b> *b*</div>" in shown
    assert '<div class="item">one</div>' in shown
    assert '<div class="small">Sources: <a href="#">C</a> &lt;i&gt;</div>' in shown


def noise(height: int) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((780, height), 60).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_screenshot_is_compressed_until_it_is_small_enough_or_refused() -> None:
    shot = noise(400)
    assert len(compressed(shot)) <= MOST_BYTES < len(shot)
    with pytest.raises(ValueError, match="do not go into"):
        compressed(noise(1200))


def test_every_picture_that_is_drawn_is_kept_and_small() -> None:
    for name in DRAWN:
        path = Path("docs") / f"{name}.webp"
        assert 0 < path.stat().st_size <= MOST_BYTES, path
        with Image.open(path) as image:
            assert image.format == "WEBP"


def test_every_picture_of_the_readme_is_there_with_words_for_who_cannot_see_it() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    shown = re.findall(r"<img [^>]*>", readme)
    assert shown
    for tag in shown:
        assert Path(re.search(r'src="([^"]+)"', tag)[1]).is_file(), tag  # type: ignore[index]
        assert len(re.search(r'alt="([^"]+)"', tag)[1]) > 20, tag  # type: ignore[index]
