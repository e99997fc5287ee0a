"""The web chat: one page and its API, for visitors without a chat account."""

from bot.platforms.web.app import create_app
from bot.platforms.web.hosts import hosts_for
from bot.platforms.web.serving import Server, serve

__all__ = ["Server", "create_app", "hosts_for", "serve"]
