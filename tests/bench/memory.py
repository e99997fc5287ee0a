"""The memory of a bot that runs as visitors run it."""

from pathlib import Path

import httpx
import psutil

from tests.running import running_docent

PHOTOS = 40


async def resident_megabytes(folder: Path, photo: bytes) -> float:
    """Start the whole bot, let it answer photos over HTTP, and return its resident megabytes."""
    async with running_docent(folder) as docent, httpx.AsyncClient(timeout=60) as client:
        for _ in range(PHOTOS):
            answer = await client.post(
                f"{docent.address}/api/identify", files={"photo": ("photo.jpg", photo)}
            )
            answer.raise_for_status()
        return psutil.Process(docent.process.pid).memory_info().rss / 2**20
