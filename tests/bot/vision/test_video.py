"""Videos: their clearest picture, and what is refused."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from bot.vision import video
from bot.vision.photo import read_photo
from bot.vision.video import VideoError, clear_frame, sharpness
from tests.films import BLACK, BLURRED, SHARP, film


def shown(jpeg: bytes) -> NDArray[np.uint8]:
    """The picture that was taken, as OpenCV has it."""
    return np.asarray(Image.open(BytesIO(jpeg)).convert("RGB"))[:, :, ::-1]


def alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Whether two pictures differ by compression alone."""
    return float(np.abs(one.astype(int) - other.astype(int)).mean()) < 12


@pytest.mark.parametrize("kind", ["mp4", "mov", "avi"])
def test_black_and_blurred_beginnings_are_passed_over(tmp_path: Path, kind: str) -> None:
    frame = clear_frame(film(tmp_path, [BLACK] * 5 + [BLURRED] * 5 + [SHARP] * 10, kind))
    assert alike(shown(frame), SHARP)
    assert not alike(shown(frame), BLURRED)
    assert read_photo(frame).size == (320, 240)


def test_only_the_beginning_is_watched(tmp_path: Path) -> None:
    frame = clear_frame(film(tmp_path, [BLURRED] * 40 + [SHARP] * 10))
    assert alike(shown(frame), BLURRED)


def test_a_video_of_one_frame_is_enough(tmp_path: Path) -> None:
    assert alike(shown(clear_frame(film(tmp_path, [SHARP]))), SHARP)


def test_the_sharper_of_two_pictures_is_told_and_a_plain_one_is_not_sharp() -> None:
    assert sharpness(SHARP) > sharpness(BLURRED) > sharpness(BLACK) == 0


def cause(data: bytes) -> str:
    """Why a video is refused."""
    with pytest.raises(VideoError) as refused:
        clear_frame(data)
    assert refused.value.key == "cannot_video"
    return str(refused.value.__cause__)


def test_what_shows_nothing_is_refused(tmp_path: Path) -> None:
    assert "shows anything" in cause(film(tmp_path, [BLACK] * 10))


def test_a_long_video_is_refused(tmp_path: Path) -> None:
    assert "61 s" in cause(film(tmp_path, [BLURRED] * 61, rate=1))


def test_a_video_with_large_pictures_is_refused(tmp_path: Path) -> None:
    assert "4112" in cause(film(tmp_path, [cv2.resize(BLURRED, (4112, 64))]))


def test_a_video_above_the_limit_of_bytes_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "MAX_BYTES", 3)
    assert "too large" in cause(b"\0\0\0\x18ftypmp42")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a video" * 1000,
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"\0\0\0\x18ftypmp42" + b"\xff" * 5000,
        b"\x1a\x45\xdf\xa3" + b"\0" * 5000,
    ],
)
def test_what_is_no_video_is_refused(data: bytes) -> None:
    assert cause(data)


def test_a_video_that_breaks_off_is_looked_at_or_refused(tmp_path: Path) -> None:
    whole = film(tmp_path, [SHARP] * 20, "avi")
    assert alike(shown(clear_frame(whole[: len(whole) * 3 // 4])), SHARP)
    assert cause(film(tmp_path, [SHARP] * 20)[:2000])


def test_patience_ends_and_the_best_seen_by_then_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = film(tmp_path, [BLURRED] * 20 + [SHARP] * 10)
    ticks = iter([0.0, 1.0, 1.0, 99.0])
    monkeypatch.setattr(video.time, "monotonic", lambda: next(ticks))
    assert alike(shown(clear_frame(data)), BLURRED)
