"""``python -m tests.bench.watched FILE``: Docent, which writes how late its event loop was.

``FILE`` gets, at the end, how many milliseconds each of many short sleeps took too long.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from bot import app
from bot.cli import main
from bot.settings import Settings

SLEEP = 0.01


async def watch(late: list[float]) -> None:
    """Sleep again and again, and note in milliseconds how much too long that took."""
    while True:
        started = time.perf_counter()
        await asyncio.sleep(SLEEP)
        late.append(1000 * (time.perf_counter() - started - SLEEP))


def watched(file: Path) -> None:
    """Have `bot.app.run` watched from its start to its end."""
    run = app.run

    async def run_watched(settings: Settings) -> None:
        late: list[float] = []
        watching = asyncio.create_task(watch(late))
        try:
            await run(settings)
        finally:
            watching.cancel()
            await asyncio.to_thread(file.write_text, json.dumps(late))

    app.run = run_watched


if __name__ == "__main__":
    watched(Path(sys.argv.pop(1)))
    sys.exit(main())
