"""Replies of every kind, each at or beyond a limit of some platform."""

import random
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import product

from PIL import Image

from bot.conversation.replies import (
    Block,
    Bullets,
    Choice,
    Credit,
    Credits,
    Document,
    Note,
    Paragraph,
    Picture,
    Poll,
    Reply,
    Title,
)

MIB = 2**20
WORDS = "The pearl hangs in the dark, and nobody knows on what. "
MARKUP = "<b>*bold* _it_ ~~s~~ `c` ||x|| [a](http://x) @everyone <@1> &amp; # 1. - > \\ "
RTL = "\u202eمتحف الفن \u2067לוחם\u2069 \u202c\u200f"
TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "one": "x",
    "lone surrogates": "pearl \ud83d and \udc00 ring",
    "NUL": "pearl\0 ring",
    "right to left": RTL * 20,
    "markup": MARKUP * 60,
    "one word": "Wagstaff" * 900,
    "lines": "\n".join(map(str, range(2000))),
    **{f"{count} letters": (WORDS * 200)[:count] for count in (256, 257, 1024, 1025, 4096, 4097)},
    "6000 letters": (WORDS * 200)[:6000],
    "pictographs": "🖼" * 3000,
}
SOURCE = Credits("Sources", (Credit("Wikipedia", "https://wiki.example/P_(x)?a=1&b=2", "CC"),))
ROW = (Choice("More of him", "artist:vermeer"),)
TABLE = Document(b"stop", "tour.csv", "text/csv")


@cache
def image(size: int = 0, kind: str = "JPEG") -> bytes:
    """Return a picture of so many bytes, or of as many as it needs."""
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(buffer, kind)
    return buffer.getvalue().ljust(size, b"\0")


def pictures(count: int, *sizes: int, alt: str = "") -> tuple[Picture, ...]:
    """Return small pictures, and then some of these sizes."""
    each = [image()] * count + [image(size) for size in sizes]
    return tuple(
        Picture(data, alt or f"Stop {number} of the tour", "image/jpeg")
        for number, data in enumerate(each)
    )


def choices(*widths: int, label: str = "Painter {}") -> tuple[tuple[Choice, ...], ...]:
    """Return rows of so many choices each, whose data are as long as they may be."""
    return tuple(
        tuple(Choice(label.format(c), f"{r}:{c}:".ljust(64, "z")) for c in range(width))
        for r, width in enumerate(widths)
    )


def of_blocks() -> Iterator[tuple[str, Reply]]:
    """Give every kind of block with every text, all between a title and a source."""
    for name, text in TEXTS.items():
        blocks: dict[str, Block] = {
            "paragraph": Paragraph(text),
            "note": Note(text),
            "bullets": Bullets((text, "a pearl", text)),
            "credits": Credits(text, (Credit(text, "https://x.example", text), Credit("B", text))),
        }
        yield f"title, {name}", Reply((Title(text), SOURCE), (ROW,))
        yield f"title alone, {name}", Reply((Title(text),), (ROW,))
        for kind, block in blocks.items():
            yield f"{kind}, {name}", Reply((Title("The Pearl"), block, SOURCE), (ROW,))
    many = tuple(Credit(f"Page {n}", "https://x.example/" + "y" * 900, "CC BY") for n in range(60))
    yield "sixty sources", Reply((Title("The Pearl"), Paragraph(WORDS), Credits("From", many)))
    yield "long sources twice", Reply((Credits("From", many), Credits("And", many)), (ROW,))
    yield "many blocks", Reply((Title("The Pearl"), *[Paragraph(WORDS * 3)] * 90, SOURCE), (ROW,))


def of_choices() -> Iterator[tuple[str, Reply]]:
    """Give rows of buttons, more and wider than fit, and labels too long or empty."""
    rows = {
        **{str(n): choices(n) for n in (5, 6, 8, 9, 25, 26, 100, 101, 130)},
        "five rows of five": choices(*[5] * 5),
        "a row each": choices(*[1] * 27),
        "rows that are empty": ((), ROW, ()),
        "uneven rows": choices(1, 7, 1, 2, 5, 9, 1),
        "the same data": ((ROW * 9),) * 3,
        "long labels": choices(3, label=WORDS * 4 + "{}"),
        "labels of pictographs": choices(3, label="🖼" * 99 + "{}"),
        "empty labels": choices(3, label=" "),
        "broken labels": choices(2, label="\ud83d\0{}"),
    }
    for name, each in rows.items():
        yield f"choices, {name}", Reply((Title("The Pearl"), SOURCE), each)
        yield f"choices alone, {name}", Reply((), each)
        yield f"choices in place, {name}", Reply((Paragraph("Which?"),), each, replaces=True)


def of_files() -> Iterator[tuple[str, Reply]]:
    """Give pictures and documents, too many and too large for some platform or for all."""
    shown = {
        **{str(n): pictures(n) for n in (1, 2, 10, 11, 25)},
        "one too large for the web": pictures(0, 2 * MIB + 1),
        "one too large": pictures(0, 10 * MIB + 1),
        "one of the largest": pictures(0, 10 * MIB),
        "all too large": pictures(0, *[10 * MIB + 1] * 2),
        "two and one too large": pictures(2, 10 * MIB + 1),
        "ten and one too large": pictures(10, 10 * MIB + 1),
        "ten large ones": pictures(0, *[6 * MIB] * 10),
        **{f"words of {n}": pictures(2, alt=(WORDS * 99)[:n]) for n in (1024, 1025, 6000)},
        "no words": pictures(1, alt=" "),
        "no words for three": pictures(3, alt=" "),
        "broken words": pictures(1, alt="pearl \ud83d"),
        "PNG": (Picture(image(kind="PNG"), "A timeline", "image/png"),),
    }
    beside = {"alone": Reply(()), "with words": Reply((Title("The Pearl"), SOURCE), (ROW,))}
    beside["with long words"] = Reply((Title("The Pearl"), Paragraph(WORDS * 99), SOURCE), (ROW,))
    for (name, each), (how, reply) in product(shown.items(), beside.items()):
        yield (
            f"pictures {how}, {name}",
            Reply(reply.blocks, reply.choices, pictures=each, key="recap:1"),
        )
    large = {
        size: Document(bytes(size * MIB + 1), "tour.pdf", "application/pdf") for size in (8, 10, 50)
    }
    papers = {
        "one": (TABLE,),
        "eleven": tuple(Document(b"stop", f"{n}.csv", "text/csv") for n in range(11)),
        **{f"one above {size} MiB": (document, TABLE) for size, document in large.items()},
        "a long name": (Document(b"stop", "n" * 240 + ".csv", "text/csv"),),
    }
    for (name, files), blocks in product(papers.items(), ((), (Title("The Pearl"), SOURCE))):
        yield f"documents, {name}, {len(blocks)} blocks", Reply(blocks, documents=files)
    said = (Title("The Pearl"), SOURCE)
    yield (
        "all at once",
        Reply(said, choices(30), pictures=pictures(12), documents=(TABLE,) * 2, toast="Noted"),
    )


def of_polls() -> Iterator[tuple[str, Reply]]:
    """Give polls at Telegram's limits and beyond; their blocks and choices ask the same."""
    options = {n: tuple(f"Painter {i}" for i in range(n)) for n in (1, 2, 10, 11)}
    alike = tuple(WORDS * 3 + str(i) for i in range(3))
    polls = {
        **{f"{n} options": Poll("Who?", names, 0, "", 20, names) for n, names in options.items()},
        "options alike": Poll("Who?", alike, 0, "", 20, ("0", "1", "2")),
        "an empty option": Poll("Who?", ("", "B"), 0, "", 20, ("0", "1")),
        **{
            f"{n} letters": Poll((WORDS * 9)[:n], ("A" * n, "B" * n), 1, WORDS * n, 20, ("0", "1"))
            for n in (100, 101, 300, 301)
        },
        "lines": Poll("Who?", ("A", "B"), 1, "a\nb\nc\nd\ne", 20, ("0", "1")),
        "markup": Poll(MARKUP, (MARKUP, "B"), 0, MARKUP, 20, ("0", "1")),
        "broken": Poll("Who? \ud83d", ("A \udc00", "B"), 0, "\ud83d", 20, ("0", "1")),
        **{f"{n} s": Poll("Who?", ("A", "B"), 0, "", n, ("0", "1")) for n in (0, 4, 600, 601)},
    }
    for name, poll in polls.items():
        rows = tuple((Choice(o, f"quiz:{i}"),) for i, o in enumerate(poll.options))
        yield f"poll, {name}", Reply((Paragraph(poll.question),), rows, poll=poll, key="quiz:1")


def of_all(seed: int = 20261123, count: int = 40) -> Iterator[tuple[str, Reply]]:
    """Give replies that put together parts of the others by chance."""
    chance = random.Random(seed)
    some = [reply for kind in (of_blocks, of_choices, of_polls) for _, reply in kind()]
    for number in range(count):
        one, other, third = chance.sample(some, 3)
        blocks = [*one.blocks, *other.blocks, *third.blocks]
        yield (
            f"mixed {number}",
            Reply(
                tuple(chance.sample(blocks, len(blocks))),
                other.choices,
                replaces=chance.random() < 0.3,
                pictures=pictures(chance.choice([0, 0, 1, 2, 11])),
                documents=(TABLE,) * chance.randint(0, 2),
                key=chance.choice(["", "round:1"]),
            ),
        )
