"""Made documents: pages, receipts, labels, tables, forms, codes, charts, handwriting."""

import numpy as np
from PIL import Image, ImageDraw

from training.everyday.brush import Colour, Picture, Rng, canvas, colour, font, laid, tint, words

INK = 90
"""No ink on made papers is lighter than this."""


def _text(draw: ImageDraw.ImageDraw, rng: Rng, box: tuple[int, int, int, int], ink: Colour) -> int:
    """Fill a box with lines of text in one font; return where the text ends."""
    left, top, right, bottom = box
    size = int(rng.integers(8, 20))
    face = font(rng, size)
    gap = size * rng.uniform(1.1, 1.7)
    y = float(top)
    while y + size < bottom:
        line = words(rng, max(1, int((right - left) / size / 3 * rng.uniform(0.7, 1.1))))
        draw.text((left, y), line, ink, face)
        y += gap
        if rng.random() < 0.1:
            y += gap * 0.7
    return int(y)


def page(rng: Rng) -> Image.Image:
    """Return a printed page: one or two columns, perhaps headings and a figure."""
    sheet = canvas(rng, tint(rng, 215, 256, 8), upright=rng.random() < 0.8)
    draw, ink = ImageDraw.Draw(sheet), tint(rng, 0, INK)
    width, height = sheet.size
    margin, columns = int(width * rng.uniform(0.04, 0.14)), int(rng.choice([1, 1, 2, 3]))
    top = margin
    if rng.random() < 0.5:
        draw.text((margin, top), words(rng, 3), ink, font(rng, int(rng.integers(16, 42))))
        top += 50
    each = (width - margin) // columns
    for column in range(columns):
        left = margin + column * each
        start = top
        if rng.random() < 0.25:
            start = top + height // 5
            draw.rectangle((left, top, left + each - margin, start - 10), tint(rng, 60, 240))
        end = int(height * rng.uniform(0.5, 0.97))
        _text(draw, rng, (left, start, left + each - margin, end), ink)
    return sheet


def receipt(rng: Rng) -> Image.Image:
    """Return a till's receipt: a shop, rows of goods with prices, a sum, perhaps a barcode."""
    width, height = int(rng.integers(180, 260)), int(rng.integers(300, 520))
    sheet = Image.new("RGB", (width, height), tint(rng, 215, 256, 6))
    draw, ink = ImageDraw.Draw(sheet), tint(rng, 0, INK)
    size = int(rng.integers(9, 15))
    face, y = font(rng, size), 12.0
    draw.text((width * 0.25, y), words(rng, 2).upper(), ink, font(rng, size + 6))
    y += 3 * size
    while y < height - 60:
        draw.text((10, y), words(rng, 2)[:18], ink, face)
        draw.text((width - 60, y), f"{rng.uniform(0.5, 99):.2f}", ink, face)
        y += int(size * 1.4)
    if rng.random() < 0.6:
        _bars(draw, rng, (20, height - 50, width - 20, height - 12), ink)
    return sheet


def _bars(
    draw: ImageDraw.ImageDraw, rng: Rng, box: tuple[float, float, float, float], ink: Colour
) -> None:
    left, top, right, bottom = map(round, box)
    while left < right:
        thick = int(rng.choice([1, 2, 3, 4]))
        draw.rectangle((left, top, min(left + thick - 1, right), bottom), ink)
        left += thick + int(rng.choice([1, 2, 3]))


def label(rng: Rng) -> Image.Image:
    """Return a museum's wall label: painter, years, title, technique; sometimes on black."""
    dark = rng.random() < 0.2
    ground = tint(rng, 0, 60) if dark else tint(rng, 205, 256, 8)
    ink = tint(rng, 200, 256) if dark else tint(rng, 0, INK)
    width, height = int(rng.integers(260, 480)), int(rng.integers(140, 330))
    sheet = Image.new("RGB", (width, height), ground)
    draw, y = ImageDraw.Draw(sheet), float(rng.integers(8, 40))
    left = int(rng.integers(8, 50))
    for part, size in ((2, rng.integers(18, 36)), (4, rng.integers(13, 24)), (3, 14)):
        draw.text((left, y), words(rng, part), ink, font(rng, int(size)))
        y += int(size * 1.5)
    _text(draw, rng, (left, int(y), width - left, int(height * rng.uniform(0.7, 0.98))), ink)
    return sheet


def table(rng: Rng) -> Image.Image:
    """Return a ruled table or a form, with words and numbers in its cells."""
    sheet = canvas(rng, tint(rng, 215, 256, 8), upright=rng.random() < 0.5)
    draw, ink = ImageDraw.Draw(sheet), tint(rng, 0, INK)
    width, height = sheet.size
    rows, columns = int(rng.integers(3, 18)), int(rng.integers(2, 7))
    face = font(rng, max(8, min(16, height // rows // 2)))
    if rng.random() < 0.5:
        draw.rectangle((10, 10, width - 10, 10 + (height - 20) // rows), colour(rng, 60, 230))
    for row in range(rows + 1):
        y = 10 + row * (height - 20) // rows
        draw.line((10, y, width - 10, y), ink)
        for column in range(columns):
            x = 10 + column * (width - 20) // columns
            if row < rows and rng.random() < 0.85:
                draw.text((x + 3, y + 3), words(rng, 1), ink, face)
            if row == 0 and rng.random() < 0.8:
                draw.line((x, 10, x, height - 10), ink)
    return sheet


def code(rng: Rng) -> Image.Image:
    """Return a square code like a QR code, or a barcode, with a word under it."""
    side, modules = int(rng.integers(240, 420)), int(rng.choice([21, 25, 29, 33, 41]))
    sheet = Image.new("RGB", (side, side), tint(rng, 200, 256, 10))
    draw, ink = ImageDraw.Draw(sheet), tint(rng, 0, INK)
    if rng.random() < 0.35:
        _bars(draw, rng, (side * 0.1, side * 0.2, side * 0.9, side * 0.7), ink)
    else:
        dots = rng.random((modules, modules)) < 0.5
        finder = np.pad(np.pad(np.ones((3, 3), bool), 1), 1, constant_values=True)
        finder = np.pad(finder, ((0, 1), (0, 1)))
        dots[:8, :8], dots[:8, -8:], dots[-8:, :8] = finder, finder[:, ::-1], finder[::-1]
        image = Image.fromarray(~dots).resize((int(side * 0.8),) * 2, Image.Resampling.NEAREST)
        sheet.paste(image.convert("RGB"), (side // 10, side // 12))
    draw.text((side * 0.2, side * 0.9), words(rng, 2), ink, font(rng, 14))
    return sheet


def chart(rng: Rng) -> Image.Image:
    """Return a chart: bars, lines, points or a pie, with axes and words."""
    sheet = canvas(rng, tint(rng, 225, 256, 6) if rng.random() < 0.8 else tint(rng, 10, 50))
    draw = ImageDraw.Draw(sheet)
    ink = tint(rng, 90, 150)
    width, height = sheet.size
    left, bottom, count = 40, height - 40, int(rng.integers(3, 16))
    draw.line((left, 30, left, bottom, width - 15, bottom), ink)
    kind, paint = rng.random(), colour(rng)
    xs = np.linspace(left + 5, width - 25, count)
    for _ in range(int(rng.integers(1, 4))):
        ys = bottom - rng.uniform(0.05, 0.95, count) * (bottom - 40)
        if kind < 0.35:
            for x, y in zip(xs, ys, strict=True):
                draw.rectangle((x, y, x + (width - 80) / count * 0.7, bottom - 1), paint)
        elif kind < 0.65:
            draw.line([(x, y) for x, y in zip(xs, ys, strict=True)], paint, int(rng.integers(1, 5)))
        elif kind < 0.8:
            for x, y in zip(xs, ys, strict=True):
                draw.ellipse((x - 4, y - 4, x + 4, y + 4), paint)
        else:
            box = (left, 60, width - 20, 60 + width - 20 - left)
            start = 0.0
            for end in np.sort(rng.uniform(0, 360, count)):
                draw.pieslice(box, start, float(end), colour(rng))
                start = float(end)
        paint = colour(rng)
    draw.text((left, 8), words(rng, 4), ink, font(rng, 15))
    for x in xs[::2]:
        draw.text((x, bottom + 6), words(rng, 1)[:7], ink, font(rng, 10))
    return sheet


def handwriting(rng: Rng) -> Image.Image:
    """Return a note by hand: lines of loops on blank, lined or squared paper."""
    sheet = canvas(rng, tint(rng, 205, 256, 14))
    draw = ImageDraw.Draw(sheet)
    width, height = sheet.size
    step, rule = int(rng.integers(16, 36)), colour(rng, 150, 220)
    if rng.random() < 0.6:
        for y in range(step, height, step):
            draw.line((0, y, width, y), rule)
        for column in range(step, width, step) if rng.random() < 0.4 else ():
            draw.line((column, 0, column, height), rule)
    ink, thick = colour(rng, 0, 110), int(rng.integers(1, 4))
    for y in range(step, height - step, step):
        x = float(rng.integers(8, 40))
        end = width * rng.uniform(0.4, 0.95)
        while x < end:
            letters = int(rng.integers(2, 9))
            t = np.linspace(0, letters, letters * 6)
            across = x + t * step * 0.35 + np.sin(t * 6.3 + rng.uniform(0, 6)) * step * 0.15
            high = y - np.abs(np.sin(t * 3.1)) * step * rng.uniform(0.3, 0.6)
            wobble = rng.normal(0, step * 0.04, len(t))
            draw.line(list(zip(across, high + wobble, strict=True)), ink, thick)
            x = float(across[-1]) + step * 0.5
    return sheet


SHEETS = (page, page, receipt, label, label, table, code, chart, handwriting)


def document(rng: Rng, size: int) -> Picture:
    """Return a paper as it is scanned (squeezed to a square) or photographed on a table."""
    sheet = SHEETS[int(rng.integers(len(SHEETS)))](rng)
    if rng.random() < 0.3:
        return np.asarray(sheet.resize((size, size), Image.Resampling.BICUBIC))
    return laid(np.asarray(sheet), rng, size)
