"""Whether a Wikipedia page is about an artist, from its words in the language of the page."""

import re

_ARTIST_WORDS = {
    "en": r"(?:(?<!martial )(?<!recording )(?<!rap )(?<!make-up )(?<!makeup )(?<!tattoo )artist"
    r"|painter|printmaker|engraver|etcher|draughts(?:wo)?man|draftsman|illustrator|sculptor"
    r"|lithographer|muralist|watercolou?rist|miniaturist|pastellist|portraitist|caricaturist)s?",
    "de": r"(?:kunst)?maler(?:in(?:nen)?)?|künstler(?:in(?:nen)?)?|grafiker(?:in)?|graphiker(?:in)?"
    r"|zeichner(?:in)?|bildhauer(?:in)?|kupferstecher(?:in)?|radierer(?:in)?",
    "fr": r"(?:artiste[- ])?peintres?|artistes?|graveu(?:r|se)s?|dessinat(?:eur|rice)s?"
    r"|sculpt(?:eur|rice)s?|plasticien(?:ne)?s?|lithographes?",
    "it": r"pittor[ei]|pittric[ei]|artist[aie]|incisor[ei]|scultor[ei]|scultric[ei]|disegnatore",
    "es": r"pintor(?:a|es|as)?|artistas?|grabador(?:a|es)?|escultor(?:a|es)?|dibujantes?",
    "pt": r"pintor(?:a|es|as)?|artistas?|gravurista|gravador(?:a|es)?|escultor(?:a|es)?",
    "nl": r"(?:kunst)?schilder(?:es|s)?|kunstenaars?|kunstenares|tekenaars?|beeldhouwers?"
    r"|graficus|etser",
    "pl": r"malar(?:z|ka|ze)|artyst(?:a|ka)|grafik|rysownik|rzeźbiarz",
    "cs": r"malíř(?:ka|i)?|výtvarn(?:ík|ice)|grafik|sochař(?:ka)?|kreslíř",
    "sv": r"målare|konstnär(?:er)?|grafiker|tecknare|skulptör|bildhuggare",
    "ro": r"pictor(?:i|iță)?|artist(?:ă|i)?|grafician|sculptor(?:i|iță)?|gravor",
    "ru": r"художни(?:к|ца|ки)|живопис(?:ец|цы|ица)|график|гравёр|скульптор",
    "uk": r"художни(?:к|ця|ки)|живопис(?:ець|ці)|маляр(?:ка)?|графік|гравер|скульптор",
    "ja": r"画家|芸術家|美術家|版画家|浮世絵師|絵師|彫刻家",
    "zh": r"画家|畫家|艺术家|藝術家|版画家|版畫家|浮世绘师|浮世繪師|雕塑家|雕刻家",
}
_PAINTER = {
    "en": "painter",
    "de": "Maler",
    "fr": "peintre",
    "it": "pittore",
    "es": "pintor",
    "pt": "pintor",
    "nl": "schilder",
    "pl": "malarz",
    "cs": "malíř",
    "sv": "konstnär",
    "ro": "pictor",
    "ru": "художник",
    "uk": "художник",
    "ja": "画家",
    "zh": "画家",
}
_NO_SPACES = frozenset({"ja", "zh"})
_ARTIST = {
    language: re.compile(words if language in _NO_SPACES else rf"\b(?:{words})\b(?!['’])", re.I)
    for language, words in _ARTIST_WORDS.items()
}
LANGUAGES = frozenset(_ARTIST)
"""The editions that are asked: those whose words for an artist are known here."""

_OF_ANOTHER = {
    "en": r"of|by|for|about|to|with",
    "de": r"von|vom|des|eines|einer|für|über",
    "fr": r"de|du|des|d['’]\w+|sur|par",
    "it": r"di|del|della|dei|da|su",
    "es": r"de|del|por|sobre",
    "pt": r"de|do|da|dos|por|sobre",
    "nl": r"van|door|over",
    "ro": r"al|a|ale|lui|de|despre",
}
"""What follows these is somebody else: ``brother of the painter``."""
_REST = {
    language: re.compile(rf"\s(?:{words})\s.*", re.I | re.S)
    for language, words in _OF_ANOTHER.items()
}

_DISAMBIGUATION = re.compile(
    r"disambig|begriffskl|homonymie|desambigua|неоднознач|багатознач|doorverwijs|ujednoznacz"
    r"|曖昧さ回避|消歧[义義]|rozcestník|dezambiguizare|förgrening",
    re.I,
)
_MAY_REFER = re.compile(r"may (?:also )?refer to:?", re.I)
_ASIDE = re.compile(r"\([^()]*\)")
_SENTENCE_END = re.compile(r"(?<=\w{3})[.。]")


def word_for_painter(language: str) -> str:
    """Return the word that a search for a painter adds to a name."""
    return _PAINTER[language]


def mentions_artist(text: str, language: str) -> bool:
    """Whether a word for an artist stands anywhere in the text."""
    return _ARTIST[language].search(text) is not None


def says_artist(description: str, introduction: str, title: str, language: str) -> bool:
    """Whether the short description or the first sentence calls the page's subject an artist."""
    first = _SENTENCE_END.split(introduction.removeprefix(title), maxsplit=1)[0]
    return any(
        mentions_artist(_about_itself(text, language), language) for text in (description, first)
    )


def is_disambiguation(description: str, introduction: str) -> bool:
    """Whether a page that is not marked as a disambiguation reads like one."""
    marked = _DISAMBIGUATION.search(description) is not None
    return marked or _MAY_REFER.search(introduction[-80:]) is not None


def _about_itself(text: str, language: str) -> str:
    plain = _ASIDE.sub(" ", text)
    return _REST[language].sub("", plain) if language in _REST else plain
