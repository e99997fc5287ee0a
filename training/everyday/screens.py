"""Made screenshots: chats, web pages, code, lists, home screens, dialogues, maps."""

import numpy as np
from PIL import Image, ImageDraw

from training.everyday.brush import Colour, Picture, Rng, canvas, colour, font, laid, tint, words


def _theme(rng: Rng) -> tuple[Colour, Colour]:
    """Return ground and ink, light or dark."""
    if rng.random() < 0.65:
        return tint(rng, 225, 256, 8), tint(rng, 0, 80)
    return tint(rng, 0, 50, 10), tint(rng, 190, 256)


def _bar(draw: ImageDraw.ImageDraw, rng: Rng, width: int) -> int:
    """Draw the bar at the top (clock, title, signs); return its lower edge."""
    height = int(rng.integers(16, 52))
    draw.rectangle((0, 0, width, height), colour(rng) if rng.random() < 0.5 else tint(rng))
    draw.text((8, 3), words(rng, 2), tint(rng), font(rng, max(8, height // 2)))
    for i in range(int(rng.integers(0, 4))):
        x = width - 20 * (i + 1)
        draw.ellipse((x, 4, x + 10, 14), tint(rng))
    return height


def chat(rng: Rng) -> Image.Image:
    """Return a messenger: bubbles left and right, perhaps faces and a field to write in."""
    ground, ink = _theme(rng)
    screen = canvas(rng, colour(rng, 150, 250) if rng.random() < 0.3 else ground)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    mine, theirs = colour(rng, 90, 250), tint(rng, 190, 256) if ink[0] < 100 else tint(rng, 40, 90)
    y = _bar(draw, rng, width) + 10
    size = int(rng.integers(9, 18))
    face = font(rng, size)
    while y < height - 40:
        long, lines = width * rng.uniform(0.25, 0.7), int(rng.integers(1, 5))
        right = rng.random() < 0.5
        x = width - long - 10 if right else 10 + 26 * (rng.random() < 0.5)
        box = (x, y, x + long, y + lines * size * 1.4 + 10)
        draw.rounded_rectangle(box, int(rng.integers(3, 16)), mine if right else theirs)
        for line in range(lines):
            text = words(rng, max(1, int(long / size / 3.2)))
            draw.text((x + 8, y + 4 + line * size * 1.4), text, ink, face)
        y = int(box[3] + rng.integers(4, 22))
    if rng.random() < 0.6:
        draw.rounded_rectangle((8, height - 32, width - 8, height - 6), 12, theirs)
    return screen


def web(rng: Rng) -> Image.Image:
    """Return a web page: bar, heading, columns of text, buttons, grey boxes for pictures."""
    ground, ink = _theme(rng)
    screen = canvas(rng, ground, upright=rng.random() < 0.5)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    y = _bar(draw, rng, width) + 10
    accent = colour(rng)
    while y < height - 30:
        kind = rng.random()
        if kind < 0.25:
            draw.text((14, y), words(rng, 3), ink, font(rng, int(rng.integers(16, 34))))
            y += 40
        elif kind < 0.45:
            count = int(rng.integers(1, 5))
            for i in range(count):
                x = 14 + i * (width - 14) // count
                box = (x, y, x + (width - 14) // count - 14, y + int(rng.integers(40, 110)))
                draw.rounded_rectangle(box, 6, tint(rng, 60, 240) if i % 2 else colour(rng))
            y += 120
        elif kind < 0.6:
            draw.rounded_rectangle((14, y, 14 + int(rng.integers(60, 160)), y + 26), 5, accent)
            draw.text((24, y + 5), words(rng, 1), ground, font(rng, 13))
            y += 36
        else:
            face, size = font(rng, 12), 12
            for _ in range(int(rng.integers(2, 7))):
                draw.text((14, y), words(rng, max(2, width // size // 4)), ink, face)
                y += 16
            y += 8
    return screen


def code(rng: Rng) -> Image.Image:
    """Return an editor or a terminal: indented lines of coloured words."""
    ground, ink = _theme(rng) if rng.random() < 0.4 else (tint(rng, 0, 50, 14), tint(rng, 180, 256))
    screen = canvas(rng, ground, upright=rng.random() < 0.3)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    size = int(rng.integers(8, 16))
    face, paints = font(rng, size), [ink, ink, *(colour(rng, 60, 256) for _ in range(3))]
    y, indent = _bar(draw, rng, width) + 6 if rng.random() < 0.5 else 6, 0
    while y < height - size:
        indent = int(np.clip(indent + rng.integers(-1, 2), 0, 5))
        x = 30.0 + indent * size * 1.6
        draw.text((6, y), str(int(rng.integers(1, 400))), tint(rng, 90, 160), face)
        for _ in range(int(rng.integers(0, 6))):
            word = words(rng, 1) + str(rng.choice(["", "()", " =", ":", ",", " {", ";"]))
            draw.text((x, y), word, paints[int(rng.integers(len(paints)))], face)
            x += (len(word) + 1) * size * 0.6
        y += int(size * 1.4)
    return screen


def listing(rng: Rng) -> Image.Image:
    """Return a list (settings, mail, files): rows with a sign, a title, and a smaller line."""
    ground, ink = _theme(rng)
    screen = canvas(rng, ground)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    row, y = int(rng.integers(28, 70)), _bar(draw, rng, width)
    title, small = font(rng, max(10, row // 3)), font(rng, max(8, row // 4))
    while y < height:
        if rng.random() < 0.9:
            draw.ellipse((8, y + 6, 8 + row - 12, y + row - 6), colour(rng))
        draw.text((row + 8, y + 4), words(rng, 2), ink, title)
        draw.text((row + 8, y + row // 2), words(rng, 5), tint(rng, 110, 170), small)
        draw.line((row, y + row, width, y + row), tint(rng, 120, 200))
        y += row
    return screen


def home(rng: Rng) -> Image.Image:
    """Return a phone's home screen: rows of icons with names over a smooth background."""
    screen = canvas(rng, (0, 0, 0))
    blobs = Image.fromarray(rng.integers(0, 255, (3, 2, 3), dtype=np.uint8))
    screen = blobs.resize(screen.size, Image.Resampling.BICUBIC)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    columns = int(rng.integers(3, 6))
    cell = width // columns
    side, face = int(cell * 0.6), font(rng, max(8, cell // 7))
    for y in range(int(rng.integers(20, 90)), height - cell, int(cell * 1.25)):
        for column in range(columns):
            if rng.random() < 0.15:
                continue
            x = column * cell + (cell - side) // 2
            draw.rounded_rectangle((x, y, x + side, y + side), side // 5, colour(rng))
            sign = (x + side * 0.25, y + side * 0.25, x + side * 0.75, y + side * 0.75)
            if rng.random() < 0.5:
                draw.ellipse(sign, colour(rng))
            else:
                draw.rectangle(sign, colour(rng))
            draw.text((x, y + side + 3), words(rng, 1)[:8], (255, 255, 255), face)
    return screen


def dialogue(rng: Rng) -> Image.Image:
    """Return a window of fields and buttons on a desktop."""
    screen = canvas(rng, colour(rng), upright=False)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    ground, ink = _theme(rng)
    x, y = int(width * rng.uniform(0, 0.3)), int(height * rng.uniform(0, 0.3))
    right, bottom = int(width * rng.uniform(0.7, 1)), int(height * rng.uniform(0.7, 1))
    draw.rectangle((x, y, right, bottom), ground)
    draw.rectangle((x, y, right, y + 20), colour(rng))
    draw.text((x + 6, y + 3), words(rng, 3), tint(rng, 200, 256), font(rng, 12))
    for line in range(y + 32, bottom - 30, int(rng.integers(22, 40))):
        draw.text((x + 10, line), words(rng, 2), ink, font(rng, 11))
        if rng.random() < 0.7:
            draw.rectangle((x + (right - x) // 2, line, right - 10, line + 16), None, ink)
    for i in range(int(rng.integers(1, 4))):
        edge = right - 80 * (i + 1)
        draw.rounded_rectangle((edge, bottom - 26, edge + 70, bottom - 6), 4, tint(rng, 120, 230))
    return screen


def street_map(rng: Rng) -> Image.Image:
    """Return a street map: blocks, streets, water, a route and names."""
    screen = canvas(rng, tint(rng, 210, 245), upright=rng.random() < 0.5)
    draw, (width, height) = ImageDraw.Draw(screen), screen.size
    for _ in range(int(rng.integers(1, 5))):
        points = rng.uniform(0, 1, (5, 2)) * screen.size
        draw.polygon([(x, y) for x, y in points], colour(rng, 140, 240))
    for _ in range(int(rng.integers(10, 40))):
        start, angle = (
            rng.uniform(0, 1, 2) * screen.size,
            rng.choice([0, 1.57]) + rng.normal(0, 0.3),
        )
        along = np.array([np.cos(angle), np.sin(angle)]) * 900
        ends = (*(start - along), *(start + along))
        draw.line(ends, tint(rng, 180, 256), int(rng.integers(1, 9)))
    route = rng.uniform(0.1, 0.9, (6, 2)) * screen.size
    draw.line([(x, y) for x, y in route], colour(rng), int(rng.integers(2, 7)))
    for _ in range(int(rng.integers(3, 14))):
        x, y = rng.uniform(0, 0.9, 2) * (width, height)
        draw.text((x, y), words(rng, 2), tint(rng, 20, 120), font(rng, int(rng.integers(8, 15))))
    return screen


SCREENS = (chat, chat, web, web, code, listing, home, dialogue, street_map)


def screenshot(rng: Rng, size: int) -> Picture:
    """Return a screen as it is saved (squeezed to a square) or, at times, photographed."""
    screen = SCREENS[int(rng.integers(len(SCREENS)))](rng)
    if rng.random() < 0.75:
        return np.asarray(screen.resize((size, size), Image.Resampling.BICUBIC))
    return laid(np.asarray(screen), rng, size)
