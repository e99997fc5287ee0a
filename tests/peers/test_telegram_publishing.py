"""What Telegram shows of Docent before anybody writes to it, in each language."""

import json
import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.conversation.phrases import Phrases
from bot.platforms.telegram import Profile, limits
from bot.platforms.telegram.publishing import publish
from tests.peers.telegram_server import BotApiServer

SETS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
PROFILES = {
    "en": Profile({"artist": "A painter's life"}, "I am Docent.", "A museum guide."),
    "de": Profile({"artist": "Ein Malerleben"}, "Ich bin Docent.", "Ein Museumsführer."),
}


@pytest.fixture
async def bot(telegram_server: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(telegram_server.token, f"{telegram_server.url}/bot") as bot:
        yield bot


async def test_commands_and_descriptions_are_published_in_each_language(
    telegram_server: BotApiServer, bot: Bot
) -> None:
    await publish(bot, PROFILES)
    menus, words, short = (telegram_server.calls(method) for method in SETS)
    assert [json.loads(menu["commands"])[0]["description"] for menu in menus] == [
        "A painter's life",
        "Ein Malerleben",
    ]
    assert [each.get("language_code") for each in words] == [None, "de"]
    assert [each["description"] for each in words] == ["I am Docent.", "Ich bin Docent."]
    assert [each["short_description"] for each in short] == [
        "A museum guide.",
        "Ein Museumsführer.",
    ]


async def test_only_what_changed_is_published_again(
    telegram_server: BotApiServer, bot: Bot
) -> None:
    await publish(bot, PROFILES)
    changed = Profile(PROFILES["de"].menu, "Ich bin es, Docent.", PROFILES["de"].short_description)
    await publish(bot, {**PROFILES, "de": changed})
    assert [len(telegram_server.calls(method)) for method in SETS] == [2, 3, 2]


async def test_a_refusal_is_logged_and_ends_nothing(
    telegram_server: BotApiServer, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    telegram_server.refuse("setMyDescription", 429, "Too Many Requests", retry_after=9000)
    await publish(bot, PROFILES)
    assert "What Telegram shows of Docent is not up to date" in caplog.text


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it"])
def test_our_descriptions_fit(language: str) -> None:
    say = Phrases().say
    words = say("bot_description", language)
    assert 100 < len(words) <= limits.DESCRIPTION_CHARACTERS
    short = say("bot_short_description", language)
    assert 40 < len(short) <= limits.SHORT_DESCRIPTION_CHARACTERS
    assert language == "en" or words != say("bot_description", "en")
