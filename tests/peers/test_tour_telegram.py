"""A tour of thirty people on Telegram, with all that goes wrong on the way: nothing is lost."""

import asyncio
import csv
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.peers.hurried import FACTOR
from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server.record import Entry, Sent
from tests.peers.tour_members import GUIDE, Members, rows_of
from tests.running import Docent, running_docent
from tests.shared_data import require

GROUP = -1001234567890
PHOTOS, TAPS_A_STOP, KILLS = 40, 30, (8, 19, 31)
QUESTION = re.compile(r"Stop (\d+), from .*Whose hand")


class Tour:
    """The people's side of the tour: they photograph, tap what is asked, and note it."""

    def __init__(self, server: BotApiServer, pictures: list[bytes]) -> None:
        self.server = server
        self.members = Members(random.Random(20261123))
        self.pictures = pictures
        self.photos: list[dict[str, object]] = []
        self.questions: dict[int, Sent] = {}
        self.late = 0
        self._read = 0

    async def show(self, number: int) -> None:
        """Have somebody send a photo; every seventh comes to the bot twice."""
        person = self.members.somebody()
        sent = self.server.people.send_photo(GROUP, self.pictures[number], person=person)
        self.photos.append(sent)
        if number % 7 == 0:
            self.server.deliver_again(self.server.people.updates[-1])

    def play_new_questions(self) -> None:
        """Have people tap on what was asked since the last time, and some twice."""
        log = self.server.log
        for entry in log[self._read :]:
            found = QUESTION.search(entry.sent.text)
            if not found or entry.method != "sendMessage":
                continue
            stop = int(found[1])
            assert stop not in self.questions, f"stop {stop} was asked twice"
            self.questions[stop] = deepcopy(entry.sent)
            names = [button["text"] for button in entry.sent.buttons]
            for person, name in self.members.play(stop, names, TAPS_A_STOP):
                data = entry.sent.button(name)
                self.server.people.tap(entry.sent.message, data, person=person)
                if self.members.taps % 23 == 0:
                    self.server.deliver_again(self.server.people.updates[-1])
        self._read = len(log)

    def tap_late(self) -> None:
        """Have somebody tap on each question whose answer is out."""
        for stop in self.answered():
            asked = self.questions[stop]
            data = asked.buttons[0]["callback_data"]
            self.server.people.tap(asked.message, data, person=self.members.somebody())
            self.late += 1

    def answered(self) -> set[int]:
        """Return the questions whose answer is out."""
        edits = {
            entry.sent.message["message_id"]
            for entry in self.server.log
            if entry.method.startswith("edit")
        }
        return {s for s, sent in self.questions.items() if sent.message["message_id"] in edits}


@asynccontextmanager
async def docent(server: BotApiServer, folder: Path) -> AsyncIterator[Docent]:
    settings = {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.url}
    async with running_docent(folder, module="tests.peers.hurried", **settings) as running:
        yield running


def enrolled(folder: Path) -> None:
    """Add the museum's catalogue to the bot's data."""
    art = require("estense/collection.csv").parent
    environment = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(folder), "WIKIPEDIA": "false"}
    command = [sys.executable, "-m", "bot", "collection", "add", str(art)]
    subprocess.run([*command, "--name", "Galleria Estense"], env=environment, check=True)


def visits(count: int) -> list[bytes]:
    """Return photos of visits, each of one work of the catalogue: every work, then some again."""
    listed = require("estense/visits.csv")
    with listed.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if re.fullmatch(r"\d+", row["paintings"])]
    first = {row["paintings"]: row for row in reversed(rows)}
    again = [row for row in rows if row not in first.values()]
    chosen = [*first.values(), *again][:count]
    return [_jpeg(listed.parent / row["photo"]) for row in chosen]


def _jpeg(path: Path) -> bytes:
    buffer = BytesIO()
    Image.open(path).convert("RGB").save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


@pytest.fixture
def tour(telegram_server: BotApiServer) -> Tour:
    people = telegram_server.people
    tour = Tour(telegram_server, visits(PHOTOS))
    for person, name in tour.members.persons.items():
        people.join(GROUP, person, name, admin=person == GUIDE)
    telegram_server.strict(FACTOR)
    return tour


async def test_thirty_people_forty_photos_and_six_hundred_taps(
    tour: Tour, telegram_server: BotApiServer, tmp_path: Path
) -> None:
    await asyncio.to_thread(enrolled, tmp_path)
    people = telegram_server.people
    shown = 0
    async with docent(telegram_server, tmp_path):
        people.send_text(GROUP, "/tour start Galleria Estense", person=GUIDE)
        await telegram_server.next_message(60)
        people.send_text(GROUP, "/tour game", person=GUIDE)
        await telegram_server.next_message(60)
    before = len(telegram_server.log)
    for stop_at in (*KILLS, PHOTOS):
        async with docent(telegram_server, tmp_path) as running:
            while shown < stop_at:
                await tour.show(shown)
                shown += 1
                if shown % 5 == 0:
                    telegram_server.refuse("sendMessage", 429, "Too Many Requests", retry_after=1)
                for _ in range(4):
                    await asyncio.sleep(0.2)
                    tour.play_new_questions()
            if stop_at < PHOTOS:
                running.process.kill()
                await running.process.wait()
                tour.play_new_questions()  # people do not see that nobody listens
                continue
            await _all_told(tour)
            tour.tap_late()
            await asyncio.sleep(2)
            said = telegram_server.log[before:]
            people.send_text(GROUP, "/tour end", person=GUIDE)
            table, paper, recap = await _recap(telegram_server)
    _nothing_twice(tour, said)
    _recounted(tour, table, paper, recap)
    assert tour.members.taps + tour.late >= 600
    assert tour.late == len(tour.questions)
    figures = {
        "stops": len(tour.questions),
        "taps": tour.members.taps,
        "late": tour.late,
        "said": len(said),
        "floods": len(telegram_server.floods),
    }
    print(figures)  # noqa: T201 - shown with pytest -s


async def _all_told(tour: Tour) -> None:
    """Wait until every photo is answered and every question's answer is out."""
    async with asyncio.timeout(240):
        quiet = 0
        while quiet < 20:
            before = len(tour.server.log)
            await asyncio.sleep(0.5)
            tour.play_new_questions()
            settled = tour.answered() == set(tour.questions) and len(tour.server.log) == before
            quiet = quiet + 1 if settled else 0


async def _recap(server: BotApiServer) -> tuple[bytes, bytes, str]:
    """Return the recap's table, its PDF and its words."""
    table = paper = b""
    words = ""
    async with asyncio.timeout(120):
        while not (table and paper):
            sent = await server.next_message(120)
            words += "\n" + sent.text
            name = sent.message.get("document", {}).get("file_name", "")
            table = sent.document if name.endswith(".csv") else table
            paper = sent.document if name.endswith(".pdf") else paper
    return table, paper, words


def _nothing_twice(tour: Tour, said: Sequence[Entry]) -> None:
    """One message a photo, edited once at most; the stops are numbered without a gap."""
    sends = [e.sent for e in said if e.method.startswith("send")]
    edits = Counter(e.sent.message["message_id"] for e in said if e.method.startswith("edit"))
    assert len(sends) <= PHOTOS
    assert len(said) <= 2 * PHOTOS
    assert set(edits.values()) <= {1}
    replied = Counter(s.message.get("reply_to_message", {}).get("message_id") for s in sends)
    assert replied == Counter({photo["message_id"]: 1 for photo in tour.photos})


def _recounted(tour: Tour, table: bytes, paper: bytes, recap: str) -> None:
    """Every stop, every right guess and every point is what a plain recount says."""
    rows = {int(row["number"]): row for row in rows_of(table)}
    assert sorted(rows) == list(range(1, len(rows) + 1))
    assert set(tour.questions) <= set(rows)
    for stop, taps in tour.members.tapped.items():
        row = rows[stop]
        assert int(row["guessed"]) == len(taps)
        named = {name for name in row["right"].split("; ") if name}
        assert named == tour.members.right(stop, row["artist"])
    points = tour.members.points({stop: row["artist"] for stop, row in rows.items()})
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert points
    tenth = points.most_common(10)[-1][1]
    for name, count in points.items():
        assert count <= tenth or re.search(rf"{name}: {count} points", recap), (name, count)
        assert re.search(rf"\b{name}\s+{count}\b", text), (name, count, text)
