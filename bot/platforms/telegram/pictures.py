"""The picture or video in a message: which file it is, and its bytes."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from telegram import (
    Animation,
    Bot,
    Document,
    ExternalReplyInfo,
    Message,
    PhotoSize,
    Video,
    VideoNote,
)
from telegram.error import BadRequest, TelegramError

from bot.conversation.events import Refusal
from bot.platforms.files import may_be_picture
from bot.platforms.telegram.limits import (
    CLIP_SECONDS,
    DOWNLOAD_SECONDS,
    DOWNLOAD_TRIES,
    FILE_BYTES,
    LARGE_FILES_AT_ONCE,
    PHOTO_SIDE,
    SMALL_FILE_BYTES,
    SMALL_FILES_AT_ONCE,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PictureFile:
    """A file on Telegram's servers; ``size`` in bytes where Telegram tells it."""

    id: str
    size: int | None


class PictureNotHadError(Exception):
    """The bytes of a picture could not be had; ``reason`` is what the user is told."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


class Room:
    """Memory for files: a share for the small ones, one for the large."""

    def __init__(self) -> None:
        """Start with all of it free."""
        self._small = asyncio.Semaphore(SMALL_FILES_AT_ONCE)
        self._large = asyncio.Semaphore(LARGE_FILES_AT_ONCE)

    def for_files(self, files: Sequence[PictureFile]) -> asyncio.Semaphore:
        """Return what to hold as long as the bytes of files are there, or on their way."""
        sizes = [FILE_BYTES if file.size is None else file.size for file in files]
        return self._small if sum(sizes) <= SMALL_FILE_BYTES else self._large


def picture_of(message: Message | ExternalReplyInfo) -> PictureFile | None:
    """Return the picture of a message, whether it came as a photo or as a file."""
    if message.photo:
        return _file(best_size(message.photo))
    document = message.document
    if document is not None and message.animation is None and _is_picture(document):
        return _file(document)
    return None


def clip_of(message: Message | ExternalReplyInfo) -> PictureFile | None:
    """Return the video of a message, whichever way it came, unless it is too large or long."""
    found = message.animation or message.video or message.video_note
    if found is not None:
        return _file(found) if _seconds(found) <= CLIP_SECONDS and _is_small(found) else None
    document = message.document
    if document is not None and (document.mime_type or "").lower().startswith("video/"):
        return _file(document) if _is_small(document) else None
    return None


def best_size(sizes: Sequence[PhotoSize]) -> PhotoSize:
    """Return the smallest size whose longer side is `PHOTO_SIDE` or more, else the largest."""

    def area(size: PhotoSize) -> int:
        return size.width * size.height

    enough = [size for size in sizes if max(size.width, size.height) >= PHOTO_SIDE]
    return min(enough, key=area) if enough else max(sizes, key=area)


async def fetch(bot: Bot, file: PictureFile) -> bytes:
    """Return the bytes of a picture. Raises `PictureNotHadError`."""
    for attempt in range(1, DOWNLOAD_TRIES + 1):
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                return await _download(bot, file)
        except (TelegramError, TimeoutError) as error:
            if isinstance(error, BadRequest) and "too big" in str(error).lower():
                raise PictureNotHadError(Refusal.TOO_BIG) from error
            log.warning("Download %d of %d failed: %r", attempt, DOWNLOAD_TRIES, error)
    raise PictureNotHadError(Refusal.NOT_DOWNLOADED)


async def _download(bot: Bot, file: PictureFile) -> bytes:
    _refuse_above_limit(file.size)
    found = await bot.get_file(file.id)
    _refuse_above_limit(found.file_size)
    if not found.file_path:
        raise TelegramError("The file has no path")
    content = await found.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS)
    _refuse_above_limit(len(content))
    return bytes(content)


def _refuse_above_limit(size: int | None) -> None:
    if size is not None and size > FILE_BYTES:
        raise PictureNotHadError(Refusal.TOO_BIG)


def _is_picture(document: Document) -> bool:
    return may_be_picture(document.mime_type, document.file_name)


def _seconds(found: Video | VideoNote | Animation) -> float:
    length = found.duration
    return length.total_seconds() if isinstance(length, timedelta) else float(length)


def _is_small(found: Video | VideoNote | Animation | Document) -> bool:
    return found.file_size is None or found.file_size <= FILE_BYTES


def _file(found: PhotoSize | Document | Video | VideoNote | Animation) -> PictureFile:
    return PictureFile(found.file_id, found.file_size)
