"""A scene as a page: bubbles or embeds in a plain look of our own."""

from base64 import b64encode
from html import escape
from io import BytesIO
from pathlib import Path
from zlib import crc32

from PIL import Image

from tests.transcripts.messages import Button, Message, Scene

LOOKS = Path(__file__).parent / "looks"
COLOURS = ("#b5533c", "#3c6e8f", "#6b7f3a", "#8a5a8c", "#a8782a", "#2f7d6b", "#5d5fa3")
SIDE = 800
"""Pixels of a picture's longer side in the page."""


def page(scene: Scene) -> str:
    """Return the scene as HTML without anything from elsewhere."""
    style = (LOOKS / f"{scene.look}.css").read_text(encoding="utf-8")
    name = escape(scene.chat)
    head = f"{avatar(scene.chat)}<div><b>{name}</b><small>{escape(scene.about)}</small></div>"
    said = "".join(message(each) for each in scene.messages)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title>'
        f"<style>{style}</style><header>{head}</header>"
        f'<main class="{"group" if scene.is_group else "private"}">{said}</main></html>'
    )


def message(said: Message) -> str:
    """Return one message."""
    kind = " ".join(["message", "mine" * said.is_mine, "bot" * said.is_bot]).strip()
    badge = '<i class="badge">BOT</i>' if said.is_bot else ""
    author = f'<b style="color:{colour(said.author)}">{escape(said.author)}</b>{badge}'
    parts = [
        f'<div class="author">{author}<time>{said.time}</time></div>',
        f'<div class="head">{said.head}</div>' if said.head else "",
        f'<div class="text">{said.html}</div>' if said.html else "",
        card(said),
        pictures(said),
        "".join(file(name, size) for name, size in said.files),
        f'<time class="end">{said.time}</time>',
    ]
    inside = f'<div class="bubble">{"".join(parts)}</div>{buttons(said.buttons)}'
    return f'<div class="{kind}">{avatar(said.author)}<div class="body">{inside}</div></div>'


def card(said: Message) -> str:
    """Return an embed."""
    if not (said.title or said.card):
        return ""
    title = f'<div class="title">{said.title}</div>' if said.title else ""
    return f'<div class="card" style="border-color:{said.colour}">{title}{said.card}</div>'


def pictures(said: Message) -> str:
    """Return a message's pictures, several as a grid."""
    shown = "".join(f'<img src="{picture(each)}" alt="">' for each in said.pictures)
    return f'<div class="pictures of{len(said.pictures)}">{shown}</div>' if shown else ""


def buttons(rows: list[list[Button]]) -> str:
    """Return the buttons, row by row."""
    shown = ""
    for row in rows:
        cells = (
            f"<span class={'main' if b.is_main else 'plain'}>{escape(b.label)}</span>" for b in row
        )
        shown += f'<div class="row">{"".join(cells)}</div>'
    return f'<div class="buttons">{shown}</div>' if shown else ""


def file(name: str, size: int) -> str:
    """Return a file as a line with its name and size."""
    kind = escape(name.rpartition(".")[2].upper())
    told = f"<b>{escape(name)}</b><small>{max(size // 1000, 1)} kB</small>"
    return f'<div class="file"><i>{kind}</i><div>{told}</div></div>'


def avatar(name: str) -> str:
    """Return somebody's first letter on a colour of their own."""
    return (
        f'<span class="avatar" style="background:{colour(name)}">{escape(name[:1].upper())}</span>'
    )


def colour(name: str) -> str:
    """Return the colour of a name."""
    return COLOURS[crc32(name.encode()) % len(COLOURS)]


def picture(data: bytes) -> str:
    """Return a picture as an address that carries it."""
    buffer = BytesIO()
    image = Image.open(BytesIO(data)).convert("RGB")
    image.thumbnail((SIDE, 2 * SIDE))
    image.save(buffer, "JPEG", quality=90)
    return f"data:image/jpeg;base64,{b64encode(buffer.getvalue()).decode()}"
