"""The token in no log line."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.platforms.redaction import Redactor, hide_in_logs

SECRET = "AAHnotARealTokenOfAnyBot"
TOKEN = f"42:{SECRET}"


@pytest.fixture(autouse=True)
def _own_factory() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logging.LogRecord)
    hide_in_logs(TOKEN)
    yield
    logging.setLogRecordFactory(before)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler writes that is added after the token was hidden."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_address_that_httpx_logs_shows_no_token(written: io.StringIO) -> None:
    logging.getLogger("httpx.child").warning("POST %s", f"https://host/bot{TOKEN}/getMe")
    assert written.getvalue() == "POST https://host/bot42:•••/getMe\n"


def test_escaped_colon_does_not_matter(written: io.StringIO) -> None:
    logging.warning("bot42%%3A%s", SECRET)
    assert SECRET not in written.getvalue()


def test_traceback_shows_no_token(written: io.StringIO) -> None:
    try:
        raise ValueError(f"rejected {TOKEN}")
    except ValueError:
        logging.exception("Failed")
    assert SECRET not in written.getvalue()
    assert "ValueError: rejected 42:•••" in written.getvalue()


def test_arguments_that_do_not_fit_show_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    logging.warning("%d", TOKEN)
    assert SECRET not in capsys.readouterr().err


def test_other_lines_stay_as_they_are(caplog: pytest.LogCaptureFixture) -> None:
    logging.warning("%s and %s", "this", "that")
    assert caplog.records[0].args == ("this", "that")
    assert caplog.messages == ["this and that"]


def test_hiding_twice_wraps_once() -> None:
    hide_in_logs("43:AnotherSecretOfAnotherBot")
    factory = logging.getLogRecordFactory()
    assert isinstance(factory, Redactor)
    assert factory.secrets == {SECRET, "AnotherSecretOfAnotherBot"}


def test_word_too_short_to_be_a_secret_is_not_hidden(written: io.StringIO) -> None:
    hide_in_logs("a")
    logging.warning("a painting")
    assert written.getvalue() == "a painting\n"
