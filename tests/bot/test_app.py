"""Docent starts what is configured, and ends with one sentence and nothing left behind."""

import asyncio
import signal
import sys
from pathlib import Path

import httpx

from bot.app import open_parts
from bot.settings import Settings
from tests.running import running_docent
from tests.tiny_model import write_tiny_model


def settings(folder: Path) -> dict[str, str]:
    return {"MODEL_CARD": str(write_tiny_model(folder / "model"))}


async def test_a_signal_stops_it_with_status_nought(tmp_path: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        async with running_docent(tmp_path, **settings(tmp_path)) as docent:
            async with httpx.AsyncClient() as client:
                assert (await client.get(f"{docent.address}/health")).status_code == 200
            docent.process.send_signal(number)
            assert await asyncio.wait_for(docent.process.wait(), 10) == 0


async def test_a_token_that_cannot_be_one_ends_it_with_a_sentence(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        env={**settings(tmp_path), "TELEGRAM_TOKEN": "nonsense", "WEB_PORT": "0"}
        | {"DATA_FOLDER": str(tmp_path)},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    _, error = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert "BotFather" in error.decode()
    assert "Traceback" not in error.decode()
    assert "nonsense" not in error.decode()


async def test_a_port_in_use_ends_it_with_a_sentence(tmp_path: Path) -> None:
    async with running_docent(tmp_path, **settings(tmp_path)) as docent:
        port = docent.address.rpartition(":")[2]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            env={**settings(tmp_path), "WEB_PORT": port, "DATA_FOLDER": str(tmp_path)},
            stderr=asyncio.subprocess.PIPE,
        )
        _, error = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert f"Port {port}" in error.decode()
    assert "Traceback" not in error.decode()


async def test_the_photos_a_day_are_as_set(tmp_path: Path) -> None:
    card = write_tiny_model(tmp_path / "model")
    here = Settings(_env_file=None, data_folder=tmp_path, model_card=card, wikipedia=False)
    for photos in (7, 0):
        async with open_parts(here.model_copy(update={"daily_photos": photos})) as parts:
            assert parts.daily_photos == photos
