"""A tour's pictures: those of the album, and small copies to print."""

import io
import logging
from collections.abc import Sequence

from PIL import Image

from bot.conversation.recap.data import StopSeen

log = logging.getLogger(__name__)

ALBUM = 9
"""With the timeline they are ten, which is what one album holds."""
PRINTED_BYTES = 7 * 1024 * 1024
"""Of all pictures of a PDF together."""
SIZES = ((900, 82), (720, 78), (560, 74), (420, 66), (300, 50))
"""Pixels of the longer side and JPEG quality, tried until a picture has room."""


def album(stops: Sequence[StopSeen]) -> list[StopSeen]:
    """Return the stops whose pictures are shown: all, or those that most people photographed."""
    pictured = [stop for stop in stops if stop.picture]
    chosen = sorted(pictured, key=lambda stop: -len(stop.by))[:ALBUM]
    return sorted(chosen, key=lambda stop: stop.number)


def printed(stops: Sequence[StopSeen]) -> dict[int, bytes]:
    """Return copies small enough for a PDF, by the stops' numbers.

    A picture that cannot be read any more is left out: it must not cost a group its recap.
    """
    pictured = [(stop.number, stop.picture) for stop in stops if stop.picture]
    share = PRINTED_BYTES // max(len(pictured), 1)
    copies: dict[int, bytes] = {}
    for number, picture in pictured:
        try:
            copies[number] = _small(picture, share)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            log.warning("The picture of a stop cannot be read: %s", error)
    return copies


def _small(picture: bytes, most: int) -> bytes:
    """Return a copy of at most so many bytes, or the smallest, with no metadata."""
    image = Image.open(io.BytesIO(picture), formats=["JPEG", "PNG"])
    copy = image.convert("RGB")
    copy.info.clear()  # Pillow would write a comment, a profile and the like into the JPEG
    data = b""
    for side, quality in SIZES:
        copy.thumbnail((side, side), Image.Resampling.LANCZOS)
        file = io.BytesIO()
        copy.save(file, "JPEG", quality=quality, optimize=True)
        data = file.getvalue()
        if len(data) <= most:
            break
    return data
