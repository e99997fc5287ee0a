"""The same tour on every platform ends with the same table, which is what its taps say."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from bot.conversation.speech import Parts
from tests.bot.conftest import library, parts, store
from tests.bot.conversation.conftest import knowing
from tests.peers.conftest import require_telegrams_description
from tests.peers.discord_world import require_discord
from tests.peers.tour_on_discord import on_discord
from tests.peers.tour_on_telegram import on_telegram
from tests.peers.tour_on_web import on_web
from tests.peers.tour_scenario import Step, play, recounted, script, standings

__all__ = ["knowing", "library", "parts", "store"]  # fixtures

Opened = Callable[[Parts, tuple[str, ...]], AbstractAsyncContextManager[Any]]
FIVE = ("Ann", "Bob", "Cat", "Dan", "Eva")
SEED = 3
ALONE = ("Guest",)
"""As the web chat calls whoever visits it."""


async def ends(
    opened: Opened, parts: Parts, names: tuple[str, ...], steps: Sequence[Step]
) -> tuple[list[dict[str, str]], dict[str, tuple[int, int]]]:
    """Play a tour on a stage; return its table and who is how far, both recounted."""
    async with opened(parts, names) as stage:
        members, ended = await play(stage, steps)
    rows, ranks = recounted(members, ended), standings(ended)
    points = members.points({int(row["number"]): row["artist"] for row in rows})
    first = {
        name: 1 + sum(more > count for more in points.values()) for name, count in points.items()
    }
    assert ranks == {name: (first[name], count) for name, count in points.items()}
    return rows, ranks


async def test_five_people_on_telegram_and_on_discord(knowing: Parts) -> None:
    """Both in one database, one in English and one in German: nothing of it is in the tables."""
    require_telegrams_description()
    require_discord()
    steps = script(SEED, len(FIVE))
    telegram = await ends(on_telegram, knowing, FIVE, steps)
    discord = await ends(on_discord, knowing, FIVE, steps)
    assert telegram == discord


async def test_one_person_on_telegram_on_discord_and_on_the_web(knowing: Parts) -> None:
    require_telegrams_description()
    require_discord()
    steps = script(SEED, len(ALONE))
    telegram = await ends(on_telegram, knowing, ALONE, steps)
    assert await ends(on_discord, knowing, ALONE, steps) == telegram
    assert await ends(on_web, knowing, ALONE, steps) == telegram
