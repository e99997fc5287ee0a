"""Works that a quiz may ask about, and whose hand they are for certain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.entries import Artist, Painting
from knowledge.library import Library
from knowledge.spelling import normal
from knowledge.years import first_year

DOUBT = frozenset(
    normal(
        "after and anonimo anonym anonyme anonymous anonimous atelier attr attrib attributed"
        " attribué attribuita attribuito atribuido bottega cercle cerchia circle circulo copia"
        " copie copy d'après desconocido e ecole école escuela et follower ignoto imitator inconnu"
        " kopie maestro maître manner maniera master meister nach nachfolger o oder or ou probably"
        " school schule scuola seguace seguidor studio style suiveur taller umkreis unbekannt und"
        " unknown werkstatt workshop y zugeschrieben"
    ).split()
)
"""Words by which a catalogue says that it is not sure whose hand a work is."""


@dataclass(frozen=True)
class Work:
    """A work that may be asked about. What is not known of it is ""."""

    key: str
    """Tells it from every other."""
    title: str
    artist: str
    """Whose hand it is, without a doubt, as the options say it."""
    artist_id: str
    """Empty for a painter whom the library lacks."""
    year: str
    picture: str = ""
    """``work:7`` of a collection, or ``stop:7`` of a tour."""
    lived: int | None = None
    """A year of the painter's life, where the library lacks them and their catalogue knows."""


def of_library(painting: Painting) -> Work:
    """Return a painting of the library as a work to ask about."""
    artist_id = painting.artist_id
    return Work(painting.id, painting.title, painting.artist, artist_id, painting.year)


def of_catalogue(library: Library, key: str, facts: Mapping[str, str], picture: str) -> Work:
    """Return a museum's work; its ``artist`` stays empty where there is doubt about the hand.

    Of ``facts``, title, artist, artist_id and year are read, as far as they are there.
    """
    title, artist, year = (facts.get(name, "") for name in ("title", "artist", "year"))
    known = _known(library, artist, facts.get("artist_id", ""))
    if known is not None:
        return Work(key, title, known.name, known.id, year, picture)
    return Work(key, title, certain_name(artist), "", year, picture, first_year(artist))


def certain_name(artist: str) -> str:
    """Return a painter's name without dates and places; empty where their hand is doubted.

    >>> certain_name("Tura Cosmè (Ferrara  1430 ca. - 1495)")
    'Tura Cosmè'
    >>> certain_name("Campi Giulio (attr.) (Cremona  1500 ca. - 1572)")
    ''
    """
    name, bracket, life = " ".join(artist.split()).partition(" (")
    doubted = "?" in name or DOUBT & set(normal(name).split())
    if doubted or (bracket and not _is_life(life)):
        return ""
    return name.strip(" ,;")


def _is_life(rest: str) -> bool:
    """Say whether what follows a name's bracket is one person's dates, and nothing after them."""
    depth, inside = 1, ""
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return not rest[place + 1 :].strip() and bool(re.search(r"\d{3}", inside))
        inside += letter
    return False


def _known(library: Library, artist: str, artist_id: str) -> Artist | None:
    if artist_id in library.artists:
        return library.artists[artist_id]
    name = certain_name(artist)
    called = library.artists_called(name) if name else None
    return library.artists[called.ids[0]] if called and called.sure else None
