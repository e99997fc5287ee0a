"""What editors must mend in the content before it is good."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from knowledge.content import (
    ContentError,
    Entry,
    EntryTable,
    TranslationTable,
    entry_files,
    read_entry,
    read_sources,
    read_words,
    source_keys,
    translation_folders,
)
from knowledge.entries import Content
from knowledge.forms import spellings
from knowledge.reading import LONGEST_ID, read_content
from knowledge.spelling import normal
from knowledge.tables import (
    ArtistTable,
    ArtistTranslationTable,
    MomentTable,
    MovementTable,
    MovementTranslationTable,
    PaintingTable,
    PaintingTranslationTable,
    WorkTable,
)
from knowledge.years import first_year

ARTIST_WORDS = range(80, 181)
MOVEMENT_WORDS = range(120, 221)
PAINTING_WORDS = range(30, 141)
LONGER = 40
"""Words by which a language may need more, or fewer, than English."""
_BIRTHS = range(900, 2011)
_AGES = range(10, 111)
_OPENING = 4
"""Words that two stories may not begin with alike."""
_SENTENCE = 5
"""Words from which a sentence may not stand in two stories."""

_SENTENCES = re.compile(r"[.!?]+[\"”’)]*\s+")


def findings(folder: Path) -> list[str]:
    """Everything that is wrong with the content, a line each; empty for good content."""
    found: list[str] = []
    try:
        sources = set(read_sources(folder))
    except ContentError as error:
        return [str(error)]
    artists = _read(folder / "artists", ArtistTable, found)
    movements = _read(folder / "movements", MovementTable, found)
    paintings = _read(folder / "paintings", PaintingTable, found)
    for artist in artists.values():
        lines = _artist(artist, movements, paintings, sources)
        found += [f"artists/{artist.id}: {line}" for line in lines]
    for movement in movements.values():
        lines = _movement(movement, artists, sources)
        found += [f"movements/{movement.id}: {line}" for line in lines]
    names = {words: artist.id for artist in artists.values() for words in _whole_names(artist)}
    for painting in paintings.values():
        lines = _painting(painting, artists, names, sources)
        found += [f"paintings/{painting.id}: {line}" for line in lines]
    for translated in translation_folders(folder):
        found += _translations(translated, artists, movements, paintings, sources)
    found += _shared_names(artists.values())
    found += _repetitions([*artists.values(), *movements.values(), *paintings.values()])
    return found or _shared_works(read_content(folder))


def _read(folder: Path, shape: type[Entry], found: list[str]) -> dict[str, Entry]:
    """Return the entries that can be read; what is wrong with the others goes to ``found``."""
    entries: dict[str, Entry] = {}
    for path in entry_files(folder):
        try:
            entries[path.stem] = read_entry(path, shape)
        except ContentError as error:
            found.append(str(error))
    return entries


def _artist(
    artist: ArtistTable,
    movements: Mapping[str, MovementTable],
    paintings: Mapping[str, PaintingTable],
    sources: set[str],
) -> Iterator[str]:
    if not artist.movements and not artist.also:
        yield "no movement"
    yield from (f'no movement "{id_}"' for id_ in artist.movements if id_ not in movements)
    yield from _life(artist)
    for work in artist.works:
        yield from _work(work, artist, paintings)
    yield from _sourced(artist, sources)
    yield from _story_length(artist, ARTIST_WORDS)


def _translations(
    folder: Path,
    artists: Mapping[str, ArtistTable],
    movements: Mapping[str, MovementTable],
    paintings: Mapping[str, PaintingTable],
    sources: set[str],
) -> Iterator[str]:
    """Yield what is wrong with one language's texts."""
    found: list[str] = []
    lives = _read(folder / "artists", ArtistTranslationTable, found)
    styles = _read(folder / "movements", MovementTranslationTable, found)
    told = _read(folder / "paintings", PaintingTranslationTable, found)
    try:
        read_words(folder)
    except ContentError as error:
        found.append(str(error))
    yield from found
    for text in told.values():
        for line in _translation(text, paintings, PAINTING_WORDS, sources):
            yield f"{folder.name}/paintings/{text.id}: {line}"
    for life in lives.values():
        for line in _translation(life, artists, ARTIST_WORDS, sources):
            yield f"{folder.name}/artists/{life.id}: {line}"
    for style in styles.values():
        for line in _translation(style, movements, MOVEMENT_WORDS, sources):
            yield f"{folder.name}/movements/{style.id}: {line}"
        if style.id in movements and len(style.marks) != len(movements[style.id].marks):
            yield f"{folder.name}/movements/{style.id}: {len(style.marks)} marks, not as in English"
    yield from _repetitions([*lives.values(), *styles.values(), *told.values()])


def _translation(
    entry: TranslationTable,
    english: Mapping[str, EntryTable],
    words: range,
    sources: set[str],
) -> Iterator[str]:
    if entry.id not in english:
        yield "there is no such entry in English"
    yield from _sourced(entry, sources)
    yield from _story_length(entry, range(max(1, words[0] - LONGER), words[-1] + 1 + LONGER))


def _work(
    work: WorkTable, artist: ArtistTable, paintings: Mapping[str, PaintingTable]
) -> Iterator[str]:
    if work.painting:
        told = paintings.get(work.painting)
        if told is None:
            yield f'no painting "{work.painting}"'
        elif told.artist != artist.id:
            yield f'"{work.painting}" is by {told.artist or told.artist_name}'
        return
    if not work.sources:
        yield f'work "{work.title}" has no source'
    if not _fits_life(work.year, artist):
        yield f'work "{work.title}" of {work.year} is not within the painter\'s life'


def _painting(
    painting: PaintingTable,
    artists: Mapping[str, ArtistTable],
    names: Mapping[str, str],
    sources: set[str],
) -> Iterator[str]:
    if bool(painting.artist) == bool(painting.artist_name):
        yield "artist, or artist_name where there is no such painter: one of them"
    if normal(painting.artist_name) in names:
        yield f'"{painting.artist_name}" is {names[normal(painting.artist_name)]}'
    artist = artists.get(painting.artist)
    if painting.artist and artist is None:
        yield f'no painter "{painting.artist}"'
    if artist and not _fits_life(painting.year, artist):
        yield f"{painting.year} is not within the painter's life"
    if len(painting.id) > LONGEST_ID:
        yield f"the id has {len(painting.id)} characters; a button carries {LONGEST_ID}"
    if not painting.sources:
        yield "no source"
    for title in painting.other_titles:
        if title in (painting.title, painting.original, *painting.titles.values()):
            yield f'"{title}" stands twice among the titles'
    yield from _sourced(painting, sources)
    if painting.story.text.strip():
        yield from _story_length(painting, PAINTING_WORDS)


def _movement(
    movement: MovementTable, artists: Mapping[str, ArtistTable], sources: set[str]
) -> Iterator[str]:
    yield from (f'no painter "{id_}"' for id_ in movement.painters if id_ not in artists)
    if movement.years.start > movement.years.end:
        yield f"years: {movement.years.start} is after {movement.years.end}"
    if not movement.years.sources:
        yield "years have no source"
    if not movement.marks:
        yield "no marks"
    yield from _sourced(movement, sources)
    yield from _story_length(movement, MOVEMENT_WORDS)


def _life(artist: ArtistTable) -> Iterator[str]:
    born, died = artist.born, artist.died
    moments: list[tuple[str, MomentTable]] = [("born", born)]
    moments += [("died", died)] if died else []
    for name, moment in moments:
        if moment.year is None and not artist.active:
            yield f"{name}: no year"
        if (moment.year is not None or moment.place) and not moment.sources:
            yield f"{name}: no source"
    if born.year is not None and born.year not in _BIRTHS:
        yield f"born in {born.year}?"
    if died and born.year is not None and died.year is not None:
        if died.year - born.year not in _AGES:
            yield f"lived from {born.year} to {died.year}?"
        if died.year > artist.checked.year:
            yield f"died in {died.year}, after the entry was checked?"


def _fits_life(years: str, artist: ArtistTable) -> bool:
    """Whether a work's first year is one in which its painter lived."""
    year = first_year(years)
    if year is None or artist.born.year is None:
        return True
    last = artist.died.year if artist.died and artist.died.year else artist.checked.year
    return artist.born.year + 5 <= year <= last + 1


def _sourced(entry: EntryTable, sources: set[str]) -> Iterator[str]:
    yield from (f'unknown source "{key}"' for key in source_keys(entry) if key not in sources)
    if entry.story.text.strip() and not entry.story.sources:
        yield "the story has no source"


def _story_length(entry: EntryTable, wanted: range) -> Iterator[str]:
    words = len(entry.story.text.split())
    if words not in wanted:
        yield f"the story has {words} words, not {wanted[0]} to {wanted[-1]}"


def _shared_names(artists: Iterable[ArtistTable]) -> Iterator[str]:
    """Full names of two painters; a family name alone may be shared."""
    owners: dict[str, set[str]] = defaultdict(set)
    for artist in artists:
        mains = spellings(artist.name)
        for words in {words for name in artist.other_names for words in spellings(name)}:
            if not any(f" {words} " in f" {main} " for main in mains):
                owners[words].add(artist.id)
        for words in mains:
            owners[words].add(artist.id)
    for words, ids in sorted(owners.items()):
        if len(ids) > 1:
            yield f'the name "{words}" belongs to {", ".join(sorted(ids))}'


def _shared_works(content: Content) -> list[str]:
    """Works that are told twice: two of one painter and title, or two of one Wikidata id."""
    owners: dict[str, list[str]] = defaultdict(list)
    for work in content.paintings.values():
        owners[f"{work.artist}, {work.title}, {work.year}"].append(work.id)
        if work.wikidata:
            owners[work.wikidata].append(work.id)
    return [f'{", ".join(ids)}: one work, "{key}"' for key, ids in owners.items() if len(ids) > 1]


def _whole_names(artist: ArtistTable) -> set[str]:
    return {words for name in (artist.name, *artist.other_names) for words in spellings(name)}


def _repetitions(entries: Iterable[EntryTable]) -> Iterator[str]:
    openings: dict[str, list[str]] = defaultdict(list)
    sentences: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        words = entry.story.text.lower().split()
        if words:
            openings[" ".join(words[:_OPENING])].append(entry.id)
        for sentence in _SENTENCES.split(entry.story.text.strip()):
            if len(sentence.split()) >= _SENTENCE:
                sentences[sentence.lower().rstrip(".!?")].append(entry.id)
    for opening, ids in openings.items():
        if len(ids) > 1:
            yield f'{", ".join(ids)}: the stories open alike, "{opening} …"'
    for sentence, ids in sentences.items():
        if len(ids) > 1:
            yield f'{", ".join(ids)}: the same sentence, "{sentence}"'
