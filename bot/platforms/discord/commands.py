"""The commands of Discord's menu: one a command of the conversation, and one on a picture."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import discord
from discord import app_commands
from discord.app_commands import Choice, Command, ContextMenu, Translator, locale_str

from bot.platforms.discord import limits
from bot.platforms.discord.incoming import pictures_of
from bot.platforms.discord.senders import Interaction
from bot.platforms.texts import shorten, units

ASKED: Mapping[str, str | None] = {
    "artist": "name",
    "works": "painter",
    "movement": "name",
    "painting": "title",
    "timeline": "name",
    "compare": "names",
    "today": None,
    "museum": "name",
    "collection": "what",
    "language": "name",
    "settings": "what",
    "tour": "what",
    "quiz": "what",
    "help": None,
    "start": None,
}
"""What the words after a command are called; ``None`` where there are none."""
WORDS = "words"
"""What they are called after a command that is not listed."""
IDENTIFY = "identify"
FOR_MANAGERS = frozenset({"settings"})
"""Commands that a server shows only to those who manage it, unless its admins choose otherwise."""
NO_WORDS = frozenset({"menu_this_painting"})
"""Names of commands, which are shorter than their descriptions may be."""

Say = Callable[[str, str], str]
"""A phrase by key and language."""


class Suggestion(Protocol):
    """Words that somebody may be typing."""

    @property
    def label(self) -> str:
        """What is shown."""

    @property
    def value(self) -> str:
        """What is asked with it."""


class Answers(Protocol):
    """The bot that answers commands."""

    async def asked(
        self, interaction: Interaction, command: str, argument: str, *, private: bool
    ) -> None:
        """Answer a command with words after it."""

    async def shown(
        self,
        interaction: Interaction,
        files: Sequence[discord.Attachment],
        *,
        private: bool,
    ) -> None:
        """Say what files show."""

    async def suggested(
        self, interaction: Interaction, command: str, typed: str
    ) -> Sequence[Suggestion]:
        """Return what somebody may be typing after a command."""


@dataclass(frozen=True)
class Menu:
    """What Discord's menu of commands says.

    ``say`` returns a phrase; ``suggests`` are the commands whose words are suggested.
    """

    commands: tuple[str, ...]
    languages: tuple[str, ...]
    say: Say
    suggests: frozenset[str] = frozenset()

    def words(self, key: str, language: str = "en") -> str:
        """Return the words of a key, as long as Discord takes them."""
        most = limits.COMMAND_NAME_UNITS if key in NO_WORDS else limits.COMMAND_UNITS
        return shorten(self.say(key, language), most)

    def locale_words(self, key: str) -> locale_str:
        """Return the words of a key, to be translated when Discord is told them."""
        return locale_str(self.words(key), key=key)


class MenuTranslator(Translator):
    """Says the menu in every language that Docent has; names of commands stay."""

    def __init__(self, menu: Menu) -> None:
        """Translate with the words of ``menu``."""
        self._menu = menu

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: Any
    ) -> str | None:
        """Return the words in a locale; ``None`` where they are English or a name."""
        language = locale.value.partition("-")[0]
        key = string.extras.get("key")
        if key is None or language == "en" or language not in self._menu.languages:
            return None
        return self._menu.words(key, language)


def build(menu: Menu, answers: Answers) -> list[Command[Any, ..., Any] | ContextMenu]:
    """Return all commands."""
    asked = [_command(menu, answers, name) for name in menu.commands if name != IDENTIFY]
    return [_identify(menu, answers), _this_painting(menu, answers), *asked]


def _command(menu: Menu, answers: Answers, name: str) -> Command[Any, ..., Any]:
    what = ASKED.get(name, WORDS)
    callback: Callable[..., Awaitable[None]]
    if what is None:

        async def plain(interaction: Interaction, private: bool = False) -> None:
            await answers.asked(interaction, name, "", private=private)

        callback = _described(menu, plain)
    else:

        async def worded(interaction: Interaction, words: str = "", private: bool = False) -> None:
            await answers.asked(interaction, name, words, private=private)

        named = app_commands.rename(words=what)(worded)
        callback = _described(menu, named, words="menu_words")
    description = menu.locale_words(f"menu_{name}")
    command: Command[Any, ..., Any] = Command(
        name=name,
        description=description,
        callback=callback,  # type: ignore[arg-type]
    )
    if name in FOR_MANAGERS:
        command.default_permissions = discord.Permissions(manage_guild=True)
    if what is not None and name in menu.suggests:
        _suggest(command, answers)
    return command


def _suggest(command: Command[Any, ..., Any], answers: Answers) -> None:
    async def complete(interaction: Interaction, typed: str) -> list[Choice[str]]:
        suggestions = await answers.suggested(interaction, command.name, typed)
        return [
            Choice(name=shorten(each.label, limits.SUGGESTION_UNITS), value=each.value)
            for each in suggestions
            if each.label and 0 < units(each.value) <= limits.SUGGESTION_UNITS
        ][: limits.SUGGESTIONS]

    command.autocomplete("words")(complete)


def _identify(menu: Menu, answers: Answers) -> Command[Any, ..., Any]:
    async def identify(
        interaction: Interaction,
        picture: discord.Attachment,
        picture2: discord.Attachment | None = None,
        picture3: discord.Attachment | None = None,
        picture4: discord.Attachment | None = None,
        private: bool = False,
    ) -> None:
        some = (picture, picture2, picture3, picture4)
        await answers.shown(interaction, [each for each in some if each], private=private)

    more = dict.fromkeys(("picture2", "picture3", "picture4"), "menu_more_pictures")
    callback = _described(menu, identify, picture="menu_picture", **more)
    return Command(
        name=IDENTIFY,
        description=menu.locale_words("menu_identify_here"),
        callback=callback,  # type: ignore[arg-type]
    )


def _this_painting(menu: Menu, answers: Answers) -> ContextMenu:
    """Return the command on anyone's message; only who uses it sees the answer."""

    async def this_painting(interaction: Interaction, message: discord.Message) -> None:
        files = pictures_of(message) or message.attachments
        await answers.shown(interaction, files, private=True)

    return ContextMenu(name=menu.locale_words("menu_this_painting"), callback=this_painting)


def _described(
    menu: Menu, callback: Callable[..., Awaitable[None]], **keys: str
) -> Callable[..., Awaitable[None]]:
    """Give each option of a command its description, by the key of a phrase."""
    told = {option: menu.locale_words(key) for option, key in keys.items()}
    return app_commands.describe(**told, private=menu.locale_words("menu_private"))(callback)
