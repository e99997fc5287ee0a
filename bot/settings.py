"""Every setting of Docent, read once at start from the environment or ``.env``."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting has a value it cannot have; the message names the setting, never a secret."""


class Settings(BaseSettings):
    """The settings; `.env.example` describes each in one line and a test keeps the two in step."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    data_folder: Path = Path(".docent")
    database_url: str = ""
    model_card: Path = Path("models/docent.json")
    knowledge_folder: Path = Path("knowledge")
    recognition_threads: Annotated[int, Field(ge=1, le=64)] = 2
    wikipedia: bool = True
    wikipedia_contact: str = "https://github.com/docent-guide/docent"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database: the one set, else SQLite in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_folder / 'docent.sqlite3'}"


def read_settings() -> Settings:
    """Read the settings. Raises `SettingsError` that says which one to mend and how."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("; ".join(problems)) from None
