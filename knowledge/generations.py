"""Words that tell a father from a son of the same name, in the languages that use them."""

import re

from knowledge.spelling import normal, with_umlauts

_ANYWHERE = {
    "elder": "the elder|elder|the old|der Ältere|Ältere|l'Ancien|l Ancien|l'Aîné|le Vieux"
    "|il Vecchio|Vecchio|de Oude|el Viejo|o Velho|Sr|Snr|Senior|the first|Старший",
    "younger": "the younger|younger|der Jüngere|Jüngere|le Jeune|il Giovane|Giovane|de Jonge"
    "|el Joven|o Jovem|Jr|Jnr|Junior|II|the second|Младший|Молодший",
    "third": "III|the third",
}
_AT_THE_END = {"elder": "d. Ä.|d. O.|I|père", "younger": "d. J.|fils"}
"""These are somebody's initials or words in other places."""
_BEFORE = {"初代": "elder", "二代": "younger", "三代": "third"}
_JAPANESE = re.compile(rf"^({'|'.join(_BEFORE)})目?\s*")


def _readings() -> dict[str, str]:
    """Return normal words → ``elder``, ``younger`` or ``third``; those at the end have a ``$``."""
    found: dict[str, str] = {}
    for table, end in ((_ANYWHERE, ""), (_AT_THE_END, "$")):
        for generation, phrases in table.items():
            for phrase in phrases.split("|"):
                found |= dict.fromkeys(
                    (normal(phrase) + end, with_umlauts(phrase) + end), generation
                )
    return found


_GENERATIONS = _readings()
_PHRASE = re.compile(rf"(?:^|\s)({'|'.join(sorted(_GENERATIONS, key=len, reverse=True))})(?=\s|$)")


def split_generation(words: str) -> tuple[str, str]:
    """Return normal words without their generation, and it: ``elder``, ``younger`` or ``third``.

    >>> split_generation("hans holbein der jungere")
    ('hans holbein', 'younger')
    """
    if japanese := _JAPANESE.match(words):
        return words[japanese.end() :], _BEFORE[japanese[1]]
    found = _PHRASE.search(words)
    if not found:
        return words, ""
    phrase = found[1]
    generation = _GENERATIONS.get(phrase) or _GENERATIONS[f"{phrase}$"]
    return (words[: found.start()] + words[found.end() :]).strip(), generation


def with_one_generation(words: str) -> str:
    """Return normal words with the generation last and in English, so that all languages agree."""
    return " ".join(part for part in split_generation(words) if part)
