"""Ways to say a recap in a language."""

from functools import partial

import pytest

from bot.conversation.phrases import Phrases
from bot.conversation.speech import Say


@pytest.fixture(scope="session")
def say() -> Say:
    return saying("en")


def saying(language: str) -> Say:
    return partial(_said, Phrases(), language)


def _said(phrases: Phrases, language: str, key: str, **values: object) -> str:
    return phrases.say(key, language, **values)
