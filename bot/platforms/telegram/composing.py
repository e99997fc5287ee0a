"""A reply as the messages that show it on Telegram, one after the other."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.conversation.replies import Bullets, Document, Paragraph, Picture, Poll, Reply
from bot.platforms.telegram import limits
from bot.platforms.telegram.rendering import Rendered, render
from bot.platforms.texts import clean, shorten

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Gallery:
    """Two to ten pictures in one message, each with its caption; ``words`` stand for them all."""

    photos: tuple[Rendered, ...]
    words: Rendered


@dataclass(frozen=True)
class Enclosure:
    """A file."""

    data: bytes
    name: str


@dataclass(frozen=True)
class Quiz:
    """A poll with one right answer; ``words`` ask the same where no poll can be sent."""

    question: str
    options: tuple[str, ...]
    right: int
    explanation: str
    seconds: int
    data: tuple[str, ...]
    words: Rendered


Outgoing = Rendered | Gallery | Enclosure | Quiz


def messages(reply: Reply, polls: bool = False) -> list[Outgoing]:
    """Return a reply as messages, with its poll if ``polls`` can be sent.

    Telegram has no alternative text, so a picture's stands in its caption. A picture that Telegram
    would not take is told in these words alone. One picture has the reply's words and buttons
    under it where they fit whole; else, and after several, they are a message of their own.
    """
    told: Rendered | Quiz | None = _quiz(reply) if polls else None
    fit = [picture for picture in reply.pictures if len(picture.data) <= limits.PHOTO_BYTES]
    unfit = [picture for picture in reply.pictures if picture not in fit]
    shown: list[Outgoing] = [_captioned(picture) for picture in unfit]
    if len(reply.pictures) == 1 and told is None and _fits_under(reply.pictures[0], reply):
        shown = [_captioned(reply.pictures[0], reply)]
    else:
        shown += _galleries(fit)
        shown.append(told or render(reply))
    files = [file for document in reply.documents for file in _enclosed(document)]
    return [each for each in (*shown, *files) if not isinstance(each, Rendered) or each.html]


def caption(reply: Reply) -> Rendered | None:
    """Return a reply as the words under a picture that is there; ``None`` if it is too long."""
    whole = render(reply)
    return whole if render(reply, limits.CAPTION_UNITS).html == whole.html else None


def _fits_under(picture: Picture, reply: Reply) -> bool:
    return caption(Reply((Paragraph(picture.alt), *reply.blocks), reply.choices)) is not None


def _captioned(picture: Picture, reply: Reply | None = None) -> Rendered:
    blocks, choices = (reply.blocks, reply.choices) if reply else ((), ())
    photo = picture.data if len(picture.data) <= limits.PHOTO_BYTES else b""
    words = Reply((Paragraph(picture.alt), *blocks), choices)
    return replace(render(words, limits.CAPTION_UNITS), photo=photo)


def _galleries(pictures: Sequence[Picture]) -> list[Outgoing]:
    """Return pictures as albums of about the same size: one of a single picture cannot be sent."""
    total = len(pictures)
    if total < 2:
        return [_captioned(picture) for picture in pictures]
    count = -(-total // limits.ALBUM_PICTURES)
    ends = [total * number // count for number in range(count + 1)]
    return [_gallery(pictures[start:end]) for start, end in pairwise(ends)]


def _gallery(pictures: Sequence[Picture]) -> Gallery:
    words = render(Reply((Bullets(tuple(picture.alt for picture in pictures)),)))
    return Gallery(tuple(_captioned(picture) for picture in pictures), words)


def _quiz(reply: Reply) -> Quiz | None:
    """Return a reply's poll within Telegram's limits; ``None`` if it has none that can be sent."""
    poll = reply.poll
    if poll is None or not limits.POLL_OPTIONS_LEAST <= len(poll.options) <= limits.POLL_OPTIONS:
        return None
    options = tuple(shorten(clean(option), limits.POLL_OPTION_UNITS) for option in poll.options)
    if not all(options) or len(set(options)) < len(options):
        return None
    return Quiz(
        question=shorten(clean(poll.question), limits.POLL_QUESTION_UNITS),
        options=options,
        right=poll.right,
        explanation=_explanation(poll),
        seconds=min(max(poll.seconds, limits.POLL_SECONDS_LEAST), limits.POLL_SECONDS_MOST),
        data=poll.data,
        words=render(reply),
    )


def _explanation(poll: Poll) -> str:
    lines = clean(poll.explanation).splitlines()
    kept = [*lines[: limits.POLL_LINES - 1], " ".join(lines[limits.POLL_LINES - 1 :])]
    return shorten("\n".join(kept).strip(), limits.POLL_EXPLANATION_UNITS)


def _enclosed(document: Document) -> list[Enclosure]:
    if len(document.data) > limits.DOCUMENT_BYTES:
        log.warning("A file of %d bytes is too large for Telegram", len(document.data))
        return []
    return [Enclosure(document.data, document.name)]
