"""The photo is drawn with what counted glowing, and words say where that is."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.vision.drawing import SIDE, places, where_i_looked
from tests.pictures import BLUE, painting

Grid = tuple[tuple[int, ...], ...]


def grid(*spots: tuple[int, int], strength: int = 100, ground: int = 0) -> Grid:
    """Return 7 × 7 places with spots at (row, column)."""
    rows = np.full((7, 7), ground)
    for spot in spots:
        rows[spot] = strength
    return tuple(tuple(int(value) for value in row) for row in rows)


def drawn(photo: Image.Image, attention: Grid) -> np.ndarray:
    image = Image.open(io.BytesIO(where_i_looked(photo, attention)))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    return np.asarray(image, np.float32)


def redness(pixels: np.ndarray) -> float:
    return float((pixels[..., 0] - pixels[..., 2]).mean())


def test_the_heat_lies_where_the_attention_is() -> None:
    pixels = drawn(painting(BLUE, (700, 350)), grid((1, 1)))
    glowing, dark = pixels[55:95, 120:180], pixels[240:, 450:]
    assert redness(glowing) > 60
    assert redness(dark) < 0
    assert glowing.mean() > 1.5 * dark.mean()


def test_brightness_alone_tells_more_from_less() -> None:
    """Readable without colour vision, on any painting of even light."""
    rows = tuple((0, 40, 55, 70, 80, 90, 100) for _ in range(7))
    grey = drawn(Image.new("RGB", (700, 700), (128, 128, 128)), rows).mean(axis=(0, 2))
    steps = grey[150:660:50]
    assert (np.diff(steps) > 0).all()


def test_the_photo_stays_readable_under_the_heat() -> None:
    stripes = np.zeros((350, 350, 3), np.uint8)
    stripes[:, ::2] = 255
    stripes = stripes.repeat(2, axis=0).repeat(2, axis=1)
    pixels = drawn(Image.fromarray(stripes), grid((3, 3), ground=20))
    assert pixels[330:370, 330:370].std() > 40
    assert pixels[:50, :50].std() > 40


def test_there_are_no_edges_between_places() -> None:
    pixels = drawn(Image.new("RGB", (700, 700), (128, 128, 128)), grid((3, 3), (3, 4)))
    assert np.abs(np.diff(pixels, axis=1)).max() < 12


def test_a_large_photo_is_drawn_small_and_a_small_one_as_it_is() -> None:
    assert drawn(painting(size=(4000, 2000)), grid((3, 3))).shape == (SIDE // 2, SIDE, 3)
    assert drawn(painting(size=(64, 40)), grid((3, 3))).shape == (40, 64, 3)


@pytest.mark.parametrize("size", [(1, 1), (3, 5000), (5000, 3), (2048, 32)])
def test_any_shape_can_be_drawn(size: tuple[int, int]) -> None:
    height, width, _ = drawn(Image.new("RGB", size), grid((0, 6))).shape
    assert max(width, height) == min(SIDE, max(size))


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "CMYK", "1"])
def test_any_kind_of_picture_can_be_drawn(mode: str) -> None:
    assert drawn(painting().convert(mode), grid((3, 3))).shape == (480, 640, 3)


def test_the_photo_given_is_not_changed() -> None:
    photo = painting(size=(2000, 1000))
    before = photo.copy()
    where_i_looked(photo, grid((3, 3)))
    assert photo == before


def test_nothing_of_the_metadata_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    file = io.BytesIO()
    painting().save(file, "JPEG", exif=exif, comment=b"at home", icc_profile=b"x" * 200)
    data = where_i_looked(Image.open(file), grid((3, 3)))
    assert not {"exif", "comment", "icc_profile"} & set(Image.open(io.BytesIO(data)).info)


def test_a_photo_without_any_attention_is_only_dimmed() -> None:
    photo = Image.new("RGB", (100, 100), (100, 100, 100))
    assert np.allclose(drawn(photo, grid()), 62, atol=3)


@pytest.mark.parametrize("attention", [(), ((),), ((1, 2), (3,))])
def test_no_attention_cannot_be_drawn_or_told(attention: Grid) -> None:
    with pytest.raises(ValueError):
        where_i_looked(painting(), attention)
    with pytest.raises(ValueError):
        places(attention)


@pytest.mark.parametrize(
    ("spot", "name"),
    [
        ((0, 0), "upper_left"),
        ((1, 3), "upper"),
        ((0, 6), "upper_right"),
        ((3, 0), "left"),
        ((3, 3), "centre"),
        ((3, 6), "right"),
        ((6, 1), "lower_left"),
        ((6, 3), "lower"),
        ((5, 5), "lower_right"),
    ],
)
def test_each_of_nine_places_has_its_name(spot: tuple[int, int], name: str) -> None:
    assert places(grid(spot, ground=10)) == (name,)


def test_two_places_are_named_the_stronger_one_first() -> None:
    both = np.array(grid((0, 0))) + np.array(grid((6, 6), strength=90))
    assert places(both.tolist()) == ("upper_left", "lower_right")


def test_three_spots_are_told_as_two() -> None:
    assert len(places(grid((0, 0), (0, 6), (6, 0)))) == 2


@pytest.mark.parametrize("attention", [grid(), grid(ground=100), grid((3, 3), ground=85)])
def test_flat_attention_is_everywhere(attention: Grid) -> None:
    assert places(attention) == ("everywhere",)


def test_a_grid_of_another_size_is_told_and_drawn_alike() -> None:
    finer = np.zeros((9, 9), int)
    finer[0:3, 6:9] = 100
    assert places(finer.tolist()) == ("upper_right",)
    assert drawn(painting(), finer.tolist()).shape == (480, 640, 3)
