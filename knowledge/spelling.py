"""How a name may be written: accents, case, punctuation, scripts, and what it sounds like."""

import re
import unicodedata
from functools import lru_cache

# fmt: off
PARTICLES = frozenset({
    "a", "af", "al", "an", "and", "av", "d", "da", "das", "de", "del", "della", "dem", "den",
    "der", "di", "do", "dos", "du", "e", "el", "i", "il", "in", "is", "la", "las", "le", "les",
    "li", "lo", "los", "o", "of", "s", "san", "st", "t", "te", "ten", "ter", "the", "to", "van",
    "vom", "von", "y", "zu", "zum"
})
# fmt: on
"""Words that belong to names and tell nobody apart."""

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ی": "ي", "ى": "ي", "ک": "ك", "گ": "غ", "پ": "ب", "ة": "ه"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_KANA_MARKS = frozenset("\u3099\u309a")
"""Voicing marks of Japanese: another sound, not an accent."""

_CYRILLIC = {
    **dict(zip("абвгдезиклмнопрстуфъьыэєіґѓќ", "abvgdeziklmnoprstuf  yeeiggk", strict=True)),
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"},
}
_TO_LATIN = str.maketrans({letter: latin.strip() for letter, latin in _CYRILLIC.items()})

_APOSTROPHES = re.compile(r"['’‘ʼ`´ʹ]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_SCRIPTS = {"ru": "cyrillic", "uk": "cyrillic", "ja": "east asian", "zh": "east asian"}
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sk(?:ogo|omu|im|om|iego|iemu)\b", "ski"),
        (r"shch|tsch|tzsch|tch|sch|tsh|ch|sh|cz|sz", "X"),
        (r"zh|dj|j", "y"),
        (r"ph", "f"),
        (r"kh|gh|th|rh", lambda found: found[0][0]),
        (r"gu(?=[eiy])|gu(?=au)", "g"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"x", "ks"),
        (r"ts|tz|z|c", "s"),
        (r"w", "v"),
        (r"dt\b", "t"),
        (r"ou|oe", "u"),
        (r"eau|au", "o"),
        (r"(?:iy|yi|ii|ij|yj|iyi|yy)\b", "i"),
        (r"y", "i"),
        (r"ii+", "i"),
        (r"(\w)\1+", lambda found: found[1]),
        (r"(?<=\w\w\w)e\b", ""),
        (r"(?<=[a-z])h(?=[^aeiou]|\b)", ""),
    )
]
"""Applied in order; what sounds alike in Europe's spellings becomes one."""


def normal(text: str) -> str:
    """Lower-case words without accents and punctuation, one space between; any script stays.

    >>> normal("  J.M.W. TURNER ")
    'j m w turner'
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    bare = "".join(
        mark
        for mark in unicodedata.normalize("NFKD", folded)
        if mark in _KANA_MARKS or not unicodedata.combining(mark)
    )
    words = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", unicodedata.normalize("NFC", bare)))
    return words.strip()


def with_umlauts(text: str) -> str:
    """Like :func:`normal`, with ``ü`` as ``ue`` and so on: ``Dürer`` is also ``duerer``."""
    return normal(unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS))


def latin(words: str) -> str:
    """Return normal words with Cyrillic letters written in Latin ones."""
    return words.translate(_TO_LATIN)


@lru_cache(maxsize=4096)
def sound(words: str) -> str:
    """Return what normal words sound like, roughly; one key for ``Velazquez`` and ``Velasques``."""
    key = latin(words)
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key


def turned(text: str) -> str:
    """Return a name with its comma resolved: ``Gogh, Vincent van`` is ``Vincent van Gogh``."""
    family, comma, given = text.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else text


def is_east_asian(text: str) -> bool:
    """Whether a text has Chinese, Japanese or Korean letters, which stand without spaces."""
    return _EAST_ASIAN.search(text) is not None


def script(text: str) -> str:
    """Return the script of a name: ``cyrillic``, ``east asian``, or ``latin`` for all others."""
    if is_east_asian(text):
        return "east asian"
    return "cyrillic" if _CYRILLIC_LETTER.search(text) else "latin"


def script_of(language: str) -> str:
    """Return the script that a Wikipedia edition is written in."""
    return _SCRIPTS.get(language, "latin")
