"""Who says something on Discord, and where: a thread belongs to its channel."""

from collections import OrderedDict
from typing import Any

import discord

from bot.conversation.events import Chat, Person
from bot.platforms.discord import limits

Interaction = discord.Interaction[Any]


def chat_of_message(message: discord.Message, *, sees_all: bool) -> Chat:
    """Return where a message was written; ``sees_all``: the bot is shown every message."""
    shared = message.guild is not None
    branches = False
    if message.guild is not None and isinstance(message.channel, discord.TextChannel):
        branches = _may_branch(message.channel.permissions_for(message.guild.me))
    return _chat(message.channel, shared=shared, sees_all=sees_all, branches=branches)


def chat_of_interaction(interaction: Interaction, *, public: bool) -> Chat:
    """Return where a command was used or a button tapped.

    ``public``: the answer will be a message that everybody there sees.
    """
    guild, client = interaction.guild_id, interaction.client
    is_member = guild is not None and client.get_guild(guild) is not None
    in_channel = public and is_member and isinstance(interaction.channel, discord.TextChannel)
    return _chat(
        interaction.channel,
        shared=guild is not None or interaction.context.private_channel,
        sees_all=is_member and client.intents.message_content,
        branches=in_channel and _may_branch(interaction.app_permissions),
    )


def author_of(message: discord.Message) -> Person:
    """Return who wrote a message."""
    author = message.author
    runs = not isinstance(author, discord.Member) or author.guild_permissions.manage_guild
    return _person(author, runs_chat=runs)


def user_of(interaction: Interaction) -> Person:
    """Return who used a command or tapped a button."""
    # A chat of friends has nobody who runs it, so that each of them may.
    runs = interaction.guild_id is None or interaction.permissions.manage_guild
    return _person(interaction.user, runs_chat=runs)


def tag(locale: discord.Locale) -> str:
    """Return a locale as the tag of a language."""
    return locale.value.lower()


class Locales:
    """The languages that people used last, for messages in private: with these comes none."""

    def __init__(self) -> None:
        """Know of nobody."""
        self._tags: OrderedDict[int, str] = OrderedDict()

    def of(self, message: discord.Message) -> str:
        """Return the language of a message: the server's, or what its author used last."""
        if message.guild is not None:
            return tag(message.guild.preferred_locale)
        return self._tags.get(message.author.id, "en")

    def remember(self, person: int, locale: discord.Locale) -> None:
        """Keep a person's language."""
        self._tags.pop(person, None)
        self._tags[person] = tag(locale)
        if len(self._tags) > limits.REMEMBERED_LOCALES:
            self._tags.popitem(last=False)


def _chat(channel: Any, *, shared: bool, sees_all: bool, branches: bool) -> Chat:
    """Return a chat; where several share one, the bot may be shown just what names it.

    A command of Discord's menu cannot be the answer to a message.
    """
    id_, thread = getattr(channel, "id", None), ""
    if isinstance(channel, discord.Thread):
        id_, thread = channel.parent_id, str(channel.id)
    return Chat(
        "discord",
        str(id_),
        is_group=shared,
        thread=thread,
        sees_all=not shared or sees_all,
        takes_answers=False,
        branches=branches,
    )


def _person(user: discord.abc.User, *, runs_chat: bool) -> Person:
    return Person(str(user.id), user.display_name, runs_chat=runs_chat)


def _may_branch(permissions: discord.Permissions) -> bool:
    return permissions.create_public_threads and permissions.send_messages_in_threads
