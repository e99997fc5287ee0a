"""``python -m tests.bench.echo TOKEN URL``: the least of bots, python-telegram-bot's own example.

It answers each text with the same text; https://docs.python-telegram-bot.org has it as echobot.py.
"""

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, MessageHandler, filters


async def echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
    """Say a text back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main(token: str, url: str) -> None:
    """Run until a signal comes."""
    builder = Application.builder().token(token).base_url(f"{url}/bot").concurrent_updates(True)
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
