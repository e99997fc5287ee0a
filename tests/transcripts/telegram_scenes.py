"""Scenes on Telegram: the whole bot as its own process at a loopback Bot API server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server.record import Sent
from tests.running import running_docent
from tests.transcripts.messages import Scene
from tests.transcripts.museum import NAME, open_museum
from tests.transcripts.painted import harbour, hung, meadow, table
from tests.transcripts.telegram_chat import seen

ADA, BO, CLEO, DOV = 7, 8, 9, 10
NAMES = {ADA: "Ada", BO: "Bo", CLEO: "Cleo", DOV: "Dov"}
GROUP, TITLE = -1001234567890, "Tuesday at the museum"
TAPPED = "Paul Signac"
"""The guess that Ada taps: a pointillist for a picture of dots."""
ANSWER_SECONDS = 90
"""A round lasts 45 s, and not all tap."""
FILES = 2
"""Of a recap: the PDF and the table."""


@asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[BotApiServer]:
    """Run Docent with the museum beside a server; nothing it asks may be against the rules."""
    await open_museum(folder / "data", folder / "art")
    async with BotApiServer() as server:
        settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.url}
        async with running_docent(folder / "data", **settings):
            yield server
        assert server.problems == []


async def known_work(server: BotApiServer) -> Scene:
    """Somebody alone sends a photo of a work that the museum has."""
    server.people.send_text(ADA, f"/museum {NAME}")
    await server.next_message()
    photo = server.people.send_photo(ADA, hung(harbour(), 30))
    await server.next_message()
    return private(server, "telegram-work", photo["message_id"])


async def guesses_and_life(server: BotApiServer) -> list[Scene]:
    """A work that nobody knows: three guesses, and the life of the one that is tapped."""
    photo = server.people.send_photo(ADA, hung(meadow(), 40))
    sent = await server.next_message()
    guessed = private(server, "telegram-guesses", photo["message_id"])
    server.people.tap(sent.message, sent.button(TAPPED))
    await server.next_edit()
    return [guessed, private(server, "telegram-life", sent.message["message_id"])]


async def tour(server: BotApiServer) -> list[Scene]:
    """Four friends on a tour: its page, a question, its answer, two works more, the recap."""
    people = server.people
    people.room(GROUP).title = TITLE
    for person, name in NAMES.items():
        people.join(GROUP, person, name, admin=person == ADA)
    start = people.send_text(GROUP, f"/tour start {NAME}", person=ADA)
    page = await server.next_message()
    for wish in ("tour:game", "tour:photos"):
        data = next(b["callback_data"] for b in page.buttons if b["callback_data"] == wish)
        people.tap(page.message, data, person=ADA)
        page = await server.next_edit()
    photo, asked = await show(server, BO, hung(harbour(), 30))
    scenes = [group(server, "telegram-tour", start["message_id"])]
    await play(server, asked, {ADA: "Ann Inkling", BO: "Ann Inkling", CLEO: "", DOV: ""})
    scenes.append(group(server, "telegram-answer", photo["message_id"]))
    _, asked = await show(server, CLEO, hung(meadow(), 40))
    await play(server, asked, {ADA: "Paul Signac", BO: "Paul Signac", CLEO: ""})
    _, asked = await show(server, DOV, hung(table(), 20))
    await play(server, asked, {ADA: "", BO: "Bo Vermilion", DOV: "Bo Vermilion"})
    end = people.send_text(GROUP, "/tour end", person=ADA)
    while sum(len(m.files) for m in seen(server, GROUP, ADA, end["message_id"])) < FILES:
        await server.next_message(60)
    return [*scenes, group(server, "telegram-recap", end["message_id"])]


async def show(server: BotApiServer, person: int, picture: bytes) -> tuple[dict[str, Any], Sent]:
    """Have somebody send a photo; return it and the question about it."""
    photo = server.people.send_photo(GROUP, picture, person=person)
    return photo, await server.next_message(30)


async def play(server: BotApiServer, asked: Sent, taps: dict[int, str]) -> None:
    """Have people tap a painter, or with "" the last other one; wait for the answer."""
    for person, name in taps.items():
        right = [b for b in asked.buttons if b["text"] == name]
        others = [b for b in asked.buttons if b["text"] not in taps.values()]
        button = (right or others or asked.buttons)[-1]
        server.people.tap(asked.message, button["callback_data"], person=person)
    await server.next_edit(ANSWER_SECONDS)


def private(server: BotApiServer, name: str, since: int) -> Scene:
    """Return what Ada sees in her chat with Docent from a message on."""
    return Scene(name, "telegram", "Docent", "bot", seen(server, ADA, ADA, since), is_group=False)


def group(server: BotApiServer, name: str, since: int) -> Scene:
    """Return what Ada sees in the group from a message on."""
    about = f"{len(NAMES) + 1} members"
    return Scene(name, "telegram", TITLE, about, seen(server, GROUP, ADA, since))


async def telegram_scenes(folder: Path) -> list[Scene]:
    """Play them all; a few minutes, since the game takes its time."""
    async with telegram(folder) as server:
        alone = [await known_work(server), *await guesses_and_life(server)]
        return [*alone, *await tour(server)]
