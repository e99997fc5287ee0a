"""Docent's replies as JSON; the page gives them their look."""

import base64
from urllib.parse import urlsplit

from bot.conversation.replies import Block, Bullets, Credits, Note, Paragraph, Picture, Reply, Title
from bot.platforms.web import schemas
from bot.platforms.web.limits import PICTURE_BYTES


def rendered(reply: Reply) -> schemas.Answer:
    """Return a reply as the API gives it."""
    shown = [picture for picture in reply.pictures if len(picture.data) <= PICTURE_BYTES]
    told = [Paragraph(picture.alt) for picture in reply.pictures if picture not in shown]
    return schemas.Answer(
        pictures=[_picture(picture) for picture in shown],
        blocks=[_block(block) for block in (*told, *reply.blocks)],
        choices=[
            [schemas.Choice(label=choice.label, data=choice.data) for choice in row]
            for row in reply.choices
        ],
        replaces=reply.replaces,
        toast=reply.toast,
        again=reply.again,
    )


def _picture(picture: Picture) -> schemas.Picture:
    """Return a picture that travels inside the answer: nothing of it lies on the server."""
    data = base64.b64encode(picture.data).decode()
    return schemas.Picture(source=f"data:{picture.mime};base64,{data}", alt=picture.alt)


def _block(block: Block) -> schemas.Block:
    match block:
        case Title(text):
            return schemas.TextBlock(kind="title", text=text)
        case Paragraph(text):
            return schemas.TextBlock(kind="paragraph", text=text)
        case Note(text):
            return schemas.TextBlock(kind="note", text=text)
        case Bullets(items):
            return schemas.BulletsBlock(items=list(items))
        case Credits(label, credits):
            return schemas.CreditsBlock(
                label=label,
                credits=[
                    schemas.Credit(name=c.name, link=_web_link(c.link), licence=c.licence)
                    for c in credits
                ],
            )


def _web_link(link: str) -> str:
    """Return ``link`` if it leads to the web, else "": a javascript: link must not reach a page."""
    return link if urlsplit(link).scheme in {"http", "https"} else ""
