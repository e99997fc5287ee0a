"""A strict Telegram Bot API on this machine, and the people who write to its bot."""

from tests.peers.telegram_server.people import BOT, People
from tests.peers.telegram_server.record import Sent
from tests.peers.telegram_server.server import TOKEN, BotApiServer

__all__ = ["BOT", "TOKEN", "BotApiServer", "People", "Sent"]
