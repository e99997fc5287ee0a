"""Pages as compressed pictures."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.transcripts.messages import Scene
from tests.transcripts.page import page

if TYPE_CHECKING:
    from playwright.async_api import Browser

WIDTHS = {"telegram": 390, "discord": 560}
MOST_BYTES = 150_000
QUALITIES = (84, 76, 66, 54, 42)


async def shoot(browser: "Browser", scene: Scene) -> bytes:
    """Return a scene as a WebP of at most `MOST_BYTES`, two pixels for each of the page."""
    size = {"width": WIDTHS[scene.look], "height": 200}
    visitor = await browser.new_context(viewport=size, device_scale_factor=2)  # type: ignore[arg-type]
    try:
        sheet = await visitor.new_page()
        await sheet.set_content(page(scene), wait_until="load")
        shot = await sheet.screenshot(full_page=True)
    finally:
        await visitor.close()
    return compressed(shot)


def compressed(shot: bytes) -> bytes:
    """Return a screenshot as WebP, as good as its size allows. Raises `ValueError`."""
    image = Image.open(BytesIO(shot)).convert("RGB")
    for quality in QUALITIES:
        buffer = BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= MOST_BYTES:
            return buffer.getvalue()
    raise ValueError(f"{image.size} pixels do not go into {MOST_BYTES} bytes")


def keep(folder: Path, scene: Scene, picture: bytes) -> Path:
    """Write a scene's picture."""
    path = folder / f"{scene.name}.webp"
    path.write_bytes(picture)
    return path
