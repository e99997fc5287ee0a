"""A thread for what goes on for a while, below the message where it was asked for."""

import logging

import discord

from bot.conversation.replies import Branch
from bot.platforms.discord import limits
from bot.platforms.discord.senders import Interaction
from bot.platforms.discord.sending import FAILED, plain
from bot.platforms.texts import ELLIPSIS, clean, shorten

log = logging.getLogger(__name__)


async def branch_of_message(message: discord.Message, branch: Branch) -> discord.Thread | None:
    """Return a new thread below a message; ``None`` where none can be opened."""
    try:
        return await _open(message, branch)
    except (*FAILED, ValueError) as error:
        log.info("No thread can be opened: %s", error)
        return None


async def branch_of_command(interaction: Interaction, branch: Branch) -> discord.Thread | None:
    """Answer a command by pointing to a new thread below; ``None`` where none can be opened.

    What then points to nothing is left for the answer to take its place.
    """
    channel = interaction.channel
    if interaction.is_expired() or not isinstance(channel, discord.TextChannel):
        return None
    try:
        shown = await interaction.edit_original_response(**plain(branch.pointer))
        return await _open(channel.get_partial_message(shown.id), branch)
    except (*FAILED, ValueError) as error:
        log.info("No thread can be opened: %s", error)
        return None


async def _open(
    message: discord.Message | discord.PartialMessage, branch: Branch
) -> discord.Thread:
    name = shorten(clean(branch.name), limits.THREAD_NAME_UNITS) or ELLIPSIS
    return await message.create_thread(name=name, auto_archive_duration=limits.THREAD_MINUTES)
