"""Empty entries for editors to fill in."""

from datetime import date
from pathlib import Path

from knowledge.spelling import latin, normal

NEEDED = {
    "artist": """\
other_names = []  # full name, short names, nicknames, native script, old spellings
nationality = ""
gender = ""  # male or female
movements = []  # ids of movements/, the best-fitting first
teachers = []
influences = []
checked = {today}

[born]
# year = 1632
# circa = true
# day = "10-31"
place = ""
sources = ["docent"]

[died]
# year = 1675
place = ""
sources = ["docent"]

[ids]
wikidata = ""
ulan = ""

# At least three works, the best known first.
# [[works]]
# title = ""
# original = ""
# year = ""
# medium = ""
# museum = "Museum, City"
# sources = ["docent"]

[story]
sources = ["docent"]
text = \"\"\"
\"\"\"
""",
    "movement": """\
other_names = []
region = ""
after = []  # what it came after
before = []  # what came after it
painters = []  # ids of artists/
checked = {today}
marks = []  # three to five, each one thing that the eye can check

[years]
start = 0
end = 0
sources = ["docent"]

[ids]
wikidata = ""

[story]
sources = ["docent"]
text = \"\"\"
\"\"\"
""",
    "painting": """\
original = ""
other_titles = []  # what visitors from elsewhere call it
artist = ""  # an id of artists/; artist_name where the library lacks the painter
year = ""
medium = ""
museum = ""  # with its city
wikidata = ""
sources = ["docent"]
checked = {today}

[story]
sources = ["docent"]
text = \"\"\"
\"\"\"
""",
}
"""What stands below id and name, by kind."""


def write_skeleton(folder: Path, kind: str, name: str) -> Path:
    """Write an entry that waits to be filled in; return its file.

    Raises:
        FileExistsError: there is such an entry already.
        ValueError: the name has no letter that an id could be made of.

    """
    id_ = "-".join(latin(normal(name)).split())
    if not id_ or not id_.isascii():
        raise ValueError(f'"{name}" has no Latin letters; write the name as in English.')
    path = folder / f"{kind}s" / f"{id_}.toml"
    title = "title" if kind == "painting" else "name"
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    head = f'id = "{id_}"\n{title} = "{escaped}"\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(head + NEEDED[kind].format(today=date.today().isoformat()))
    return path
