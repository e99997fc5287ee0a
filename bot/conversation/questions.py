"""What short words ask for: "and his teacher?", "more", "paintings by Vermeer"."""

import re
from dataclasses import dataclass

from bot.conversation.phrases import FALLBACK, Phrases
from knowledge.spelling import normal

POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
"""What English puts behind a name."""
QUESTIONS = (
    *("teacher", "influence", "where", "when", "marks", "style", "works", "painter", "more"),
)
"""What may be asked, the most telling first; ``follow_`` and it is the key of its words."""


@dataclass(frozen=True)
class Question:
    """One of `QUESTIONS`, and the words that are none: a name, or nothing."""

    asked: str
    name: str = ""


def read_question(phrases: Phrases, text: str, language: str) -> Question | None:
    """Return what a text asks for, in a language or in English; ``None`` for any other text.

    Where one reading leaves no word over, it goes before one that takes some for a name.
    """
    words = normal(POSSESSIVE.sub(" ", text)).split()
    languages = dict.fromkeys((phrases.language(language), FALLBACK))
    read = [_read(phrases, words, spoken) for spoken in languages]
    found = [question for question in read if question]
    return min(found, key=lambda question: bool(question.name), default=None)


def _read(phrases: Phrases, words: list[str], language: str) -> Question | None:
    filler = _words(phrases, "filler", language)
    known = {asked: _words(phrases, asked, language) - filler for asked in QUESTIONS}
    every = filler.union(*known.values())
    asked = _asked(set(words), known)
    name = " ".join(word for word in words if word not in every)
    return Question(asked, name) if asked else None


def _asked(words: set[str], known: dict[str, set[str]]) -> str | None:
    """Return the first question that a word of its own tells, else the least telling that fits."""
    for asked, telling in known.items():
        others = set().union(*(known[other] for other in known if other != asked))
        if words & (telling - others):
            return asked
    return next((asked for asked in reversed(known) if words & known[asked]), None)


def _words(phrases: Phrases, asked: str, language: str) -> set[str]:
    return set(normal(phrases.say(f"follow_{asked}", language)).split())
