"""Lay the pictures inside compiled Qt resources (``.rcc``) beside them, where `collect` finds them.

A resource file holds its files one after another; WebP pictures lie in it as they are, since they
do not shrink further. Their RIFF header says their length (RFC 9649, section 2.3).
"""

from collections.abc import Iterator
from pathlib import Path

HEADER = 8
"""Bytes of a RIFF header: its name and the length of what follows."""


def open_resources(folder: Path) -> None:
    """Write ``NAME-000.webp`` … beside each ``NAME.rcc`` in the folder."""
    for resource in sorted(folder.rglob("*.rcc")):
        for number, picture in enumerate(webp_pictures(resource.read_bytes())):
            resource.with_name(f"{resource.stem}-{number:03d}.webp").write_bytes(picture)


def webp_pictures(data: bytes) -> Iterator[bytes]:
    """Yield the WebP pictures in ``data`` in their order; a cut-off one is left out."""
    start = data.find(b"RIFF")
    while start >= 0:
        size = HEADER + int.from_bytes(data[start + 4 : start + 8], "little")
        end = start + size
        whole = data[start + 8 : start + 12] == b"WEBP" and end <= len(data)
        if whole:
            yield data[start:end]
        start = data.find(b"RIFF", end if whole else start + 4)
