"""Every setting of Docent, read once at start from the environment or ``.env``."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL


class SettingsError(Exception):
    """A setting has a value it cannot have; the message names the setting, never a secret."""


class Settings(BaseSettings):
    """The settings; `.env.example` describes each in one line and a test keeps the two in step."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_host: str = "127.0.0.1"
    telegram_webhook_port: Annotated[int, Field(ge=1, le=65535)] = 8443
    telegram_webhook_secret: SecretStr | None = None
    discord_token: SecretStr | None = None
    discord_shards: Annotated[int, Field(ge=0, le=1024)] = 0
    discord_message_content: bool = False
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    web_names: str = ""
    data_folder: Path = Path(".docent")
    database_url: str = ""
    model_card: Path = Path("models/docent.json")
    knowledge_folder: Path = Path("knowledge")
    daily_photos: Annotated[int, Field(ge=0)] = 200
    recognition_threads: Annotated[int, Field(ge=1, le=64)] = 2
    wikipedia: bool = True
    wikipedia_mirror: str = ""
    wikipedia_contact: str = "https://github.com/docent-guide/docent"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("wikipedia_contact")
    @classmethod
    def _says_how_to_reach_us(cls, contact: str) -> str:
        if not contact.isascii() or not ("@" in contact or "://" in contact):
            raise ValueError("it must be a web address or an e-mail address")
        return contact

    @property
    def database(self) -> str | URL:
        """The SQLAlchemy address of the database: the one set, else SQLite in the data folder."""
        file = str(self.data_folder / "docent.sqlite3")
        return self.database_url or URL.create("sqlite+aiosqlite", database=file)


def read_settings() -> Settings:
    """Read the settings. Raises `SettingsError` that says which one to mend and how."""
    try:
        return Settings()
    except UnicodeDecodeError:
        raise SettingsError(".env is not in UTF-8. Save it as UTF-8.") from None
    except ValidationError as error:
        problems = [f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("; ".join(problems)) from None
