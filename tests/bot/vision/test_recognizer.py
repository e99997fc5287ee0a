"""The recognizer gives three honest guesses and never blocks the event loop."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.vision import recognizer as module
from bot.vision.model import Model, read_card
from bot.vision.photo import PhotoError
from bot.vision.recognizer import Recognition, Recognizer, Verdict
from tests.pictures import BLUE, GREEN, RED, jpeg
from tests.tiny_model import write_tiny_model


def tiny(folder: Path, **changes: object) -> Recognizer:
    return Recognizer(Model(read_card(write_tiny_model(folder, **changes))))


@pytest.mark.parametrize(
    ("colour", "artist", "movement"),
    [
        (RED, "rembrandt", "baroque"),
        (GREEN, "claude-monet", "impressionism"),
        (BLUE, "katsushika-hokusai", "ukiyo-e"),
    ],
)
async def test_the_best_three_come_best_first(
    tmp_path: Path, colour: tuple[int, int, int], artist: str, movement: str
) -> None:
    found = await tiny(tmp_path).recognize(jpeg(colour))
    assert found.verdict is Verdict.ARTIST
    assert found.artists[0].id == artist
    assert found.movements[0].id == movement
    confidences = [guess.confidence for guess in found.artists]
    assert len(confidences) == 3
    assert confidences == sorted(confidences, reverse=True)


async def test_doubt_backs_off_to_the_movement_and_then_to_unsure(tmp_path: Path) -> None:
    grey = jpeg((128, 128, 128))
    movement = {"artist": 0.99, "movement": 0.2}
    unsure = {"artist": 0.99, "movement": 0.99}
    found = await tiny(tmp_path / "movement", thresholds=movement).recognize(grey)
    assert found.verdict is Verdict.MOVEMENT
    found = await tiny(tmp_path / "unsure", thresholds=unsure).recognize(grey)
    assert found.verdict is Verdict.UNSURE
    assert len(found.artists) == 3


async def test_a_recognition_survives_json(tmp_path: Path) -> None:
    found = await tiny(tmp_path).recognize(jpeg())
    content = found.to_json()
    assert Recognition.from_json(content) == found
    assert content["model"] == "tiny@0"
    assert content["paintings"] == content["similar"] == []


async def test_what_is_no_photo_raises_its_reason(tmp_path: Path) -> None:
    with pytest.raises(PhotoError):
        await tiny(tmp_path).recognize(b"not a picture")


async def test_the_event_loop_goes_on_while_photos_are_recognised(tmp_path: Path) -> None:
    recognizer = tiny(tmp_path)
    photo = jpeg(size=(6000, 4000))
    work = asyncio.gather(*[recognizer.recognize(photo) for _ in range(4)])
    longest = 0.0
    while not work.done():
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - before)
    await work
    assert longest < 0.25


async def test_too_many_waiting_photos_are_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAITING_BYTES", 2 * len(jpeg()))
    recognizer = tiny(tmp_path)
    results = await asyncio.gather(
        *[recognizer.recognize(jpeg()) for _ in range(5)], return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, UserError)]
    assert [error.key for error in refused] == ["busy"] * 3
    assert (await recognizer.recognize(jpeg())).artists
