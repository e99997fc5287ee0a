"""Docent on Discord."""

from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.commands import Menu
from bot.platforms.discord.connection import check

__all__ = ["DiscordPlatform", "Menu", "check"]
