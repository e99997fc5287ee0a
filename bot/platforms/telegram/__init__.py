"""Docent on Telegram."""

from bot.platforms.telegram.connection import check
from bot.platforms.telegram.publishing import Profile
from bot.platforms.telegram.running import TelegramPlatform
from bot.platforms.telegram.ways import check_way
from bot.platforms.telegram.webhook import Webhook

__all__ = ["Profile", "TelegramPlatform", "Webhook", "check", "check_way"]
