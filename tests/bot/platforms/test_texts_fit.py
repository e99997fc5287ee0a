"""What Docent tells fits into one message, whole, in every language."""

import pytest

from bot.conversation.assistant import Assistant
from bot.conversation.help import MENU
from bot.conversation.phrases import Phrases, read_catalogs
from bot.conversation.replies import Reply
from bot.conversation.speech import Parts
from bot.platforms.discord import limits as discord_limits
from bot.platforms.discord.rendering import described
from bot.platforms.telegram import limits
from bot.platforms.telegram.rendering import render
from bot.platforms.texts import units
from tests.bot.conversation.speaking import Visitor, buttons

LANGUAGES = Phrases().languages
ALL = 10**9
LONG_NAME = 40
"""Characters of a painter's or a movement's name on a button."""


def fits(reply: Reply) -> None:
    """Check that nothing of a reply is cut."""
    assert render(reply).html == render(reply, ALL).html
    on_discord = described(reply.blocks, discord_limits.DESCRIPTION_UNITS)
    assert on_discord == described(reply.blocks, ALL)
    for button in buttons(reply):
        assert units(button.label) <= limits.BUTTON_UNITS, button.label
    assert units(reply.toast) <= limits.TOAST_UNITS


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everything_that_is_translated_fits_whole(
    assistant: Assistant, parts: Parts, language: str
) -> None:
    ann = Visitor(assistant)
    await ann.asks("language", language)
    for id_ in parts.library.movements:
        fits(await ann.sends_data(f"style:{id_}"))
    translation = parts.library.in_language(language)
    told = [id_ for id_ in parts.library.artists if translation.artists[id_].text]
    for id_ in told[::5]:
        fits(await ann.sends_data(f"artist:{id_}"))
        fits(await ann.sends_data(f"works:{id_}"))
    for command in MENU:
        fits(await ann.asks(command))
    for pair in ("Baroque and Rococo", "Rembrandt and Vermeer"):
        fits(await ann.asks("compare", pair))
    fits(await ann.asks("collection", "new Ours"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_and_buttons_fit(language: str) -> None:
    for message in read_catalogs()[language]:
        key = str(message.id)
        if key.startswith("menu_"):
            assert units(str(message.string)) <= limits.COMMAND_UNITS
        if key.startswith("button_"):
            said = str(message.string).format(name="x" * LONG_NAME, title="x" * LONG_NAME)
            assert units(said) <= limits.BUTTON_UNITS, said
