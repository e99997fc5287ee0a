"""What Telegram shows of the bot before anybody writes to it: its commands, its description."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.conversation.phrases import FALLBACK
from bot.platforms.telegram import limits
from bot.platforms.texts import shorten

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Profile:
    """What the bot shows of itself in one language."""

    menu: Mapping[str, str]
    """Command → a few words."""
    description: str = ""
    """What an empty chat with the bot shows."""
    short_description: str = ""
    """The words on its profile."""


async def publish(bot: Bot, profiles: Mapping[str, Profile]) -> None:
    """Tell Telegram what changed; the English profile is for every language that has none.

    Telegram takes few such changes, so that each is asked for first. A failure is logged only.
    """
    for language, profile in profiles.items():
        code = None if language == FALLBACK else language
        try:
            await _publish_menu(bot, profile, code)
            await _publish_words(bot, profile, code)
        except TelegramError as error:
            log.warning("What Telegram shows of Docent is not up to date: %s", error)
            return


async def _publish_menu(bot: Bot, profile: Profile, code: str | None) -> None:
    menu = [
        BotCommand(name, shorten(text, limits.COMMAND_UNITS)) for name, text in profile.menu.items()
    ]
    if menu != list(await bot.get_my_commands(language_code=code)):
        await bot.set_my_commands(menu, language_code=code)


async def _publish_words(bot: Bot, profile: Profile, code: str | None) -> None:
    words = shorten(profile.description, limits.DESCRIPTION_CHARACTERS)
    short = shorten(profile.short_description, limits.SHORT_DESCRIPTION_CHARACTERS)
    if words and words != (await bot.get_my_description(code)).description:
        await bot.set_my_description(words, code)
    if short and short != (await bot.get_my_short_description(code)).short_description:
        await bot.set_my_short_description(short, code)
