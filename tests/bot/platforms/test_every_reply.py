"""Every kind of reply, through every platform, at the limits of each: all of it fits, none is lost.

What a platform cuts, how it escapes and in which order it shows things is tested beside it; that
Docent's own texts fit whole, in ``test_texts_fit.py``.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from telegram import Bot, Update

from bot.conversation.replies import Reply, Title
from bot.platforms.discord.sending import plain
from bot.platforms.telegram.outgoing import TapAnswer
from bot.platforms.texts import clean, units
from bot.platforms.web.rendering import rendered
from bot.platforms.web.schemas import Answer
from tests.bot.platforms import every_reply
from tests.bot.platforms.every_reply import MIB
from tests.bot.platforms.screens import (
    letters,
    lost,
    on_discord,
    on_telegram,
    on_web,
    telegram,
    too_much,
)
from tests.peers import discord_spec
from tests.peers.telegram_server import BotApiServer
from tests.peers.telegram_server import spec as telegram_spec

KINDS: dict[str, Callable[[], Iterator[tuple[str, Reply]]]] = {
    "blocks": every_reply.of_blocks,
    "choices": every_reply.of_choices,
    "files": every_reply.of_files,
    "polls": every_reply.of_polls,
    "mixed": every_reply.of_all,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def require(there: bool, what: str) -> None:
    """Skip, or in CI fail, where something is missing."""
    if not there:
        report = pytest.fail if os.environ.get("CI") else pytest.skip
        report(f"missing: {what}")


@pytest.fixture
async def api() -> AsyncIterator[tuple[BotApiServer, Bot]]:
    """A strict Bot API server, and a bot that a person has spoken to."""
    require(telegram_spec.PATH.exists(), "Telegram's published description")
    async with telegram() as both:
        yield both


# Telegram


@every_kind
async def test_telegram_takes_it_and_shows_it(kind: str, api: tuple[BotApiServer, Bot]) -> None:
    found: dict[str, list[str]] = {}
    server, bot = api
    for name, reply in KINDS[kind]():
        screen = await on_telegram(server, bot, reply)
        wrong = server.problems + lost(reply, screen, 10 * MIB, 50 * MIB, 100)
        wrong += [f"label {label!r}" for label in screen.labels if not 0 < units(label) <= 64]
        wrong += [] if screen.polls or not can_be_asked(reply) else ["it is no poll"]
        found[name] = wrong
        server.problems.clear()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def can_be_asked(reply: Reply) -> bool:
    """Return whether Telegram takes a poll: two to ten options that are told apart."""
    options = [clean(option)[:99] for option in reply.poll.options] if reply.poll else []
    return 2 <= len(options) <= 10 and all(options) and len(set(options)) == len(options)


@pytest.mark.parametrize("name", every_reply.TEXTS)
async def test_telegram_shows_a_word_in_passing(name: str, api: tuple[BotApiServer, Bot]) -> None:
    server, bot = api
    server.people.tap(server.people.send_text(7, "?"), "x", person=7)
    update = Update.de_json(server.people.updates[-1], bot)
    assert update is not None and update.callback_query is not None
    await TapAnswer(update.callback_query).give(every_reply.TEXTS[name], alone=True)
    assert len(server.calls("answerCallbackQuery")) == 1
    assert server.problems == []


# Discord


@pytest.fixture(scope="module")
def described() -> discord_spec.DiscordSpecification:
    require(discord_spec.PATH.exists(), "Discord's published description")
    return discord_spec.DiscordSpecification()


@every_kind
async def test_discord_takes_it_and_shows_it(
    kind: str, described: discord_spec.DiscordSpecification
) -> None:
    found: dict[str, list[str]] = {}
    for name, reply in KINDS[kind]():
        screen, bodies = await on_discord(reply)
        wrong = lost(reply, screen, 10 * MIB, 10 * MIB, 100)
        found[name] = wrong + [w for body in bodies for w in too_much(body, described)]
        least, bodies = await on_discord(reply, refuses=True)
        wrong = [w for body in bodies for w in too_much(body, described)]
        title = [b.text for b in reply.blocks[:1] if isinstance(b, Title)]
        found[name] += [*wrong, *(["no title in words"] if not all(map(least.says, title)) else [])]
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("name", every_reply.TEXTS)
def test_discord_shows_a_word_in_passing(
    name: str, described: discord_spec.DiscordSpecification
) -> None:
    assert too_much(plain(every_reply.TEXTS[name]), described) == []


# The web


@every_kind
def test_the_web_takes_it_and_shows_it(kind: str) -> None:
    every = KINDS[kind]()
    found = {name: lost(reply, on_web(reply), 2 * MIB, 8 * MIB, 10**9) for name, reply in every}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("name", every_reply.TEXTS)
def test_the_web_shows_a_word_in_passing(name: str) -> None:
    told = rendered(Reply((), toast=every_reply.TEXTS[name], again=every_reply.TEXTS[name]))
    answer = Answer.model_validate_json(told.model_dump_json())
    assert letters(answer.toast) == letters(clean(every_reply.TEXTS[name])) == letters(answer.again)
