"""The words of a question that may be a name, without those that visitors put beside it."""

import re
from collections.abc import Collection

from knowledge.forms import bare, spellings
from knowledge.generations import with_one_generation

_ARTICLES = re.compile(
    r"^(?:(?:the|of|by|i|do|mir|der|die|das|von|le|la|de|du|por|el|il|chi|di|o|a|о)(?: |$))+"
)
"""What is left before a name when the words around it are gone: ``the painter Vermeer``."""
_YEAR = re.compile("[0-9]{4}")
_LONGEST = 200
"""Characters; no name is longer, and a long text is not compared with every name."""


def readings(query: str, filler: Collection[str]) -> list[str]:
    """Return the normal words of a query, then without fillers, years, articles and titles.

    Empty where nothing but such words is asked.
    """
    found: list[str] = []
    for words in spellings(query[:_LONGEST]):
        kept = " ".join(word for word in words.split() if not _is_beside(word, filler))
        lone = _ARTICLES.sub("", kept) if kept != words else kept.removeprefix("the ")
        if not lone or lone == "the":
            return []
        found += [words, kept, with_one_generation(bare(lone))]
    return [words for words in dict.fromkeys(found) if words]


def _is_beside(word: str, filler: Collection[str]) -> bool:
    return word in filler or _YEAR.fullmatch(word) is not None
