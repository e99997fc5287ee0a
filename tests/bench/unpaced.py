"""``python -m tests.bench.unpaced``: Docent that keeps none of Telegram's limits, to be timed."""

import sys

from bot.platforms.telegram import limits

for name in ("MESSAGES_IN_A_CHAT", "MESSAGES_IN_A_GROUP", "MESSAGES_IN_ALL"):
    setattr(limits, name, (1_000_000, 1.0))

if __name__ == "__main__":
    from bot.cli import main

    sys.exit(main())
