"""Whether a page is about an artist."""

import pytest

from knowledge.occupations import is_disambiguation, says_artist


@pytest.mark.parametrize(
    ("language", "description", "introduction"),
    [
        ("en", "Dutch painter (1632–1675)", ""),
        ("en", "Japanese ukiyo-e printmaker", ""),
        ("en", "", "Bridget Riley is an English artist known for op art."),
        ("en", "", "Rosa Bonheur (born Marie-Rosalie) was a French painter of animals."),
        ("de", "deutsche Malerin", ""),
        ("fr", "", "X est une peintre et graveuse française."),
        ("it", "pittore italiano", ""),
        ("es", "pintora mexicana", ""),
        ("pt", "", "X foi um pintor brasileiro."),
        ("nl", "kunstschilder uit Nederland", ""),
        ("pl", "polski malarz", ""),
        ("cs", "český malíř", ""),
        ("sv", "svensk konstnär", ""),
        ("ro", "pictor român", ""),
        ("ru", "русский художник", ""),
        ("uk", "українська художниця", ""),
        ("ja", "オランダの画家", ""),
        ("zh", "", "克劳德·莫奈是法国画家。"),
    ],
)
def test_an_artist_is_known_in_every_language(language: str, description: str, introduction: str):
    assert says_artist(description, introduction, "X", language)


@pytest.mark.parametrize(
    ("language", "description", "introduction"),
    [
        ("en", "English footballer", "X is an English footballer."),
        ("en", "Brother of the painter Vincent van Gogh", ""),
        ("en", "American recording artist", ""),
        ("en", "Thai martial artist", ""),
        ("en", "1889 painting by Vincent van Gogh", ""),
        ("en", "", "X was an art dealer. He knew every painter."),
        ("de", "Schwester des Malers August Macke", ""),
        ("fr", "frère du peintre Claude Monet", ""),
        ("nl", "broer van de schilder", ""),
    ],
)
def test_others_are_no_artists_though_one_is_named(
    language: str, description: str, introduction: str
):
    assert not says_artist(description, introduction, "X", language)


@pytest.mark.parametrize(
    ("description", "introduction"),
    [
        ("Wikimedia disambiguation page", ""),
        ("Begriffsklärungsseite", ""),
        ("", "Bacon may refer to:"),
    ],
)
def test_an_unmarked_disambiguation_is_known_by_its_words(description: str, introduction: str):
    assert is_disambiguation(description, introduction)
