"""Photo bytes → an upright, safe RGB picture, or one clear reason why not."""

import io
import logging
import warnings

import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.errors import UserError

log = logging.getLogger(__name__)

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 89_478_485
"""Pillow's own limit against decompression bombs; it is never raised."""
MAX_PIXELS_DECODED_WHOLE = 50_000_000
"""The limit for all but JPEG, which alone is decoded small: 50 MP are up to 200 MB."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")
"""What is opened at all; Pillow's other plugins are seldom used and some start programs."""
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
BOXED = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1")
"""How files of these formats begin; AVIF and HEIC have their name from the ninth byte on."""
MOST_SCANS = 40
"""Scans of a progressive JPEG; about ten are usual, and each takes time to decode."""
LEAST_SIDE = 32
WORKING_SIDE = 448
"""Pixels of the shorter side that painter and movement need; a JPEG is decoded hardly larger."""
SHARP_SIDE = 720
"""The same where works are looked for by their details."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
pillow_heif.register_heif_opener()


class PhotoError(UserError):
    """A photo that cannot be used; the key says why.

    Keys: photo_empty, photo_too_big, photo_unknown, photo_huge, photo_small, photo_damaged.
    """


def read_photo(data: bytes, side: int = SHARP_SIDE) -> Image.Image:
    """Return the first frame of ``data`` upright, in 8-bit RGB, metadata dropped.

    The shorter ``side`` has at least so many pixels, where the photo has, and less than twice as
    many. JPEG, PNG, WebP, GIF, TIFF, BMP, HEIC and AVIF are told by their bytes, whatever their
    name. Raises `PhotoError`.
    """
    if not data:
        raise PhotoError("photo_empty")
    if len(data) > MAX_BYTES:
        raise PhotoError("photo_too_big", limit=MAX_BYTES // 2**20)
    image = _opened(data)
    _check_size(image)
    if image.format in ("JPEG", "MPO") and data.count(b"\xff\xda") > MOST_SCANS:
        raise PhotoError("photo_damaged")
    pixels = np.asarray(_decoded(image, side))
    return Image.fromarray(pixels)  # pixels alone: Pillow carries EXIF through its conversions


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError("photo_huge") from error
    except UnidentifiedImageError as error:
        begun = data.startswith(BEGINNINGS) or data[8:12] in BOXED
        raise PhotoError("photo_damaged" if begun else "photo_unknown") from error
    except Exception as error:  # a hostile header makes the plugins raise almost anything
        raise PhotoError("photo_damaged") from error


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    decoded_small = image.format in ("JPEG", "MPO")
    if width * height > (MAX_PIXELS if decoded_small else MAX_PIXELS_DECODED_WHOLE):
        raise PhotoError("photo_huge")
    if min(width, height) < LEAST_SIDE:
        raise PhotoError("photo_small", least=LEAST_SIDE)


def _decoded(image: Image.Image, side: int) -> Image.Image:
    try:
        image.draft("RGB", (side, side))
        image.seek(0)
        image.load()
        return to_rgb(_upright(image), side)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError("photo_huge") from error
    except Exception as error:  # truncated or hostile data makes the decoders raise almost anything
        raise PhotoError("photo_damaged") from error


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception as error:  # broken EXIF spoils only the turning (Pillow's own trap)
        log.debug("EXIF ignored: %r", error)
        return image


def to_rgb(image: Image.Image, side: int = SHARP_SIDE) -> Image.Image:
    """Convert any Pillow mode to 8-bit RGB no larger than later steps need.

    16-bit and float values are scaled to 8 bits, transparency is laid on white. A large picture is
    made smaller before anything is copied, so that it is held in memory once.
    """
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image = image.reduce(max(1, min(image.size) // side))
    if image.mode in ("I", "F"):
        image = _eight_bits(image)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 32-bit integers by their 16-bit range, floats by the range they use."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    low, high = (float(values.min()), float(values.max())) if image.mode == "F" else (0.0, 65535.0)
    scaled = (values - low) * (255.0 / ((high - low) or 1.0))
    return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))
