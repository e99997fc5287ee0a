"""Docent on Telegram."""

from bot.platforms.telegram.connection import check
from bot.platforms.telegram.publishing import Profile
from bot.platforms.telegram.running import TelegramPlatform
from bot.platforms.telegram.webhook import Webhook, check_way

__all__ = ["Profile", "TelegramPlatform", "Webhook", "check", "check_way"]
