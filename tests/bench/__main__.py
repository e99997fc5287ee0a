"""``make bench``: what a photo costs beside the least it could cost, and the bot's memory.

Ratios are measured side by side in one run; times alone mean little on a shared machine.
"""

import asyncio
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

from bot.allocation import give_back_large_buffers
from bot.app import open_parts
from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Person, Photo
from bot.settings import Settings
from bot.vision.gallery import Gallery
from bot.vision.model import Model, read_card
from bot.vision.recognizer import Recognizer
from tests.bench.memory import resident_megabytes
from tests.bench.telegram import CHATS, docent_late, texts_a_second

ROUNDS = 60
GUESSING = "painter and movement alone"
LOOKING = "the known works looked for as well"
MOST_RATIO = {GUESSING: 1.5, LOOKING: 12.0}
MOST_MEGABYTES = 350
MOST_LATE = 50.0
"""Milliseconds that the event loop is late in 99 of 100 cases."""
ECHO = "tests.bench.echo"
SIZES = {"photo from a chat, 1280 × 960": (1280, 960), "photo from a phone, 12 MP": (4000, 3000)}


def museum_photo(size: tuple[int, int]) -> bytes:
    """Return a JPEG with as much detail as a real photo has (about 2 bits a pixel)."""
    rng = np.random.default_rng(1)
    image = Image.new("RGB", size)
    for octave in (8, 32, 128, 512):
        cells = rng.integers(0, 256, (octave, octave, 3), np.uint8)
        layer = Image.fromarray(cells).resize(size, Image.Resampling.BICUBIC)
        image = Image.blend(image, layer, 0.4)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def bare(photo: bytes, session: ort.InferenceSession, size: int) -> Callable[[], None]:
    """Return the least work: decode that JPEG, run the network once."""
    picture = np.zeros((1, size, size, 3), np.uint8)

    def run() -> None:
        with Image.open(io.BytesIO(photo)) as image:
            image.load()
        session.run(["artist", "movement", "embedding"], {"picture": picture})

    return run


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    """Return how long one call took."""
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) * 1000


async def compare(
    assistants: dict[str, Assistant], name: str, size: tuple[int, int], settings: Settings
) -> dict[str, float]:
    """Print and return the ratio of photo → reply to the bare cost, measured in turns."""
    card = read_card(settings.model_card)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(card.file, options, providers=["CPUExecutionProvider"])
    photo = museum_photo(size)
    least = bare(photo, session, card.input_size)
    spent: dict[str, list[float]] = {kind: [] for kind in (*assistants, "bare")}
    for number in range(ROUNDS):
        for kind, assistant in assistants.items():
            event = Photo(
                id=f"{kind} {name} {number}",
                chat=Chat("bench", "1"),
                person=Person(f"{kind} {name} {number}"),  # none has a day's photos
                picture=photo,
            )
            spent[kind].append(await milliseconds(partial(assistant.handle, event)))
        spent["bare"].append(await milliseconds(partial(asyncio.to_thread, least)))
    floor = statistics.median(spent["bare"])
    ratios = {kind: statistics.median(spent[kind]) / floor for kind in assistants}
    for kind, ratio in ratios.items():
        print(
            f"{name}, {kind}: photo → reply p50 {ratio * floor:.1f} ms; decoding + session.run "
            f"{floor:.1f} ms; ratio {ratio:.2f}"
        )
    return ratios


async def crowd(photo: bytes) -> float:
    """Print how Docent on Telegram does with a hundred chats at once; return its lateness."""
    late, seconds, wrong = await docent_late(photo)
    print(
        f"two photos from each of {CHATS} chats at once: answered in {seconds:.0f} s, "
        f"{len(wrong)} chats out of order; event loop late by p99 {late:.1f} ms"
    )
    docent, least = await texts_a_second("tests.bench.unpaced"), await texts_a_second(ECHO)
    print(
        f"texts a second on Telegram: Docent {docent:.0f}, python-telegram-bot's echo bot "
        f"{least:.0f}; ratio {docent / least:.2f}"
    )
    return late if not wrong else float("inf")


async def main() -> int:
    """Measure everything; 1 where a bound is broken."""
    give_back_large_buffers()  # as the running bot does
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_folder=Path(folder), wikipedia=False)
        async with open_parts(settings) as parts:
            alone = Recognizer(
                Model(read_card(settings.model_card)),
                settings.recognition_threads,
                Gallery.beside(settings.model_card),
            )
            assistants = {
                GUESSING: Assistant(replace(parts, recognizer=alone)),
                LOOKING: Assistant(parts),
            }
            ratios = [
                await compare(assistants, name, size, settings) for name, size in SIZES.items()
            ]
            alone.close()
        late = await crowd(museum_photo(SIZES["photo from a chat, 1280 × 960"]))
        memory = await resident_megabytes(
            Path(folder), museum_photo(SIZES["photo from a phone, 12 MP"])
        )
    largest = {kind: max(ratio[kind] for ratio in ratios) for kind in MOST_RATIO}
    for kind, most in MOST_RATIO.items():
        print(f"largest ratio of {kind}: {largest[kind]:.2f} (at most {most})")
    print(f"memory of the running bot after 40 photos: {memory:.0f} MB (at most {MOST_MEGABYTES})")
    slow = any(largest[kind] > most for kind, most in MOST_RATIO.items())
    print(f"event loop late under load: p99 {late:.1f} ms (at most {MOST_LATE:.0f})")
    return int(slow or memory > MOST_MEGABYTES or late > MOST_LATE)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
