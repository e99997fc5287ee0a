"""Where photos lie for a little while after their answer: in memory, bounded, never on disk."""

import asyncio
import io
from collections import OrderedDict

from PIL import Image

SIDE = 1024
"""Pixels of the longer side of a copy at most."""
QUALITY = 85
MOST_BYTES = 48 * 1024 * 1024
KEPT_SECONDS = 3600.0


class Shelf:
    """Small copies of the photos that were answered last, so that one can be drawn on.

    A copy is gone after ``seconds``, whether or not anybody asks; where more than ``most_bytes``
    would lie there, the oldest go first. Use it from one event loop.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, seconds: float = KEPT_SECONDS) -> None:
        """Start empty."""
        self._most = most_bytes
        self._seconds = seconds
        self._copies: OrderedDict[int, tuple[bytes, asyncio.TimerHandle]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._copies)

    def put(self, photo: int, copy: bytes) -> None:
        """Lay down the copy of a photo, in place of an earlier one of the same photo."""
        self.drop(photo)
        if len(copy) > self._most:
            return
        while self._bytes + len(copy) > self._most:
            self.drop(next(iter(self._copies)))
        gone = asyncio.get_running_loop().call_later(self._seconds, self.drop, photo)
        self._copies[photo] = (copy, gone)
        self._bytes += len(copy)

    def get(self, photo: int) -> bytes | None:
        """Return the copy of a photo while it is there."""
        copy, _ = self._copies.get(photo, (None, None))
        return copy

    def drop(self, photo: int) -> None:
        """Forget the copy of a photo, if there is one."""
        if photo not in self._copies:
            return
        copy, gone = self._copies.pop(photo)
        gone.cancel()
        self._bytes -= len(copy)


def small_copy(photo: Image.Image) -> bytes:
    """Return a photo as a JPEG of at most `SIDE` pixels a side, with no metadata."""
    copy = photo.copy()
    copy.info.clear()  # Pillow would write a comment, a profile and the like into the JPEG
    copy.thumbnail((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=1.0)
    file = io.BytesIO()
    copy.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def opened(copy: bytes) -> Image.Image:
    """Return a copy as a picture again."""
    image = Image.open(io.BytesIO(copy), formats=["JPEG"])
    image.load()
    return image
