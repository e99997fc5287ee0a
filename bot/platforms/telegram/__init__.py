"""Docent on Telegram."""

from bot.platforms.telegram.adapter import TelegramPlatform
from bot.platforms.telegram.connection import check

__all__ = ["TelegramPlatform", "check"]
