"""Every sentence that code asks for exists in every language, and every sentence is asked for."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.catalog import Message

from bot.conversation.collecting import EXPLAINED
from bot.conversation.events import Refusal
from bot.conversation.help import TOLD
from bot.conversation.phrases import Phrases, read_catalogs
from bot.conversation.questions import QUESTIONS
from bot.conversation.reasons import REASONS
from bot.conversation.tours import commands as touring
from bot.memory.tour import Decided


def _id(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, tuple) else message.id)


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _filled(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


SOURCES = "\n".join(path.read_text() for path in Path("bot").rglob("*.py"))
PHRASES, CATALOGS = Phrases(), read_catalogs()
ENGLISH = {_id(message): message for message in CATALOGS["en"] if message.id}
OTHERS = [language for language in PHRASES.languages if language != "en"]
BUILT = (
    {f"cannot_{reason}" for reason in Refusal}
    | {f"button_{verb}" for verb in REASONS}
    | {f"help_{command}" for command in TOLD}
    | {f"collection_help_{action}" for action in EXPLAINED}
    | {f"tour_help_{action}" for action in touring.EXPLAINED}
    | {f"game_said_by_{who}" for who in get_args(Decided) if who}
    | {f"follow_{asked}" for asked in (*QUESTIONS, "filler")}
    | {f"{key}_here" for key in re.findall(r'locally\(event, "(\w+)"', SOURCES)}
    | {
        key
        for key in ENGLISH
        if key.startswith(("menu_", "place_", "no_", "told_", "set_", "quiz_word_"))
    }
)
NOTES = {"shortened", "stale", "wikipedia_unavailable", "no_page", "in_english"}
"""What `knowledge.library.Story.note` may hold."""


def test_no_sentence_is_left_over() -> None:
    unused = [key for key in ENGLISH if f'"{key}"' not in SOURCES and key not in BUILT | NOTES]
    assert unused == []


def test_every_sentence_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r'say\(\s*"(\w+)"', SOURCES)) | BUILT | NOTES
    asked |= set(re.findall(r'(?:UserError|PhotoError)\("(\w+)"', SOURCES))
    assert asked - set(ENGLISH) == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_missing_left_over_or_doubtful(language: str) -> None:
    messages = [message for message in CATALOGS[language] if message.id]
    assert {_id(message) for message in messages} == set(ENGLISH)
    assert [_id(m) for m in messages if not all(_forms(m)) or m.fuzzy] == []
    assert [_id(m) for m in messages if m.pluralizable != ENGLISH[_id(m)].pluralizable] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_filled_in_with_the_same_words(language: str) -> None:
    for message in CATALOGS[language]:
        if message.id:
            wanted = _filled(_forms(ENGLISH[_id(message)])[-1])
            for form in _forms(message):
                assert _filled(form) | {"count"} == wanted | {"count"}, form


def test_a_count_has_the_form_of_its_number() -> None:
    values = {"title": "Delft", "name": "Ours"}
    assert PHRASES.say("work_kept", count=1, **values).endswith("Ours has 1 work.")
    assert PHRASES.say("work_kept", count=0, **values).endswith("Ours has 0 works.")


def test_a_sentence_that_a_language_lacks_is_said_in_english(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    counted = 'msgid "n"\nmsgid_plural "n"\nmsgstr[0] "{count} work"\nmsgstr[1] "{count} works"\n'
    (tmp_path / "en.po").write_text(head + 'msgid "hello"\nmsgstr "Hello"\n\n' + counted)
    (tmp_path / "de.po").write_text(head + 'msgid "hello"\nmsgstr ""\n')
    phrases = Phrases(tmp_path)
    assert phrases.say("hello", "de-AT") == "Hello"
    assert phrases.say("n", "de", count=2) == "2 works"


def test_a_language_we_lack_falls_back_to_english() -> None:
    assert Phrases().say("busy", "xx-YY") == Phrases().say("busy", "en")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Phrases().say("no such sentence")
