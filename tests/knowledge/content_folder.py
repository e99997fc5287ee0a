"""A small content folder that passes every check, to be spoilt by tests."""

from pathlib import Path

WORDS = ("light", "water", "sky", "hand", "cloth", "window", "bridge", "river", "street")

VERMEER = """\
id = "johannes-vermeer"
name = "Johannes Vermeer"
other_names = ["Jan Vermeer", "Vermeer van Delft"]
nationality = "Dutch"
gender = "male"
movements = ["baroque"]
teachers = []
checked = 2026-11-22

[born]
year = 1632
place = "Delft"
sources = ["archive"]

[died]
year = 1675
circa = true
place = "Delft"
sources = ["archive"]

[ids]
wikidata = "Q41264"
ulan = "500032927"

[[works]]
painting = "vermeer-view-of-delft"

[[works]]
title = "The Milkmaid"
medium = "oil on canvas"
year = "c. 1658"
museum = "Rijksmuseum, Amsterdam"
wikidata = "Q167605"
sources = ["museum"]

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

HOCKNEY = """\
id = "david-hockney"
name = "David Hockney"
nationality = "British"
gender = "male"
movements = ["baroque"]
checked = 2026-11-22

[born]
year = 1937
sources = ["archive"]

[ids]

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

BAROQUE = """\
id = "baroque"
name = "Baroque"
other_names = ["Barock", "Барокко"]
region = "Italy"
after = ["Mannerism"]
before = ["Rococo"]
painters = ["johannes-vermeer"]
checked = 2026-11-22
marks = ["Light falls from one side."]

[years]
start = 1600
end = 1750
sources = ["docent"]

[ids]
wikidata = "Q37853"

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

DELFT = """\
id = "vermeer-view-of-delft"
title = "View of Delft"
original = "Gezicht op Delft"
other_titles = ["Vue de Delft"]
artist = "johannes-vermeer"
year = "c. 1661"
medium = "oil on canvas"
museum = "Mauritshuis, The Hague"
wikidata = "Q467823"
sources = ["museum"]
checked = 2026-11-23

[titles]
fr = "La Vue"

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

VERMEER_FR = """\
id = "johannes-vermeer"
name = "Jean Vermeer"
nationality = "néerlandais"
died = "Delft la Belle"
checked = 2026-11-23

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

BAROQUE_FR = """\
id = "baroque"
name = "Le Baroque"
other_names = ["Art baroque"]
region = "Italie"
checked = 2026-11-23
marks = ["La lumière tombe d'un côté."]

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

DELFT_FR = """\
id = "vermeer-view-of-delft"
checked = 2026-11-23

[story]
sources = ["docent"]
text = \"\"\"
{story}
\"\"\"
"""

WORDS_FR = """\
[media]
"oil on canvas" = "huile sur toile"

[nationalities]
"British" = "britannique"

[places]
"The Hague" = "La Haye"
"""

UNKNOWN = """\
id = "unknown-view"
title = "A View"
artist_name = "Somebody"
sources = ["museum"]
checked = 2026-11-23
"""

SOURCES = """\
[docent]
name = "Docent's editors"

[archive]
name = "The archive"
licence = "CC0-1.0"
link = "https://example.org/archive"

[museum]
name = "The museum"
licence = "CC0-1.0"
"""


def story(words: int, subject: str) -> str:
    """Return a story of so many words, whose sentences no other subject shares."""
    sentence = [subject, *WORDS]
    text = [sentence[i % 10] + str(i // 10) for i in range(words)]
    return " ".join(word + "." if i % 10 == 9 else word for i, word in enumerate(text))


def write_content(folder: Path) -> Path:
    """Write two painters, a movement, two paintings, some of it in French, and the sources."""
    files = {
        "artists/johannes-vermeer.toml": VERMEER.format(story=story(100, "vermeer")),
        "artists/david-hockney.toml": HOCKNEY.format(story=story(90, "hockney")),
        "movements/baroque.toml": BAROQUE.format(story=story(150, "baroque")),
        "paintings/vermeer-view-of-delft.toml": DELFT.format(story=story(40, "delft")),
        "paintings/unknown-view.toml": UNKNOWN,
        "translations/fr/artists/johannes-vermeer.toml": VERMEER_FR.format(
            story=story(100, "vermeerfr")
        ),
        "translations/fr/movements/baroque.toml": BAROQUE_FR.format(story=story(150, "fr")),
        "translations/fr/paintings/vermeer-view-of-delft.toml": DELFT_FR.format(
            story=story(40, "delftfr")
        ),
        "translations/fr/words.toml": WORDS_FR,
        "sources.toml": SOURCES,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that the file has."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
