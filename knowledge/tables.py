"""The shapes of the content files, as their authors write them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

WikidataId = Annotated[str, Field(pattern=r"^(Q[1-9][0-9]*)?$")]
Filled = Annotated[str, Field(min_length=1)]


class Table(BaseModel):
    """A TOML table: exact types, no key that is not known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class MomentTable(Table):
    """``[born]`` and ``[died]``."""

    year: int | None = None
    circa: bool = False
    day: Annotated[str, Field(pattern=r"^(|(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$")] = ""
    place: str = ""
    sources: list[str] = []


class IdsTable(Table):
    """``[ids]``: the entry's names in other catalogues."""

    wikidata: WikidataId = ""
    ulan: str = ""


class WorkTable(Table):
    """One of ``[[works]]``: its facts, or the file of ``paintings/`` that has them."""

    painting: str = ""
    title: str = ""
    original: str = ""
    year: str = ""
    medium: str = ""
    museum: str = ""
    wikidata: WikidataId = ""
    sources: list[str] = []

    @model_validator(mode="after")
    def _is_told_once(self) -> "WorkTable":
        if bool(self.title) == bool(self.painting):
            raise ValueError("a work has a title, or names its file of paintings/")
        return self


class StoryTable(Table):
    """``[story]``: our own prose."""

    sources: list[str] = []
    text: str = ""


class ArtistTable(Table):
    """A file of ``artists/``."""

    id: Filled
    name: Filled
    other_names: list[str] = []
    nationality: str = ""
    gender: str = ""
    movements: list[str] = []
    also: list[str] = []
    teachers: list[str] = []
    influences: list[str] = []
    checked: date
    born: MomentTable = MomentTable()
    died: MomentTable | None = None
    active: str = ""
    ids: IdsTable = IdsTable()
    works: list[WorkTable] = []
    story: StoryTable = StoryTable()


class PaintingTable(Table):
    """A file of ``paintings/``; ``artist_name`` stands where the library lacks the painter."""

    id: Filled
    title: Filled
    original: str = ""
    other_titles: list[str] = []
    artist: str = ""
    artist_name: str = ""
    year: str = ""
    medium: str = ""
    museum: str = ""
    wikidata: WikidataId = ""
    sources: list[str] = []
    checked: date
    titles: dict[Literal["de", "es", "fr", "it"], Filled] = {}
    """As visitors of other languages know it."""
    story: StoryTable = StoryTable()


class YearsTable(Table):
    """``[years]`` of a movement."""

    start: int
    end: int
    sources: list[str] = []


class MovementTable(Table):
    """A file of ``movements/``."""

    id: Filled
    name: Filled
    other_names: list[str] = []
    region: str = ""
    after: list[str] = []
    before: list[str] = []
    painters: list[str] = []
    marks: list[str] = []
    checked: date
    years: YearsTable
    ids: IdsTable = IdsTable()
    story: StoryTable = StoryTable()


class ArtistTranslationTable(Table):
    """A file of ``translations/LANGUAGE/artists/``; what is empty stays as it is in English."""

    id: Filled
    name: str = ""
    nationality: str = ""
    born: str = ""
    """The place, as is ``died``."""
    died: str = ""
    checked: date
    story: StoryTable


class MovementTranslationTable(Table):
    """A file of ``translations/LANGUAGE/movements/``."""

    id: Filled
    name: Filled
    other_names: list[str] = []
    region: str = ""
    checked: date
    marks: list[str] = []
    story: StoryTable


class PaintingTranslationTable(Table):
    """A file of ``translations/LANGUAGE/paintings/``; the title stands in the painting's file."""

    id: Filled
    checked: date
    story: StoryTable


class WordsTable(Table):
    """``translations/LANGUAGE/words.toml``: words of facts, English and translated."""

    media: dict[str, Filled] = {}
    nationalities: dict[str, Filled] = {}
    nationalities_of_women: dict[str, Filled] = {}
    places: dict[str, Filled] = {}


class SourceTable(Table):
    """A table of ``sources.toml``; ``note`` is for editors."""

    name: Filled
    licence: str = ""
    note: str = ""
    link: str = ""
