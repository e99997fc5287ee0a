"""The timeline: round years below, bars and dots where their years are."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.vision.sheet import BAR, LIGHT, MARGIN, WIDTH, Colour
from bot.vision.timeline import INNER, Span, timeline, years_below

STYLE, LIFE, WORK = (
    Span("Style", 1850, 1900, is_movement=True),
    Span("A Painter", 1800, 1900),
    Span("A Work", 1850, 1850),
)


def drawn(*spans: Span, title: str = "A Painter") -> np.ndarray:
    image = Image.open(io.BytesIO(timeline(title, spans)))
    assert (image.format, image.mode, image.width) == ("PNG", "RGB", WIDTH)
    return np.asarray(image)


def columns(pixels: np.ndarray, colour: Colour) -> tuple[int, int]:
    """Return the first and the last column that has a colour."""
    found = np.flatnonzero((pixels == colour).all(axis=-1).any(axis=0))
    return int(found[0]), int(found[-1])


def test_a_bar_reaches_from_its_first_year_to_its_last() -> None:
    pixels = drawn(STYLE, LIFE)
    left, right = MARGIN + INNER, WIDTH - MARGIN - INNER
    assert columns(pixels, LIGHT.artists) == pytest.approx((left, right), abs=BAR)
    middle = (left + right) / 2
    assert columns(pixels, LIGHT.movements) == pytest.approx((middle, right), abs=BAR)


def test_one_year_is_a_dot() -> None:
    first, last = columns(drawn(Span("Other", 1800, 1900, is_movement=True), WORK), LIGHT.artists)
    assert last - first <= BAR
    assert (first + last) / 2 == pytest.approx(WIDTH / 2, abs=BAR)


def test_each_row_makes_it_higher() -> None:
    assert drawn(STYLE, LIFE, WORK).shape[0] > drawn(STYLE, LIFE).shape[0]


@pytest.mark.parametrize(
    ("years", "rounded"),
    [
        ((1843, 1926), [1840, 1860, 1880, 1900, 1920, 1940]),
        ((1830, 1926), [1820, 1840, 1860, 1880, 1900, 1920, 1940]),
        ((1600, 1750), [1600, 1625, 1650, 1675, 1700, 1725, 1750]),
        ((1889, 1889), [1889, 1890]),
        ((527, 1453), [400, 600, 800, 1000, 1200, 1400, 1600]),
    ],
)
def test_the_years_below_are_round(years: tuple[int, int], rounded: list[int]) -> None:
    assert list(years_below(*years)) == rounded


@pytest.mark.parametrize("name", ["x" * 300, "葛飾北斎", "", "שלום\n", "🎨" * 40])
def test_no_name_spoils_it(name: str) -> None:
    assert drawn(Span(name, 1900, 1950), title=name).any()


@pytest.mark.parametrize("spans", [(), (Span("Backwards", 1900, 1800),)])
def test_what_is_no_timeline_is_refused(spans: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="timeline"):
        timeline("A", spans)
