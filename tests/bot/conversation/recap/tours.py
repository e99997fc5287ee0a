"""Tours that are over, small and large."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from PIL import Image

from bot.conversation.recap.data import Recap, Standing, StopSeen

START = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
WORKS = (
    ("The Great Wave", "Katsushika Hokusai", "c. 1831", "ukiyo-e"),
    ("Sonata of the Sea. Finale", "Mikalojus Konstantinas Čiurlionis", "1908", "symbolism"),
    ("Shrimps", "齐白石", "1950", ""),
    ("The Burial of the Count of Orgaz", "Ελ Γκρέκο", "1586–1588", "mannerism"),
    ("Impression, Sunrise", "Claude Monet", "1872", "impressionism"),
    ("The Fife Player <& drum>", "Édouard Manet", "1866", "realism"),
)
PEOPLE = ("Ann", "Bob", "Zoë", "محمد", "דוד", "Łukasz", "美咲", "Ольга", "=HYPERLINK(1)", "Noor")


def photo(number: int, size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a JPEG that is another one for each number, and about as large as a photo's."""
    noise = np.random.default_rng(number).integers(0, 256, (size[1] // 8, size[0] // 8, 3))
    image = Image.fromarray(noise.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def stop(number: int, *, picture: bytes | None = None, **changed: object) -> StopSeen:
    """Return a stop; those next to each other are of other works and other people."""
    title, artist, year, movement = WORKS[(number - 1) % len(WORKS)]
    people = tuple(PEOPLE[(number + i) % len(PEOPLE)] for i in range(1 + number % 4))
    seen = StopSeen(
        number=number,
        title=title,
        artist=artist,
        artist_id="somebody",
        year=year,
        movement=movement.title(),
        movement_id=movement,
        room=str(number % 9) if number % 3 else "",
        by=people,
        decided="docent",
        right=people[:2],
        guessed=4,
        picture=picture,
        at=START + timedelta(minutes=5 * number),
    )
    return replace(seen, **changed)  # type: ignore[arg-type]


def standings(count: int) -> tuple[Standing, ...]:
    """Return so many members with falling points, of whom the second and third are equal."""
    points = [max(0, 2 * (count - n - (n == 1)) - 6) for n in range(count)]
    return tuple(
        Standing(
            rank=1 + sum(other > own for other in points),
            name=f"{PEOPLE[n % len(PEOPLE)]} {n // len(PEOPLE) + 1}",
            points=own,
            answered=count,
            best_streak=own // 3,
        )
        for n, own in enumerate(points)
    )


def tour(stops: int, people: int, *, pictures: bool = True, game: bool = True) -> Recap:
    """Return a tour of so many stops and people."""
    seen = tuple(stop(n, picture=photo(n) if pictures else None) for n in range(1, stops + 1))
    ended = START + timedelta(minutes=5 * stops + 5)
    table = standings(people) if game else ()
    return Recap("Gallerie Estensi", START, ended, seen, table, people)
