"""The stage of a tour on Discord: the real bot in simcord's Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from tests.peers.discord_world import World, discord_world, until
from tests.peers.tour_scenario import GAME, HAND, JOIN, Asked, Ended


class OnDiscord:
    """A thread on a server, or a person's own chat with the bot. Nothing is brought twice here."""

    def __init__(self, world: World, parts: Parts, names: tuple[str, ...]) -> None:
        self.parts = parts
        self.names = names
        self._world = world
        users = [world.env.create_user(name.lower(), global_name=name) for name in names]
        self._alone = len(users) == 1
        self._people: list[Any] = (
            users if self._alone else [world.guild.add_member(user) for user in users]
        )
        self._place: Any = users[0].dm_channel if self._alone else world.channel
        self._before = 0

    async def begins(self) -> None:
        page = (await self._command("start")).response
        if not self._alone:
            (self._place,) = self._place.threads
            page = self._place.last_message
        for person in self._people[1:]:
            await person.click(page, custom_id=f"docent:{JOIN}")
        await self._people[0].click(page, custom_id=f"docent:{GAME}")
        self._before = len(self._said())

    async def shows(self, person: int, picture: bytes, *, silent: bool) -> Asked | None:
        before = {message.id for message in self._said()}
        await self._sent(self._people[person - 1], picture)
        said = [message for message in self._said() if message.id not in before]
        assert len(said) == (0 if silent else 1)
        if not said or not (hands := carried(said[0], HAND)):
            return None
        return Asked(said[0].embeds[0].description, tuple(hands), (said[0], hands))

    async def taps(self, person: int, asked: Asked, name: str) -> None:
        """Tap a name; Discord itself lets nobody tap on a button that is there no more."""
        message, hands = asked.handle
        if hands[name] not in carried(self._shown(message), HAND).values():
            return
        result = await self._people[person - 1].click(message, custom_id=hands[name])
        (aside,) = result.followups
        assert aside.ephemeral

    async def again(self, number: int) -> None:
        return None

    async def reads(self, asked: Asked) -> str:
        async with self._world.telling():
            await until(lambda: self._words(asked) != asked.words)
        return self._words(asked)

    async def restarts(self) -> None:
        self._world.platform._assistant = Assistant(self.parts)
        await self._world.restart()

    async def ends(self) -> Ended:
        ended = await self._command("end")
        told = [ended.response, *ended.followups]
        words = "\n".join(e.description or "" for message in told for e in message.embeds)
        files = {file.filename: file for message in told for file in message.attachments}
        (table,) = [file for name, file in files.items() if name.endswith(".csv")]
        return Ended(await table.read(), words)

    def said(self) -> int:
        return len(self._said()) - self._before

    async def _command(self, what: str) -> Any:
        place = () if self._alone else (self._place,)
        return await self._people[0].slash(*place, "tour", what=what)

    async def _sent(self, person: Any, picture: bytes) -> None:
        files = [("photo.png", picture)]
        if self._alone:
            stored = self._world.env.backend.store_attachments(self._place.id, files)
            await person.send_dm("", attachments=stored)
        else:
            await person.send(self._place, "", attachments=files)

    def _said(self) -> list[Any]:
        mine = self._world.bot.user.id
        return [m for m in self._place.history() if m.author.id == mine and not m.flags.ephemeral]

    def _words(self, asked: Asked) -> str:
        return str(self._shown(asked.handle[0]).embeds[0].description)

    def _shown(self, message: Any) -> Any:
        """Return a message as it is now."""
        return next(each for each in self._said() if each.id == message.id)


def carried(message: Any, what: str) -> dict[str, str]:
    """Return the ids of a message's buttons that carry such a thing, by what they say."""
    buttons = [button for row in message.components for button in row.children]
    return {b.label: b.custom_id for b in buttons if b.custom_id.startswith(f"docent:{what}")}


@asynccontextmanager
async def on_discord(parts: Parts, names: tuple[str, ...]) -> AsyncIterator[OnDiscord]:
    """Give a stage; at the end, nothing that the bot sent may have been against the rules."""
    assistant = Assistant(parts)
    async with discord_world(assistant, message_content=True, settle_timeout=30) as world:
        yield OnDiscord(world, parts, names)
