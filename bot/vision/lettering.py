"""The font that names are drawn with, and what of a name it can draw."""

import io
from functools import lru_cache

import pymupdf_fonts
from anyascii import anyascii
from PIL import ImageFont, features

REGULAR, BOLD = "figo", "figbo"
"""FiraGO (SIL Open Font License): Latin, Greek, Cyrillic, Hebrew, Arabic, Thai and more."""
NO_LETTER = "\U000fffff"
"""A code point for private use, which the font draws as it does all that it lacks."""
FROM_RIGHT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufeff"))
ELLIPSIS = "…"


@lru_cache(maxsize=16)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font, `REGULAR` or `BOLD`, of ``size`` pixels; it travels with Docent."""
    return ImageFont.truetype(io.BytesIO(font_file(name)), size)


@lru_cache(maxsize=2)
def font_file(name: str) -> bytes:
    """Return a font as its file."""
    return bytes(pymupdf_fonts.myfont(name))


def drawable(text: str) -> str:
    """Return one line of text that the font can draw.

    What it has no letter for, as Chinese, is written in plain Latin letters, never as an empty box.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return "".join(c if _has_letter(c) else anyascii(c) for c in line)


@lru_cache(maxsize=4096)
def _has_letter(character: str) -> bool:
    if any(first <= character <= last for first, last in FROM_RIGHT):
        return bool(features.check_feature("raqm"))  # what joins and orders these letters
    return _outline(character) != _outline(NO_LETTER)


def _outline(character: str) -> bytes:
    return bytes(_plain_font().getmask(character))


@lru_cache(maxsize=1)
def _plain_font() -> ImageFont.FreeTypeFont:
    """Return the font without fallback, so that a lacking letter shows as one."""
    file = io.BytesIO(font_file(REGULAR))
    return ImageFont.truetype(file, 24, layout_engine=ImageFont.Layout.BASIC)


def fitted(text: str, width: float, letters: ImageFont.FreeTypeFont) -> str:
    """Return the text, cut and ended by an ellipsis where it is wider than ``width`` pixels."""
    if letters.getlength(text) <= width:
        return text
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        fits = letters.getlength(text[:middle].rstrip() + ELLIPSIS) <= width
        least, most = (middle, most) if fits else (least, middle - 1)
    return text[:least].rstrip() + ELLIPSIS
