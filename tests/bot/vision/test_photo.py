"""Every kind of file that visitors send becomes a picture, or one clear reason why not."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.vision.photo import MAX_BYTES, MAX_PIXELS_DECODED_WHOLE, PhotoError, read_photo
from tests.pictures import RED, encoded, jpeg, painting


def colour_of(data: bytes) -> tuple[int, ...]:
    image = read_photo(data)
    assert image.mode == "RGB"
    return tuple(int(value) for value in np.asarray(image).reshape(-1, 3).mean(axis=0))


def reason(data: bytes) -> str:
    with pytest.raises(PhotoError) as error:
        read_photo(data)
    return error.value.key


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF"])
def test_every_usual_format_is_read_by_its_bytes(format_: str) -> None:
    found = colour_of(encoded(painting(RED), format_))
    assert np.allclose(found, RED, atol=14)


def test_cmyk_jpeg_keeps_its_colours() -> None:
    assert np.allclose(colour_of(encoded(painting(RED).convert("CMYK"))), RED, atol=14)


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    half = Image.fromarray(np.full((64, 64), 32768, np.uint16))
    assert np.allclose(colour_of(encoded(half, "PNG")), (128, 128, 128), atol=2)


def test_float_tiff_is_scaled() -> None:
    ramp = np.tile(np.linspace(-1, 1, 64, dtype=np.float32), (64, 1))
    assert np.allclose(colour_of(encoded(Image.fromarray(ramp), "TIFF")), (127, 127, 127), atol=2)


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    assert colour_of(encoded(clear, "PNG")) == (255, 255, 255)


def test_palette_with_transparency_is_laid_on_white() -> None:
    image = Image.new("P", (64, 64), 0)
    image.putpalette([0, 0, 0] * 256)
    assert colour_of(encoded(image, "PNG", transparency=0)) == (255, 255, 255)


def test_an_animation_gives_its_first_frame() -> None:
    frames = [painting(RED, (64, 64)), Image.new("RGB", (64, 64), "blue")]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert np.allclose(colour_of(data), RED, atol=14)


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert read_photo(encoded(painting(RED, (640, 320)), exif=exif)).size == (320, 640)


def test_broken_exif_spoils_nothing() -> None:
    data = encoded(painting(RED), exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff\xff\xff")
    assert np.allclose(colour_of(data), RED, atol=14)


def test_a_large_jpeg_is_decoded_small() -> None:
    assert max(read_photo(jpeg(size=(4000, 3000))).size) <= 1000


def test_nothing_of_the_metadata_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    image = read_photo(encoded(painting(RED), exif=exif))
    assert not dict(image.getexif())


def test_an_empty_file_is_refused() -> None:
    assert reason(b"") == "photo_empty"


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7 ...", b"<svg></svg>", b"\x00" * 5000])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert reason(data) == "photo_unknown"


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
def test_a_truncated_file_is_refused_not_shown_half_grey(format_: str) -> None:
    data = encoded(painting(RED, (800, 800)), format_)
    for share in (0.99, 0.66, 0.33):
        assert reason(data[: int(len(data) * share)]) == "photo_damaged"


def test_a_jpeg_with_endless_scans_is_refused_at_once() -> None:
    data = encoded(painting(RED, (64, 64)), progressive=True)
    last = data.rindex(b"\xff\xda")
    assert np.allclose(colour_of(data), RED, atol=14)
    assert reason(data[:last] + 200 * data[last:-2] + data[-2:]) == "photo_damaged"


def test_a_multi_picture_jpeg_of_a_phone_is_read() -> None:
    pair = encoded(painting(RED), "MPO", save_all=True, append_images=[painting((0, 0, 0))])
    assert np.allclose(colour_of(pair), RED, atol=14)


def test_too_many_bytes_are_refused() -> None:
    assert reason(b"\xff" * (MAX_BYTES + 1)) == "photo_too_big"


def test_a_tiny_picture_is_refused() -> None:
    assert reason(encoded(Image.new("RGB", (500, 8)))) == "photo_small"


@pytest.mark.parametrize("side", [7_100, 9_600, 20_000, 65_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    assert reason(bomb(side)) == "photo_huge"


def bomb(side: int) -> bytes:
    """Return a small PNG whose header promises side × side pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 100_000, 9)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    format_=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF"]),
    places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_spoilt_bytes_give_a_picture_or_a_reason_never_another_error(
    format_: str, places: list[tuple[float, int]]
) -> None:
    data = bytearray(SOUND[format_])
    for share, value in places:
        data[int(share * len(data))] = value
    try:
        assert read_photo(bytes(data)).mode == "RGB"
    except PhotoError as error:
        assert error.key.startswith("photo_")


SOUND = {
    format_: encoded(painting(RED, (64, 64)), format_)
    for format_ in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")
}


@pytest.mark.parametrize("format_", ["EPS", "PCX", "PPM", "TGA", "ICO"])
def test_formats_nobody_photographs_in_are_not_even_opened(format_: str) -> None:
    assert reason(encoded(painting(RED, (64, 64)), format_)) == "photo_unknown"


@pytest.mark.parametrize("mode", ["RGBA", "I;16", "CMYK", "P"])
def test_the_largest_picture_that_is_taken_fits_a_small_computer(mode: str, tmp_path: Path) -> None:
    """50 megapixels in a few kilobytes, read in a process of its own."""
    side = int(MAX_PIXELS_DECODED_WHOLE**0.5)
    path = tmp_path / "large"
    Image.new(mode, (side, side)).save(path, "TIFF", compression="tiff_adobe_deflate")
    script = (
        "import resource, sys; from pathlib import Path; from bot.vision.photo import read_photo\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "read_photo(Path(sys.argv[1]).read_bytes())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=True)
    assert int(done.stdout) / 1024 < 450


def test_a_heic_named_jpg_needs_no_name_at_all() -> None:
    data = encoded(painting(RED), "HEIF")
    assert io.BytesIO(data).read(12)[4:8] == b"ftyp"
    assert np.allclose(colour_of(data), RED, atol=14)
