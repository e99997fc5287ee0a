"""Docent's replies as JSON, with no text in it that JSON cannot hold; the page gives their look."""

import base64
from urllib.parse import urlsplit

from bot.conversation.replies import (
    Block,
    Bullets,
    Credits,
    Document,
    Note,
    Paragraph,
    Picture,
    Reply,
    Title,
)
from bot.platforms.texts import clean
from bot.platforms.web import schemas
from bot.platforms.web.limits import DOCUMENT_BYTES, PICTURE_BYTES
from bot.platforms.web.mailbox import Letter, expects_news


def rendered(reply: Reply, message: str = "") -> schemas.Answer:
    """Return a reply as the API gives it; ``message`` names it, where news can come about it."""
    shown = [picture for picture in reply.pictures if len(picture.data) <= PICTURE_BYTES]
    told = [Paragraph(picture.alt) for picture in reply.pictures if picture not in shown]
    return schemas.Answer(
        pictures=[_picture(picture) for picture in shown],
        blocks=[_block(block) for block in (*told, *reply.blocks)],
        choices=[
            [schemas.Choice(label=clean(choice.label), data=choice.data) for choice in row]
            for row in reply.choices
        ],
        replaces=reply.replaces,
        toast=clean(reply.toast),
        again=clean(reply.again),
        documents=[_document(document) for document in reply.documents],
        message=message,
        expects_news=bool(message) and expects_news(reply),
    )


def rendered_news(letters: list[Letter], *, expected: bool, again_in: float) -> schemas.News:
    """Return news as the API gives them."""
    items = [
        schemas.NewsItem(
            id=letter.notice.id,
            message=letter.message,
            answer=rendered(letter.notice.reply, letter.message),
        )
        for letter in letters
    ]
    return schemas.News(items=items, expects_news=expected, again_in=again_in)


def _document(document: Document) -> schemas.Document:
    """Return a file that travels inside the answer, unless it is too large for that."""
    size = len(document.data)
    data = base64.b64encode(document.data).decode() if size <= DOCUMENT_BYTES else ""
    return schemas.Document(name=document.name, mime=document.mime, size=size, data=data)


def _picture(picture: Picture) -> schemas.Picture:
    """Return a picture that travels inside the answer: nothing of it lies on the server."""
    data = base64.b64encode(picture.data).decode()
    return schemas.Picture(source=f"data:{picture.mime};base64,{data}", alt=clean(picture.alt))


def _block(block: Block) -> schemas.Block:
    match block:
        case Title(text):
            return schemas.TextBlock(kind="title", text=clean(text))
        case Paragraph(text):
            return schemas.TextBlock(kind="paragraph", text=clean(text))
        case Note(text):
            return schemas.TextBlock(kind="note", text=clean(text))
        case Bullets(items):
            return schemas.BulletsBlock(items=[clean(item) for item in items])
        case Credits(label, credits):
            return schemas.CreditsBlock(
                label=clean(label),
                credits=[
                    schemas.Credit(
                        name=clean(c.name), link=_web_link(clean(c.link)), licence=clean(c.licence)
                    )
                    for c in credits
                ],
            )


def _web_link(link: str) -> str:
    """Return ``link`` if it leads to the web, else "": a javascript: link must not reach a page."""
    return link if urlsplit(link).scheme in {"http", "https"} else ""
