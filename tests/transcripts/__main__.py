"""``python -m tests.transcripts [FOLDER]``: play the scenes and draw them, into ``docs/``."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.peers.browser import chromium
from tests.transcripts.discord_scenes import discord_scenes
from tests.transcripts.shooting import keep, shoot
from tests.transcripts.telegram_scenes import telegram_scenes


async def main(folder: Path) -> None:
    """Play every scene and write its picture."""
    with TemporaryDirectory() as data:
        scenes = [
            *await telegram_scenes(Path(data) / "telegram"),
            *await discord_scenes(Path(data) / "discord"),
        ]
    async with chromium() as browser:
        for scene in scenes:
            path = keep(folder, scene, await shoot(browser, scene))
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")))
