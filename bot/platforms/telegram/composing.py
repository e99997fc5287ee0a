"""A reply as the messages that show it on Telegram, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.conversation.replies import Bullets, Note, Paragraph, Picture, Poll, Reply, Title
from bot.platforms.telegram import limits
from bot.platforms.telegram.rendering import Rendered, render
from bot.platforms.texts import clean, shorten


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
    would not take is told in these words alone, such a file is named. One picture has the reply's
    words and buttons under it where they fit whole; else, and after several, they are a message of
    their own.
    """
    left = tuple(Note(d.name) for d in reply.documents if len(d.data) > limits.DOCUMENT_BYTES)
    reply = replace(reply, blocks=(*reply.blocks, *left))
    told: Rendered | Quiz | None = _quiz(reply) if polls else None
    fit = [picture for picture in reply.pictures if len(picture.data) <= limits.PHOTO_BYTES]
    unfit = [picture for picture in reply.pictures if picture not in fit]
    shown: list[Outgoing] = [_captioned(picture) for picture in unfit]
    if len(reply.pictures) == 1 and told is None and _fits_under(reply.pictures[0], reply):
        shown = [_captioned(reply.pictures[0], reply)]
    else:
        shown += _galleries(fit)
        shown.append(told or render(reply))
    files = [d for d in reply.documents if len(d.data) <= limits.DOCUMENT_BYTES]
    shown += [Enclosure(file.data, file.name) for file in files]
    return [e for e in shown if not isinstance(e, Rendered) or e.html or e.photo]


def caption(reply: Reply) -> Rendered | None:
    """Return a reply as the words under a picture that is there; ``None`` if it is too long."""
    whole = render(reply)
    return whole if render(reply, limits.CAPTION_UNITS).html == whole.html else None


def _fits_under(picture: Picture, reply: Reply) -> bool:
    return caption(_with_alt(picture, reply)) is not None


def _with_alt(picture: Picture, reply: Reply) -> Reply:
    """Return what is said under a picture; a title that says the same as it is said once."""
    same = reply.blocks[:1] == (Title(picture.alt),)
    alt = () if same else (Paragraph(picture.alt),)
    return Reply((*alt, *reply.blocks), reply.choices)


def _captioned(picture: Picture, reply: Reply | None = None) -> Rendered:
    photo = picture.data if len(picture.data) <= limits.PHOTO_BYTES else b""
    words = _with_alt(picture, reply or Reply(()))
    return replace(render(words, limits.CAPTION_UNITS), photo=photo)


def _galleries(pictures: Sequence[Picture]) -> list[Outgoing]:
    """Return pictures as albums of about the same number, as few as their bytes allow."""
    albums: list[Sequence[Picture]] = []
    for count in range(-(-len(pictures) // limits.ALBUM_PICTURES), len(pictures) + 1):
        ends = [len(pictures) * number // max(count, 1) for number in range(count + 1)]
        albums = [pictures[start:end] for start, end in pairwise(ends)]
        if all(sum(len(p.data) for p in album) <= limits.ALBUM_BYTES for album in albums):
            break
    return [_gallery(album) for album in albums]


def _gallery(pictures: Sequence[Picture]) -> Outgoing:
    """Return an album; one of a single picture cannot be sent, but the picture can."""
    if len(pictures) == 1:
        return _captioned(pictures[0])
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
