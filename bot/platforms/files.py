"""Files as people send them, whatever the platform."""

from pathlib import PurePath

PICTURE_SUFFIXES = (
    *(".avif", ".bmp", ".gif", ".heic", ".heif", ".jfif", ".jpe", ".jpeg", ".jpg"),
    *(".jxl", ".png", ".tif", ".tiff", ".webp"),
)


def may_be_picture(kind: str | None, name: str | None) -> bool:
    """Return whether a file may be a picture, by its MIME type or else the end of its name.

    A phone's HEIC often comes without its kind.
    """
    is_named_so = PurePath(name or "").suffix.lower() in PICTURE_SUFFIXES
    return is_named_so or (kind or "").lower().startswith("image/")
