"""Every sentence that code asks for exists, and every sentence is asked for."""

import re
from pathlib import Path

import pytest

from bot.conversation.collecting import EXPLAINED
from bot.conversation.events import Refusal
from bot.conversation.help import TOLD
from bot.conversation.phrases import Phrases
from bot.conversation.reasons import REASONS

SOURCES = "\n".join(path.read_text() for path in Path("bot").rglob("*.py"))
ENGLISH = Phrases()._sentences["en"]
BUILT = (
    {f"cannot_{reason}" for reason in Refusal}
    | {f"button_{verb}" for verb in REASONS}
    | {f"help_{command}" for command in TOLD}
    | {f"collection_help_{action}" for action in EXPLAINED}
    | {key for key in ENGLISH if key.startswith(("menu_", "place_"))}
)
NOTES = {"shortened", "stale", "wikipedia_unavailable", "no_page"}
"""What `knowledge.library.Story.note` may hold."""


def test_no_sentence_is_left_over() -> None:
    unused = [key for key in ENGLISH if f'"{key}"' not in SOURCES and key not in BUILT | NOTES]
    assert unused == []


def test_every_sentence_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SOURCES)) | BUILT | NOTES
    asked |= set(re.findall(r'(?:UserError|PhotoError)\("(\w+)"', SOURCES))
    assert asked - set(ENGLISH) == set()


def test_a_language_we_lack_falls_back_to_english() -> None:
    assert Phrases().say("busy", "xx-YY") == Phrases().say("busy", "en")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Phrases().say("no such sentence")
