"""The words by which a caption is read: those around a name, and names that are mere words."""

from dataclasses import dataclass

from bot.conversation.phrases import Phrases
from knowledge.spelling import normal

# fmt: off
ORDINARY = frozenset({
    *("alt", "bassano", "beaux", "bell", "belle", "bernard", "bernhard", "bonheur", "bosco"),
    *("bose", "brothers", "brown", "brun", "bucher", "campagne", "canal", "canale", "carre"),
    *("carrera", "carriera", "carry", "carrying", "castelfranco", "castiglione", "castilla"),
    *("champagne", "chase", "chasse", "chi", "church", "cima", "claude", "cole", "conegliano"),
    *("cortes", "cortona", "cross", "david", "davis", "dedo", "denis", "derby", "dix", "dove"),
    *("eisen", "ernst", "fattori", "filippo", "fontana", "francais", "francesca", "francis"),
    *("freude", "friedrich", "garcia", "giordano", "giovanile", "giovanni", "goes", "greco"),
    *("gris", "gros", "gross", "guardi", "gun", "hoch", "hunt", "jean", "john", "johnson"),
    *("jones", "kelly", "klein", "kleine", "lawrence", "leger", "legere", "leggere", "leiden"),
    *("lotto", "louis", "luna", "marc", "marin", "marine", "martin", "master", "messina"),
    *("mille", "modi", "monete", "morgan", "mucha", "nurse", "obidos", "palma", "rafael", "raza"),
    *("razza", "richter", "ring", "robert", "romain", "romano", "rosa", "rose", "rossa", "roy"),
    *("said", "santi", "schatze", "senlis", "serious", "siena", "smith", "solar", "solare"),
    *("son", "stahl", "stella", "stelle", "stern", "sterne", "stile", "still", "stuck", "stucke"),
    *("thomas", "tour", "tourner", "vicente", "vincent", "vinci", "west", "wood"),
    *("d art", "la tour", "le gros"),
    # movements
    *("cobra", "floreale", "icona", "icone", "iconos", "icons", "ikone", "ikonen", "liberty"),
    *("maniera", "minimal", "naiv", "optical", "pompier", "pompiers", "realist", "realista"),
    *("realistisch", "romantic", "romantica", "romantico", "romantique", "romantiques"),
    *("romantisch", "surreal", "wanderers"),
})
"""Names that are everyday words or first names in one of our languages, or places: such a word is
a hint only where it is all that is asked about ("Church?")."""
# fmt: on


@dataclass(frozen=True)
class Words:
    """The words in all of our languages by which a caption is read."""

    filler: frozenset[str]
    by: frozenset[str]
    denial: frozenset[str]
    museum: frozenset[str]
    either: frozenset[str]

    @classmethod
    def of(cls, phrases: Phrases) -> "Words":
        """Return the words that the phrases name."""

        def every(key: str) -> frozenset[str]:
            said = (phrases.say(key, language) for language in phrases.languages)
            return frozenset(word for words in said for word in normal(words).split())

        by = every("hunch_by")
        denial, either = every("hunch_not"), every("hunch_or")
        return cls(every("hunch_filler") | by, by, denial, every("hunch_museum"), either)
