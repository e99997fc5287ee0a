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
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image

from bot.app import open_parts
from bot.conversation.assistant import Assistant
from bot.conversation.events import Chat, Person, Photo
from bot.settings import Settings
from bot.vision.model import read_card
from tests.bench.memory import resident_megabytes

ROUNDS = 60
MOST_RATIO = 1.5
MOST_MEGABYTES = 350
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
    assistant: Assistant, name: str, size: tuple[int, int], settings: Settings
) -> float:
    """Print and return the ratio of photo → reply to the bare cost, measured in turns."""
    card = read_card(settings.model_card)
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(card.file, options, providers=["CPUExecutionProvider"])
    photo = museum_photo(size)
    least = bare(photo, session, card.input_size)
    ours, theirs = [], []
    for number in range(ROUNDS):
        event = Photo(
            id=f"{name} {number}", chat=Chat("bench", "1"), person=Person("1"), picture=photo
        )
        ours.append(await milliseconds(lambda event=event: assistant.handle(event)))
        theirs.append(await milliseconds(lambda: asyncio.to_thread(least)))
    p50, floor = statistics.median(ours), statistics.median(theirs)
    print(
        f"{name}: photo → reply p50 {p50:.1f} ms; decoding + session.run {floor:.1f} ms; "
        f"ratio {p50 / floor:.2f} (at most {MOST_RATIO})"
    )
    return p50 / floor


async def main() -> int:
    """Measure everything; 1 where a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_folder=Path(folder), wikipedia=False)
        async with open_parts(settings) as parts:
            assistant = Assistant(parts)
            ratios = [
                await compare(assistant, name, size, settings) for name, size in SIZES.items()
            ]
        memory = await resident_megabytes(
            Path(folder), museum_photo(SIZES["photo from a phone, 12 MP"])
        )
    print(f"memory of the running bot after 40 photos: {memory:.0f} MB (at most {MOST_MEGABYTES})")
    return int(max(ratios) > MOST_RATIO or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
