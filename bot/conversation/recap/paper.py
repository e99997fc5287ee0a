"""A4 paper to write on: Docent's letters, a foot with the page, and blocks that stay whole.

Importing this loads what writes PDFs, some 20 MB; do so only to make one.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from PIL import Image

from bot.vision.lettering import BOLD, REGULAR, drawable, font_file

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells each table of each font

Colour = tuple[int, int, int]

INK, QUIET, GILT, RULE = (0x1E, 0x22, 0x27), (0x4A, 0x50, 0x58), (0x7A, 0x5C, 0x2E), (0xB9,) * 3
"""Letters, lesser letters, what leads the eye, lines; all dark enough on a black printer."""
WHITE = (255, 255, 255)
MARGIN, TOP, FOOT = 20.0, 20.0, 22.0
"""Millimetres, as all lengths here."""
WIDTH = 210 - 2 * MARGIN
BOTTOM = 297 - FOOT
LINE_HEIGHT = 1.32
"""Of the size of the letters."""
POINT = 25.4 / 72


@dataclass(frozen=True)
class Words:
    """A paragraph: its text, how large, in which colour, and the space above it."""

    text: str
    size: float = 10
    bold: bool = False
    colour: Colour = INK
    above: float = 0.8


class Paper(FPDF):
    """Pages that carry a name and a number at their foot."""

    def __init__(self, name: str) -> None:
        """Start with no page; letters are there once `lettered` gave them."""
        super().__init__(format="A4")
        self._name = drawable(name)
        self.set_margins(MARGIN, TOP)
        self.set_auto_page_break(True, FOOT)
        self.c_margin = 0

    def footer(self) -> None:
        """Write the foot; fpdf2 calls it for each page."""
        self.set_y(-14)
        self.write_in(Words(self._name, 8, colour=QUIET))
        self.cell(WIDTH - 24, 4, self.cut(self._name, WIDTH - 24))
        self.cell(24, 4, str(self.page_no()), align=Align.R)

    def write_in(self, words: Words) -> None:
        """Take the letters of a paragraph for what is written next."""
        self.set_font("Docent", "B" if words.bold else "", words.size)
        self.set_text_color(*words.colour)

    def cut(self, text: str, width: float) -> str:
        """Return a text on one line no wider than so much, in the letters now taken."""
        whole = text
        while text and self.get_string_width(text if text == whole else text + "…") > width:
            text = text[:-1]
        return text if text == whole else text.rstrip() + "…"

    def height(self, paragraphs: Sequence[Words], width: float) -> float:
        """Return how high paragraphs are in a column."""
        return sum(words.above + self._write(words, width, dry=True) for words in paragraphs)

    def column(self, paragraphs: Sequence[Words], left: float, width: float) -> None:
        """Write paragraphs one below the other, from here down."""
        for words in paragraphs:
            self.set_xy(left, self.get_y() + words.above)
            self._write(words, width)

    def _write(self, words: Words, width: float, *, dry: bool = False) -> float:
        self.write_in(words)
        height = self.multi_cell(
            width,
            words.size * POINT * LINE_HEIGHT,
            drawable(words.text),
            align=Align.L,
            new_x=XPos.LEFT,
            new_y=YPos.NEXT,
            dry_run=dry,
            output=MethodReturnValue.HEIGHT,
        )
        assert isinstance(height, float | int)
        return float(height)

    def make_room(self, height: float) -> bool:
        """Begin a new page unless so much has room on this one; return whether it did."""
        if self.get_y() + height <= BOTTOM:
            return False
        self.add_page()
        return True

    def rule(self, above: float = 0.0, below: float = 0.0) -> None:
        """Draw a line across the page."""
        self.set_y(self.get_y() + above)
        self.set_draw_color(*RULE)
        self.set_line_width(0.2)
        self.line(MARGIN, self.get_y(), MARGIN + WIDTH, self.get_y())
        self.set_y(self.get_y() + below)

    def chapter(self, text: str, least: float) -> None:
        """Write a heading that the reader can jump to, with room below for so much at least."""
        self.make_room(least + 16)
        self.start_section(drawable(text))
        self.column([Words(text, 16, bold=True, above=4)], MARGIN, WIDTH)
        self.set_y(self.get_y() + 3)

    def picture(self, data: bytes, alt: str, left: float, box: tuple[float, float]) -> float:
        """Put a picture into a box from here down, whole, at its top left; return its height."""
        width, height = fitting(data, box)
        top = self.get_y()
        self.image(io.BytesIO(data), left, top, width, height, alt_text=drawable(alt))
        self.set_y(top)
        return height


def fitting(data: bytes, box: tuple[float, float]) -> tuple[float, float]:
    """Return how wide and high a picture is that fills a box without being cut."""
    with Image.open(io.BytesIO(data)) as image:
        scale = min(box[0] / image.width, box[1] / image.height)
        return image.width * scale, image.height * scale


@contextmanager
def lettered(paper: Paper) -> Iterator[Paper]:
    """Give a paper its letters, which fpdf2 takes from files only, until it is put out."""
    with TemporaryDirectory(prefix="docent-") as folder:
        for name, style in ((REGULAR, ""), (BOLD, "B")):
            file = Path(folder, f"{name}.ttf")
            file.write_bytes(font_file(name))
            paper.add_font("Docent", style, file)
        paper.set_font("Docent")
        paper.set_text_shaping(True)  # joins and orders Arabic and Hebrew letters
        yield paper
