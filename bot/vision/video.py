"""A short video → the clearest picture of its beginning, or one reason why not."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.errors import UserError

MAX_BYTES = 20 * 1024 * 1024
MAX_SECONDS = 60.0
MAX_SIDE = 4096
"""Pixels; a picture of a larger video takes too long to decode."""
WATCHED_SECONDS = 3.0
"""Of the beginning; whoever films a painting holds still on it by then."""
LOOKS_A_SECOND = 4
MOST_FRAMES = 400
"""Decoded at most, whatever the video says of its speed."""
PATIENCE_SECONDS = 5.0
"""For all of it; the best that was seen by then is taken."""
LEAST_SPREAD = 8.0
"""Standard deviation of a picture's grey values; below, it is black, white or fog."""
COMPARED_SIDE = 512
"""Pixels of the longer side at which sharpness is measured, so that noise counts less."""
USUAL_RATE = 25.0
"""Frames a second of a video that does not say, or says nonsense."""
JPEG_QUALITY = 95

Frame = NDArray[np.uint8]

# OpenCV writes on standard error, without a time or a cause, what it thinks of broken files.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


class VideoError(UserError):
    """A video that cannot be looked at; its cause says why, for the log alone."""

    def __init__(self) -> None:
        super().__init__("cannot_video")


def clear_frame(video: bytes) -> bytes:
    """Return the sharpest picture of the first seconds of a video, as JPEG.

    MP4, MOV, WebM, Matroska and AVI of at most 60 s, 20 MB and 4096 pixels a side, told by their
    bytes. Takes up to some seconds. Raises `VideoError`, whatever is wrong.
    """
    try:
        with _opened(video) as capture:
            best = max(_looks(capture), key=sharpness, default=None)
        if best is None or float(best.std()) < LEAST_SPREAD:
            raise ValueError("No picture of it shows anything")
        made, jpeg = cv2.imencode(".jpg", best, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        if not made:
            raise ValueError("Its picture cannot be kept")
    except (ValueError, cv2.error) as error:
        raise VideoError from error
    return jpeg.tobytes()


def sharpness(frame: Frame) -> float:
    """Return how sharp a picture is: the variance of its Laplacian, 0 where it is all but plain."""
    if float(frame.std()) < LEAST_SPREAD:
        return 0.0
    grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    scale = COMPARED_SIDE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


@contextmanager
def _opened(video: bytes) -> Iterator[cv2.VideoCapture]:
    """Open a video for a while. Raises `ValueError` for one that is too large or no video.

    OpenCV 5.0 can read from memory too, but holds on to nothing it reads: that crashed a process.
    """
    if len(video) > MAX_BYTES:
        raise ValueError("It is too large")
    if not _is_film(video):  # among FFmpeg's formats are playlists, which lead it to other files
        raise ValueError("It is no film")
    with tempfile.TemporaryDirectory(prefix="docent-") as folder:
        path = Path(folder, "film")
        path.write_bytes(video)
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        try:
            _check(capture)
            yield capture
        finally:
            capture.release()


def _check(capture: cv2.VideoCapture) -> None:
    if not capture.isOpened():
        raise ValueError("It cannot be opened")
    sides = (capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    if not 0 < min(sides) <= max(sides) <= MAX_SIDE:
        raise ValueError(f"Its pictures are of {sides[0]:.0f} × {sides[1]:.0f} pixels")
    seconds = capture.get(cv2.CAP_PROP_FRAME_COUNT) / _rate(capture)
    if seconds > MAX_SECONDS:
        raise ValueError(f"It lasts {seconds:.0f} s")


def _is_film(video: bytes) -> bool:
    """Say whether bytes begin as MP4 and MOV, WebM and Matroska, or AVI do."""
    return (
        video[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free")
        or video.startswith(b"\x1a\x45\xdf\xa3")
        or (video.startswith(b"RIFF") and video[8:12] == b"AVI ")
    )


def _rate(capture: cv2.VideoCapture) -> float:
    rate = capture.get(cv2.CAP_PROP_FPS)
    return rate if 1 <= rate <= 240 else USUAL_RATE


def _looks(capture: cv2.VideoCapture) -> Iterator[Frame]:
    """Yield pictures of the beginning, evenly in time; all frames between are passed over."""
    rate, end = _rate(capture), time.monotonic() + PATIENCE_SECONDS
    step = max(1, round(rate / LOOKS_A_SECOND))
    for number in range(min(MOST_FRAMES, int(rate * WATCHED_SECONDS) + 1)):
        if time.monotonic() > end or not capture.grab():
            return
        if number % step == 0:
            seen, frame = capture.retrieve()
            if seen:
                yield frame.astype(np.uint8, copy=False)
