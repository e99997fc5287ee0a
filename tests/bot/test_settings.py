"""Every setting is described in .env.example, and a wrong one is named."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    example = Path(".env.example").resolve()
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return example


def entries(example: Path) -> dict[str, str]:
    lines = [line for line in example.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


def test_the_example_names_every_setting_and_no_other(elsewhere: Path) -> None:
    assert set(entries(elsewhere)) == {name.upper() for name in Settings.model_fields}


def test_every_setting_of_the_example_has_a_line_that_explains_it(elsewhere: Path) -> None:
    lines = elsewhere.read_text().splitlines()
    for number, line in enumerate(lines):
        if line and line[0] != "#":
            assert lines[number - 1].startswith("# ")


def test_the_example_as_it_stands_is_the_default(elsewhere: Path, tmp_path: Path) -> None:
    default = read_settings()
    (tmp_path / ".env").write_text(elsewhere.read_text())
    assert read_settings() == default


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("WEB_PORT=1111\n")
    assert read_settings().web_port == 1111
    monkeypatch.setenv("WEB_PORT", "2222")
    assert read_settings().web_port == 2222


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB_PORT", "many"),
        ("WEB_PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
        ("WIKIPEDIA_CONTACT", "Ada"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_settings()


def test_a_level_may_be_written_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "debug")
    assert read_settings().log_level == "DEBUG"


def test_a_settings_file_in_another_encoding_is_said_so(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WEB_PORT=1111\n", encoding="utf-16")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings()


def test_a_data_folder_may_have_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_FOLDER", "/a b/c?d=e#f")
    database = read_settings().database
    assert isinstance(database, URL)
    assert database.database == "/a b/c?d=e#f/docent.sqlite3"


def test_tokens_and_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:hush")
    monkeypatch.setenv("TELEGRAM_WEBHOOK_SECRET", "hush")
    settings = read_settings()
    assert "hush" not in repr(settings) + str(settings)
