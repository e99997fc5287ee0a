"""``python -m tests.peers.hurried``: Docent, for whom ten of Telegram's seconds are one."""

import sys

FACTOR = 10
"""How much faster its rounds end and its messages may follow each other."""


def hurry() -> None:
    """Shorten the times, before anything is made by them."""
    from bot.platforms.telegram import limits

    for name in ("MESSAGES_IN_A_CHAT", "MESSAGES_IN_A_GROUP", "MESSAGES_IN_ALL"):
        most, seconds = getattr(limits, name)
        setattr(limits, name, (most, seconds / FACTOR))
    from bot.conversation.tours import game

    game.SECONDS = 45 // FACTOR


if __name__ == "__main__":
    hurry()
    from bot.cli import main

    sys.exit(main())
