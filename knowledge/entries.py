"""What the library holds: painters, movements, their works, and where each fact comes from."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Source:
    """Where a text or a fact comes from; ``link`` and ``licence`` may be empty."""

    key: str
    name: str
    link: str
    licence: str


@dataclass(frozen=True)
class Moment:
    """A birth or a death; ``year`` is ``None`` and ``place`` empty where they are not known."""

    year: int | None
    circa: bool
    place: str
    day: str = ""
    """Month and day, where they are known: ``03-30``."""


@dataclass(frozen=True)
class Painting:
    """A painting worth knowing; all but id, title and painter may be empty."""

    id: str
    title: str
    original: str
    """The title in the painter's language, or another that visitors know."""
    other_titles: tuple[str, ...]
    artist_id: str
    """Empty for a painter whom the library lacks."""
    artist: str
    year: str
    """As people write it: ``c. 1665``, ``1884–1886``."""
    medium: str
    museum: str
    """With its city."""
    wikidata: str
    text: str
    sources: tuple[Source, ...]
    """The text's first."""
    titles: tuple[tuple[str, str], ...] = ()
    """Language and title: how it is known elsewhere."""


@dataclass(frozen=True)
class Artist:
    """A painter. ``movements`` are ids, the best-fitting first; ``also`` are plain names."""

    id: str
    name: str
    other_names: tuple[str, ...]
    nationality: str
    gender: str
    movements: tuple[str, ...]
    also: tuple[str, ...]
    teachers: tuple[str, ...]
    """Plain names, as are ``influences``."""
    influences: tuple[str, ...]
    born: Moment
    died: Moment | None
    """``None`` for the living, and where nothing is known."""
    active: str
    """When a painter worked, where no year of the life is known: ``1794–1795``."""
    wikidata: str
    ulan: str
    works: tuple[Painting, ...]
    """The best known first."""
    text: str
    sources: tuple[Source, ...]
    """Every source of the entry, the story's first."""
    checked: date


@dataclass(frozen=True)
class Movement:
    """A movement or style. ``painters`` are ids, ``after`` and ``before`` plain names."""

    id: str
    name: str
    other_names: tuple[str, ...]
    region: str
    start: int
    end: int
    after: tuple[str, ...]
    before: tuple[str, ...]
    painters: tuple[str, ...]
    marks: tuple[str, ...]
    """What the eye can check, a sentence each."""
    wikidata: str
    text: str
    sources: tuple[Source, ...]
    """Every source of the entry, the story's first."""
    checked: date

    @property
    def years(self) -> str:
        """When it flourished: ``1884–1910``."""
        return f"{self.start}–{self.end}"


@dataclass(frozen=True)
class Translation:
    """Entries in another language than English, whole, by id; what is missing is not there yet."""

    artists: dict[str, Artist] = field(default_factory=dict)
    movements: dict[str, Movement] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    """Of paintings, by their ids."""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """What single words of facts are called, by kind: media, nationalities, places."""


@dataclass(frozen=True)
class Content:
    """All entries, by id."""

    artists: dict[str, Artist]
    movements: dict[str, Movement]
    paintings: dict[str, Painting]
    """Every artist's works, and those of painters whom the library lacks."""
    translations: dict[str, Translation] = field(default_factory=dict)
    """By language."""
