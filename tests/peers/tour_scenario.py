"""One tour for every platform: who photographs and taps what, told in no platform's words."""

import asyncio
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import select, update

from bot.conversation.speech import Parts
from bot.memory.tables import RoundRow
from tests.bot.conversation.tours.touring import LIKE_HOKUSAI, NEW, SELFIE, STUDY, WAVE
from tests.peers.tour_members import Members, rows_of

WORKS = {"wave": WAVE, "study": STUDY, "new": NEW, "like Hokusai": LIKE_HOKUSAI}
"""Two works that are known on sight, one that nobody knows, one whose hand is guessed for sure."""
SHOWN_ONCE = {"like Hokusai"}
"""On this made scene a patch is taken for the canvas, too small to recognise the whole by."""
FACE = "a face"
PICTURES = {**WORKS, FACE: SELFIE}
RANK = re.compile(r"^(\d+)\\?\. (\w+): (\d+) ", re.MULTILINE)
JOIN, GAME, HAND = "join:", "tour:game", "hand:"
"""What the buttons carry, in full or at the beginning, that start a tour and that are guesses."""


@dataclass(frozen=True)
class Shows:
    """Somebody photographs something."""

    person: int
    what: str


@dataclass(frozen=True)
class Taps:
    """Somebody taps one of the three names, counted in the order of their letters."""

    person: int
    what: str
    name: int
    late: bool = False


@dataclass(frozen=True)
class Again:
    """What was brought as the ``number``-th thing, counted from 0, comes once more."""

    number: int


@dataclass(frozen=True)
class Restarts:
    """Docent is stopped and started, and knows only what it kept."""


@dataclass(frozen=True)
class TimeIsOver:
    """Nobody can tap any more, and the answer is told."""

    what: str


Step = Shows | Taps | Again | Restarts | TimeIsOver


@dataclass(frozen=True)
class Asked:
    """A question on somebody's screen: what it says, its names, and what its stage knows it by."""

    words: str
    names: tuple[str, ...]
    handle: Any


@dataclass(frozen=True)
class Ended:
    """A tour's end: the table, as a file's bytes, and the words that came with it."""

    table: bytes
    words: str


class Stage(Protocol):
    """A platform on which a tour is played, by people who are numbered from 1; the first leads."""

    parts: Parts
    names: tuple[str, ...]

    async def begins(self) -> None:
        """Start a tour with its game, and have everybody come along."""

    async def shows(self, person: int, picture: bytes, *, silent: bool) -> Asked | None:
        """Show a photo; return its question, if that is the answer. ``silent``: nothing comes."""

    async def taps(self, person: int, asked: Asked, name: str) -> None:
        """Tap a name, and wait until that is acknowledged. The question may be gone by then."""

    async def again(self, number: int) -> None:
        """Bring a photo or a tap once more, where the platform is known to do so."""

    async def reads(self, asked: Asked) -> str:
        """Return what took a question's place, as soon as it did."""

    async def restarts(self) -> None:
        """Stop Docent and start it anew."""

    async def ends(self) -> Ended:
        """End the tour."""

    def said(self) -> int:
        """Return how many messages Docent wrote since the tour began."""


def script(seed: int, people: int) -> list[Step]:
    """Return a tour of all works, some photographed twice, with everything that can come between.

    Everybody but one taps, so that each round ends by its time; who taps first has another idea
    later, and that first tap comes once more. One who is alone taps once, and one question never.
    """
    chance = random.Random(seed)
    works = chance.sample(list(WORKS), len(WORKS))
    steps: list[Step] = []
    for place, what in enumerate(works):
        before = [work for work in works[: place + 1] if work not in SHOWN_ONCE]
        steps.append(Shows(chance.randint(1, people), what))
        steps += [Again(_brought(steps) - 1)] if place == 0 else []
        steps += _round(chance, people, what, _brought(steps), rests=place == 1, quiet=place == 2)
        steps.append(TimeIsOver(what))
        steps.append(Shows(chance.randint(1, people), chance.choice([FACE, *before])))
        steps += [Restarts()] if place == 2 else []
        late = chance.choice(works[: place + 1])
        steps.append(Taps(chance.randint(1, people), late, chance.randrange(3), late=True))
    return [*steps, Shows(chance.randint(1, people), FACE)]


def _round(
    chance: random.Random, people: int, what: str, brought: int, *, rests: bool, quiet: bool
) -> list[Step]:
    """Return the taps of a round, ``rests``: with a restart amid them."""
    players = chance.sample(range(1, people + 1), max(people - 1, 1))
    order = [*players, players[0]] if people > 1 else players[: not quiet]
    taps: list[Step] = [Taps(person, what, chance.randrange(3)) for person in order]
    if rests:
        taps.insert(len(taps) // 2, Restarts())
    return [*taps, Again(brought)] if people > 1 else taps


def _brought(steps: Sequence[Step]) -> int:
    return sum(isinstance(step, Shows | Taps) for step in steps)


@dataclass
class Played:
    """A tour on its way over one stage."""

    stage: Stage
    members: Members
    questions: dict[str, Asked] = field(default_factory=dict)
    silences: int = 0

    async def show(self, step: Shows) -> None:
        """Have a photo shown; the first of a work brings its question, under the next number."""
        silent = step.what == FACE and len(self.stage.names) > 1
        asked = await self.stage.shows(step.person, PICTURES[step.what], silent=silent)
        self.silences += silent
        is_new = step.what in WORKS and step.what not in self.questions
        assert (asked is not None) == is_new, f"{type(self.stage).__name__}: {step}, {asked}"
        if asked is not None:
            self.questions[step.what] = asked
            assert re.findall(r"\d+", asked.words)[0] == str(len(self.questions))
            assert len(asked.names) == 3

    async def tap(self, step: Taps) -> None:
        """Have somebody tap, and note it unless it is too late."""
        asked = self.questions[step.what]
        name = sorted(asked.names)[step.name]
        await self.stage.taps(step.person, asked, name)
        if not step.late:
            self.members.note(list(self.questions).index(step.what) + 1, step.person, name)

    async def answer(self, step: TimeIsOver) -> None:
        """End the open round, and wait for its answer."""
        await time_is_over(self.stage.parts)
        assert await self.stage.reads(self.questions[step.what])


async def play(stage: Stage, steps: Sequence[Step]) -> tuple[Members, Ended]:
    """Play a tour; return what its people did, and its end."""
    played = Played(stage, Members(random.Random(0), stage.names))
    await stage.begins()
    for step in steps:
        match step:
            case Shows():
                await played.show(step)
            case Taps():
                await played.tap(step)
            case Again(number):
                await stage.again(number)
            case Restarts():
                await stage.restarts()
            case TimeIsOver():
                await played.answer(step)
    shown = sum(isinstance(step, Shows) for step in steps)
    assert stage.said() == shown - played.silences, "one message a photo"
    return played.members, await stage.ends()


async def time_is_over(parts: Parts) -> None:
    """Let the time of every open round be over, once its question is known to be on a screen."""
    unseen = select(RoundRow.stop).where(RoundRow.closed.is_(None), RoundRow.message == "")
    async with asyncio.timeout(10):
        while True:
            async with parts.store.reading() as session:
                if not (await session.scalars(unseen)).all():
                    break
            await asyncio.sleep(0.01)
    async with parts.store.writing() as session:
        open_ = update(RoundRow).where(RoundRow.closed.is_(None))
        await session.execute(open_.values(ends=datetime.now(UTC) - timedelta(seconds=1)))
    parts.bell.ring()


def recounted(members: Members, ended: Ended) -> list[dict[str, str]]:
    """Return the table's rows, times aside, if they are what a plain recount of the taps says."""
    rows = [{k: v for k, v in row.items() if k != "time"} for row in rows_of(ended.table)]
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    for number, row in enumerate(rows, start=1):
        taps = members.tapped.get(number, {})
        assert int(row["guessed"]) == len(taps)
        assert {name for name in row["right"].split("; ") if name} == members.right(
            number, row["artist"]
        )
        if row["decided_by"] != "docent":
            assert (row["artist"], row["decided_by"]) == members.decision(number)
    return rows


def standings(ended: Ended) -> dict[str, tuple[int, int]]:
    """Return everybody's rank and points, as the end of a tour tells them."""
    return {m[2]: (int(m[1]), int(m[3])) for m in RANK.finditer(ended.words)}
