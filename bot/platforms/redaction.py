"""No log line carries the token, whichever logger and handler it passes."""

import logging
import traceback
from collections.abc import Callable

SHORTEST_SECRET = 8
HIDDEN = "•••"


class Redactor:
    """A log record factory that blanks out secrets in messages and tracebacks.

    A factory, since a filter on a logger misses its children's records and a filter on a
    handler misses the handlers that are added later.
    """

    def __init__(self, make: Callable[..., logging.LogRecord]) -> None:
        """Wrap the factory that makes the records."""
        self._make = make
        self.secrets: set[str] = set()

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        """Make a record, with every secret blanked out."""
        record = self._make(*args, **kwargs)
        message = self._message(record)
        if self._tells(message):
            record.msg, record.args = self._blank(message), ()
        if record.exc_info and record.exc_info[0] is not None:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if self._tells(trace):
                record.exc_text, record.exc_info = self._blank(trace), None
        return record

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        try:
            return record.getMessage()
        except (TypeError, ValueError, KeyError):
            # Arguments that do not fit would be printed as they are by the handler.
            return f"{record.msg} {record.args}"

    def _tells(self, text: str) -> bool:
        return any(secret in text for secret in self.secrets)

    def _blank(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def hide_in_logs(token: str) -> None:
    """From now on, show a bot token in no log line; of one with a colon, what follows that.

    The half before Telegram's colon is the bot's public number; without it the colon may be
    escaped in any way.
    """
    secret = token.rpartition(":")[2]
    if len(secret) < SHORTEST_SECRET:
        return
    factory = logging.getLogRecordFactory()
    if not isinstance(factory, Redactor):
        factory = Redactor(factory)
        logging.setLogRecordFactory(factory)
    factory.secrets.add(secret)
