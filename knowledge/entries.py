"""What the library holds: painters, movements, their works, and where each fact comes from."""

from dataclasses import dataclass
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

    def __str__(self) -> str:
        """Return the year as people write it: ``1853``, ``c. 1600`` or nothing."""
        if self.year is None:
            return ""
        return f"c. {self.year}" if self.circa else str(self.year)


@dataclass(frozen=True)
class Work:
    """A painting worth knowing; ``year`` is text such as ``c. 1665``."""

    title: str
    year: str
    museum: str
    wikidata: str
    sources: tuple[str, ...]
    """Keys of the sources."""


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
    born: Moment
    died: Moment | None
    """``None`` for the living, and where nothing is known."""
    wikidata: str
    ulan: str
    works: tuple[Work, ...]
    text: str
    sources: tuple[Source, ...]
    """Every source of the entry, the story's first."""
    checked: date

    @property
    def life(self) -> str:
        """The life line: ``1853–1890``, ``c. 1600–1640``, ``born 1941``, or nothing."""
        return life_line(self.born, self.died)


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
class Content:
    """All entries, by id."""

    artists: dict[str, Artist]
    movements: dict[str, Movement]


def life_line(born: Moment, died: Moment | None) -> str:
    """``1853–1890``, ``c. 1600–1640``, ``born 1941``, ``died 1640``, or nothing."""
    start, end = str(born), str(died) if died else ""
    if start and end:
        return f"{start}–{end}"
    if start:
        return f"born {start}"
    return f"died {end}" if end else ""
