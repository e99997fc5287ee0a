"""Docent's replies as JSON; the page gives them their look."""

from urllib.parse import urlsplit

from bot.conversation.replies import Block, Bullets, Credits, Note, Paragraph, Reply, Title
from bot.platforms.web import schemas


def rendered(reply: Reply) -> schemas.Answer:
    """Return a reply as the API gives it."""
    return schemas.Answer(
        blocks=[_block(block) for block in reply.blocks],
        choices=[
            [schemas.Choice(label=choice.label, data=choice.data) for choice in row]
            for row in reply.choices
        ],
        replaces=reply.replaces,
        toast=reply.toast,
    )


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
