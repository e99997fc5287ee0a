"""The whole of Docent as its own process, as ``make run`` starts it."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 20


@dataclass(frozen=True)
class Docent:
    """A running bot: its process, and where its web chat answers."""

    process: asyncio.subprocess.Process
    address: str


@asynccontextmanager
async def running_docent(
    folder: Path, *, module: str = "bot", **settings: str
) -> AsyncIterator[Docent]:
    """Run ``python -m bot`` on a free port with its data in ``folder``; stop it at the end."""
    environment = {
        "PATH": os.environ["PATH"],
        "WEB_PORT": "0",
        "DATA_FOLDER": str(folder),
        "WIKIPEDIA": "false",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, env=environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield Docent(process, await asyncio.wait_for(_address(process), START_SECONDS))
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
            raise


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    found = re.search(r"http://\S+", line)
    assert found, f"Docent did not say where it is: {line!r}"
    return found.group()
