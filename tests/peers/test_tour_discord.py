"""A tour of five on Discord, with restarts on the way: its table is what the taps say."""

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from bot.memory.tables import RoundRow
from tests.bot.conftest import library, parts, store
from tests.bot.conversation.conftest import knowing
from tests.bot.conversation.tours.touring import LIKE_HOKUSAI, NEW, SELFIE, STUDY, WAVE
from tests.peers.discord_world import World, discord_world, until
from tests.peers.tour_members import rows_of

__all__ = ["knowing", "library", "parts", "store"]  # fixtures

NAMES = ("ann", "bob", "cat", "dan", "eva")
PHOTOS = (WAVE, STUDY, SELFIE, WAVE, NEW, LIKE_HOKUSAI, NEW)
"""Four works, two of them photographed twice, and somebody's face."""
RANK = re.compile(r"^(?P<rank>\d+)\\\. (?P<name>\w+): (?P<points>\d+) point", re.MULTILINE)
STOPS = (WAVE, STUDY, NEW, LIKE_HOKUSAI)


class Five:
    """The members: each photographs and taps, and remembers what was tapped."""

    def __init__(self, world: World, parts: Parts) -> None:
        self.world = world
        self.parts = parts
        users = [world.env.create_user(name) for name in NAMES[1:]]
        self.actors = [world.ann, *(world.guild.add_member(user) for user in users)]
        self.chance = random.Random(5)
        self.tapped: dict[int, dict[str, str]] = {}
        self.questions: list[Any] = []
        self.thread: Any = None

    async def restart(self) -> None:
        """End the bot and start one that knows nothing but what the store has."""
        self.world.platform._assistant = Assistant(self.parts)
        await self.world.restart()

    async def photograph(self, picture: bytes, number: int) -> Sequence[Any]:
        """Show a photo that nobody addresses to Docent; return what was said to it."""
        before = {message.id for message in self.thread.history()}
        who = self.actors[number % 5]
        sent = await who.send(self.thread, "", attachments=[(f"{number}.png", picture)])
        after = self.thread.history()
        return [m for m in after if m.id not in before | {sent.id}]

    async def guess(self, question: Any) -> None:
        """Have four of five tap, one of them twice; each sees alone that it was noted."""
        self.questions.append(question)
        players = self.chance.sample(self.actors, 4)
        for actor in (*players, players[0]):
            await self._tap(actor, question)

    async def _tap(self, actor: Any, question: Any) -> None:
        button = self.chance.choice([c for row in question.components for c in row.children])
        result = await actor.click(question, custom_id=button.custom_id)
        (aside,) = result.followups
        assert aside.ephemeral
        self.tapped.setdefault(len(self.questions), {})[actor.name] = button.label

    async def time_is_over(self) -> None:
        """Let the time of every open round be over; a tap counts until the answer is told."""
        async with self.parts.store.writing() as session:
            open_ = update(RoundRow).where(RoundRow.closed.is_(None))
            await session.execute(open_.values(ends=datetime.now(UTC) - timedelta(seconds=1)))
        await self._tap(self.actors[0], self.questions[-1])

    async def answers_are_told(self) -> None:
        """Wait until every question is its answer."""
        async with self.world.telling():
            await until(lambda: all(self.shown(q).embeds[0].title for q in self.questions))

    def shown(self, message: Any) -> Any:
        """Return a message as it is now."""
        return next(m for m in self.thread.history() if m.id == message.id)

    def right(self, stop: int, artist: str) -> set[str]:
        """Return who tapped a painter last."""
        return {name for name, tapped in self.tapped[stop].items() if tapped == artist}


async def test_five_people_four_works_and_the_table_their_taps_say(
    knowing: Parts,
) -> None:
    assistant = Assistant(knowing)
    async with discord_world(assistant, message_content=True, settle_timeout=30) as world:
        await _tour(Five(world, knowing))


async def _tour(five: Five) -> None:
    world, ann = five.world, five.world.ann
    await ann.slash(world.channel, "tour", what="start")
    (five.thread,) = world.channel.threads
    page = five.thread.last_message
    await ann.click(page, custom_id="docent:tour:game")
    for number, picture in enumerate(PHOTOS):
        said = await five.photograph(picture, number)
        if picture is SELFIE:
            assert said == []
            continue
        (answer,) = said
        if picture in PHOTOS[:number]:
            assert not answer.components
            continue
        await five.guess(answer)
        await five.restart()
        await five.time_is_over()
        await five.answers_are_told()
    messages = len(five.thread.history())
    await five.restart()
    ended = await ann.slash(five.thread, "tour", what="end")
    files = {file.filename: file for m in ended.followups for file in m.attachments}
    csv = next(file for name, file in files.items() if name.endswith(".csv"))
    _recounted(five, rows_of(await csv.read()), ended)
    assert len(five.questions) == len(STOPS)
    assert messages == 1 + len(PHOTOS) + len(PHOTOS) - 1  # the page, and an answer each but one


def _recounted(five: Five, rows: list[dict[str, str]], ended: Any) -> None:
    """Compare every stop and everybody's points with a plain recount."""
    points: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        right = five.right(number, row["artist"]) if row["artist"] else set()
        assert int(row["guessed"]) == len(five.tapped[number])
        assert {name for name in row["right"].split("; ") if name} == right
        for name in five.tapped[number]:
            points[name] = points.get(name, 0) + (name in right)
    assert len(rows) == len(STOPS)
    assert sum(points.values()) > 0
    said = "\n".join(m.embeds[0].description for m in [ended.response] if m.embeds)
    table = {m["name"]: (int(m["rank"]), int(m["points"])) for m in RANK.finditer(said)}
    ranks = {
        name: 1 + sum(more > count for more in points.values()) for name, count in points.items()
    }
    assert table == {name: (ranks[name], count) for name, count in points.items()}
