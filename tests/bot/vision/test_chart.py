"""The chart shows names, bars and percentages; nothing a name holds can spoil it."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.vision.chart import Bar, chart
from bot.vision.sheet import BAR, DARK, LIGHT, MARGIN, WIDTH, Palette

FIVE = [Bar(name, share) for name, share in zip("ABCDE", (0.6, 0.2, 0.1, 0.05, 0.01), strict=True)]


def drawn(artists: list[Bar], movements: list[Bar] = (), *, dark: bool = False) -> np.ndarray:
    data = chart(artists, movements, artist_title="Painters", movement_title="Styles", dark=dark)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode, image.width) == ("PNG", "RGB", WIDTH)
    return np.asarray(image)


def longest(pixels: np.ndarray, colour: tuple[int, int, int]) -> int:
    """Return the length of the longest row of a colour."""
    return int((pixels == colour).all(axis=-1).sum(axis=1).max())


@pytest.mark.parametrize(("dark", "colours"), [(False, LIGHT), (True, DARK)])
def test_both_groups_are_drawn_in_their_colours_on_their_ground(
    dark: bool, colours: Palette
) -> None:
    pixels = drawn(FIVE, FIVE, dark=dark)
    assert tuple(pixels[0, 0]) == colours.ground
    full = WIDTH - 2 * MARGIN
    assert longest(pixels, colours.artists) == pytest.approx(0.6 * full, abs=BAR)
    assert longest(pixels, colours.movements) == pytest.approx(0.6 * full, abs=BAR)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_letters_and_bars_stand_out_from_the_ground(colours: Palette) -> None:
    """WCAG 2.2: 4.5 to 1 for letters, 3 to 1 for bars, against what is beside them."""
    assert contrast(colours.text, colours.ground) > 7
    assert contrast(colours.quiet, colours.ground) > 4.5
    for bar in (colours.artists, colours.movements):
        assert contrast(bar, colours.ground) > 3
        assert contrast(bar, colours.track) > 3


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    lights = sorted(luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: tuple[int, int, int]) -> float:
    linear = [(v / 255 / 12.92) if v < 11 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_a_bar_is_as_long_as_its_share() -> None:
    full = WIDTH - 2 * MARGIN
    for share, expected in ((0.001, BAR), (0.5, full / 2), (1.0, full), (1.7, full)):
        found = longest(drawn([Bar("A", share)]), LIGHT.artists)
        assert found == pytest.approx(expected, abs=BAR / 2)


def test_no_share_has_no_bar() -> None:
    assert longest(drawn([Bar("A", 0.0)]), LIGHT.artists) == 0


def test_more_rows_make_it_higher_and_an_empty_group_takes_no_room() -> None:
    one, five = drawn(FIVE[:1]), drawn(FIVE)
    assert len(five) > len(one)
    assert len(drawn(FIVE, FIVE)) > 2 * len(five) - 200
    assert drawn([], []).shape[0] > 0


ODD = [
    "Maria von und zu Hohenlohe-Langenburg-Schillingsfürst-Waldenburg " * 4,
    "W" * 500,
    "葛飾北斎",
    "مارك شاغال",
    "מארק שאגאל " * 30,
    "two\nlines\r\n\tand\x00more",
    "\u202e reversed \u200f",
    "e\u0301" * 60,
    "😀",
    " ",
    "",
]


@pytest.mark.parametrize("name", ODD)
def test_no_name_runs_over_its_percentage_or_the_margin(name: str) -> None:
    pixels = drawn([Bar("A", 0.5), Bar(name, 0.5)])
    ground = (pixels == LIGHT.ground).all(axis=-1)
    assert ground[:, : MARGIN - 14].all()
    assert ground[:, WIDTH - MARGIN + 4 :].all()
    plain = drawn([Bar("A", 0.5), Bar("", 0.5)])
    assert (pixels[:, WIDTH - MARGIN - 120 :] == plain[:, WIDTH - MARGIN - 120 :]).all()


def test_the_same_guesses_give_the_same_picture() -> None:
    assert (drawn(FIVE, FIVE) == drawn(FIVE, FIVE)).all()
