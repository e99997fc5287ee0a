"""Scenes on Discord: the whole conversation in simcord's Discord."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from bot import app
from bot.conversation.assistant import Assistant
from bot.conversation.speech import Parts
from bot.memory.tables import RoundRow
from bot.settings import Settings
from tests.peers.discord_world import World, discord_world, until
from tests.transcripts.discord_chat import seen
from tests.transcripts.messages import Scene
from tests.transcripts.museum import NAME, open_museum
from tests.transcripts.painted import harbour, hung, meadow


@asynccontextmanager
async def discord(folder: Path) -> AsyncIterator[tuple[World, Parts]]:
    """Run the conversation with the museum in a Discord that lets it read messages."""
    await open_museum(folder / "data", folder / "art")
    settings = Settings(_env_file=None, data_folder=folder / "data", wikipedia=False)
    async with app.open_parts(settings) as parts:
        assistant = Assistant(parts)
        menu = app.discord_menu(assistant, parts.phrases)
        options: dict[str, Any] = {"message_content": True, "settle_timeout": 30}
        async with discord_world(assistant, menu, **options) as world:
            yield world, parts


async def identify(world: World) -> Scene:
    """Somebody shows a picture, and somebody asks Docent about it."""
    photo = hung(meadow(), 40)
    guild = world.env.create_guild(NAME, preferred_locale="en-GB")
    hall = guild.create_text_channel("hall")
    bo, ann = members(world, guild, "bo", "ann")
    words = "Look at this one!"
    first = await bo.send(hall, words, attachments=[("photo.jpg", photo)])
    await ann.slash(hall, "identify", picture=("photo.jpg", photo))
    said = await seen(hall, bo, first.id, "identify")
    return Scene("discord-identify", "discord", "# hall", NAME, said)


async def tour(world: World, parts: Parts) -> Scene:
    """Friends on a tour in its thread: a photo, the question, and the answer in its place."""
    guild = world.env.create_guild(NAME, preferred_locale="en-GB")
    hall = guild.create_text_channel("visits")
    ann, bo, cleo, dov = members(world, guild, "ann", "bo", "cleo", "dov")
    await ann.slash(hall, "tour", what=f"start {NAME}")
    (thread,) = hall.threads
    await ann.click(thread.last_message, custom_id="docent:tour:game")
    await bo.send(thread, "", attachments=[("photo.jpg", hung(harbour(), 30))])
    await play(world, parts, thread, ((ann, 0), (bo, 1), (cleo, 0)))
    await cleo.send(thread, "", attachments=[("photo.jpg", hung(meadow(), 40))])
    said = await seen(thread, dov)
    return Scene("discord-tour", "discord", f"# {thread.name}", "a thread of # visits", said)


async def play(world: World, parts: Parts, thread: Any, taps: Sequence[tuple[Any, int]]) -> None:
    """Have people tap, the right name (0) or another, and wait for the answer."""
    question = thread.last_message
    for actor, wrong in taps:
        names = [c.label for row in question.components for c in row.children]
        right = names.index("Ann Inkling")
        await tap(actor, question, (right + wrong) % len(names))
    async with parts.store.writing() as session:
        open_ = update(RoundRow).where(RoundRow.closed.is_(None))
        await session.execute(open_.values(ends=datetime.now(UTC) - timedelta(seconds=1)))
    async with world.telling():
        await until(lambda: shown(thread, question).embeds[0].title)


def members(world: World, guild: Any, *names: str) -> list[Any]:
    """Return new people who are in a server."""
    return [guild.add_member(world.env.create_user(name)) for name in names]


def shown(thread: Any, message: Any) -> Any:
    """Return a message as it is now."""
    return next(m for m in thread.history() if m.id == message.id)


async def tap(actor: Any, question: Any, number: int) -> None:
    """Tap one of a question's buttons."""
    every = [c for row in question.components for c in row.children]
    await actor.click(question, custom_id=every[number].custom_id)


async def discord_scenes(folder: Path) -> Sequence[Scene]:
    """Play them all."""
    async with discord(folder) as (world, parts):
        return [await identify(world), await tour(world, parts)]
