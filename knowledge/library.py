"""The library: our own entries first, Wikipedia after."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from knowledge.articles import Article, ArticleKind, NoSuchPage, WikipediaUnavailable
from knowledge.compiled import load
from knowledge.entries import Artist, Content, Movement, Painting, Source
from knowledge.forms import Level
from knowledge.names import Match, NameIndex
from knowledge.occupations import LANGUAGES, word_for_painter
from knowledge.spelling import normal, script, script_of
from knowledge.telling import told_in
from knowledge.titles import Fit, TitledWork, TitleIndex
from knowledge.wikipedia import Wikipedia, edition

ENGLISH = "en"
CONTENT = Path(__file__).parent
"""The folder of the content that comes with Docent."""

_ASKING = tuple(
    normal(
        "about any anything are by did have is know like love me please show something tell this"
        " was were what who you"
        " bitte erzähl erzähle ist kennst über war wer zeig zeige"
        " est etait montre montrez parle parlez moi qui"
        " cuéntame era es favor foi fue háblame muéstrame quem quien quién sobre"
        " dimmi mostrami parlami raccontami"
        " была был кто мне об покажи про расскажи расскажите такая такой"
        " kimdir"
    ).split()
)
"""Words of a question, in the languages that visitors ask in."""
_LIFE_AND_WORKS = tuple(
    normal(
        "life paint painted bilder gemälde leben werke oeuvres tableaux toiles vie"
        " cuadros obras vida opere quadri vita жизнь картина картины"
    ).split()
)
ARTIST_WORDS = (
    *("art", "artist", "famous", "painter", "painting", "paintings", "picture", "pictures", "work"),
    *("works", "mr", "mrs", "ms", "miss", "mister", "herr", "frau", "monsieur", "signor", "senor"),
    *(normal(word_for_painter(language)) for language in sorted(LANGUAGES)),
    *_LIFE_AND_WORKS,
    *_ASKING,
)
"""Words that visitors put beside a painter's name."""
MOVEMENT_WORDS = (
    *("art", "arts", "artist", "artists", "era", "movement", "painter", "painters", "painting"),
    *("paintings", "school", "style", *_ASKING),
)
"""Words that visitors put beside a movement's name."""


@dataclass(frozen=True)
class Story:
    """What there is to tell about an entry; ``text`` is empty where only its facts are known."""

    text: str
    sources: tuple[Source, ...]
    note: str = ""
    """Empty, or what a reader is to know of the text.

    ``shortened``, ``stale`` (an old copy), ``in_english`` (not translated yet),
    ``wikipedia_unavailable`` or ``no_page``.
    """
    language: str = "en"
    shortened: bool = False


class Library:
    """Painters, movements and paintings by id and by name. Made by :meth:`open`."""

    def __init__(self, content: Content, encyclopedia: Wikipedia | None) -> None:
        """Serve these entries; ``None`` for a library that never asks Wikipedia."""
        self.language = ENGLISH
        self._content = content
        self.artists: Mapping[str, Artist] = MappingProxyType(content.artists)
        self.movements: Mapping[str, Movement] = MappingProxyType(content.movements)
        self.paintings: Mapping[str, Painting] = MappingProxyType(content.paintings)
        self._encyclopedia = encyclopedia
        translations = content.translations.values()
        self._artist_names = NameIndex(
            _names(content.artists, [each.artists for each in translations]), ARTIST_WORDS
        )
        self._movement_names = NameIndex(
            _names(content.movements, [each.movements for each in translations]), MOVEMENT_WORDS
        )
        self._told: dict[str, Library] = {ENGLISH: self}
        self._titles = TitleIndex(
            TitledWork(work.id, _titles_of(work), work.artist)
            for work in content.paintings.values()
        )

    @classmethod
    async def open(cls, folder: Path, store: Path, encyclopedia: Wikipedia | None) -> "Library":
        """Open the content of ``folder``, compiled into the SQLite file ``store``.

        Raises:
            ContentError: a content file cannot be used.

        """

        def read() -> Library:
            return cls(load(folder, store), encyclopedia)

        return await asyncio.to_thread(read)

    def in_language(self, tag: str) -> "Library":
        """Return the library as it is told in a language; what that lacks is in English.

        A language of which nothing is translated gets English. Names are found in every language.
        The first time takes 50 ms, and every language 6 MB; safe from threads.
        """
        language = tag.replace("_", "-").partition("-")[0].lower()
        if language not in self._content.translations:
            return self._told[ENGLISH]
        if language not in self._told:
            content = told_in(self._content, language)
            told = copy(self)
            told.language = language
            told.artists = MappingProxyType(content.artists)
            told.movements = MappingProxyType(content.movements)
            told.paintings = MappingProxyType(content.paintings)
            self._told[language] = told
        return self._told[language]

    def find_artist(self, query: str) -> Match:
        """Return the painter or painters that a visitor may mean."""
        return self._artist_names.find(query)

    def find_movement(self, query: str) -> Match:
        """Return the movement or movements that a visitor may mean."""
        return self._movement_names.find(query)

    def artists_called(self, words: str) -> Match:
        """Return the painters whose name or family name these very words are."""
        return self._artist_names.called(normal(words), Level.OTHER_FAMILY)

    def movements_called(self, words: str) -> Match:
        """Return the movement whose whole name these very words are."""
        return self._movement_names.called(normal(words), Level.OTHER)

    def find_painting(self, title: str) -> dict[str, Fit]:
        """Return the paintings that a title may mean, the best first, each with its fit."""
        return self._titles.find(title)

    async def story(self, entry: Artist | Movement, language: str = "en") -> Story:
        """Our own text; where there is none, the beginning of Wikipedia's page about the entry.

        Never fails for want of a network: then ``text`` is empty and ``note`` says why. A page
        counts only if it has the entry's Wikidata id, or is about an artist where none is known.
        """
        if entry.text:
            note = "" if self.is_translated(entry) else "in_english"
            told = ENGLISH if note else self.language
            return Story(entry.text, entry.sources, note, told)
        if self._encyclopedia is None:
            return Story("", entry.sources)
        try:
            article = await self.more(entry, language)
        except WikipediaUnavailable:
            return Story("", entry.sources, "wikipedia_unavailable")
        return _told(article) if article else Story("", entry.sources, "no_page")

    async def more(self, entry: Artist | Movement, language: str = ENGLISH) -> Article | None:
        """Wikipedia's page about an entry; ``None`` where there is none, or it is never asked.

        Raises:
            WikipediaUnavailable: no answer in time, and nothing in the cache.

        """
        if self._encyclopedia is None:
            return None
        pages = _titles(entry, edition(language))
        return await self._encyclopedia.first(pages, lambda page: _is_about(page, entry))

    def is_translated(self, entry: Artist | Movement | Painting) -> bool:
        """Say whether an entry's text is in the library's language."""
        if self.language == ENGLISH:
            return True
        told = self._content.translations[self.language]
        match entry:
            case Artist():
                return entry.id in told.artists
            case Movement():
                return entry.id in told.movements
            case Painting():
                return entry.id in told.texts

    async def look_up(self, name: str, language: str = "en") -> Article | None:
        """Wikipedia's page for a painter whom the library lacks; ``None`` where there is none.

        Its ``kind`` says whether the page is about an artist, someone else, or several.

        Raises:
            WikipediaUnavailable: no answer in time, and nothing in the cache.

        """
        if self._encyclopedia is None:
            return None
        try:
            return await self._encyclopedia.look_up(name, language)
        except NoSuchPage:
            return None


def _names(
    entries: Mapping[str, Artist] | Mapping[str, Movement],
    translations: Iterable[Mapping[str, Artist] | Mapping[str, Movement]],
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return id → (name, other names), those of all languages among these."""
    found = {id_: (entry.name, [*entry.other_names]) for id_, entry in entries.items()}
    for translated in translations:
        for id_, entry in translated.items():
            found[id_][1].extend((entry.name, *entry.other_names))
    return {id_: (name, tuple(dict.fromkeys(others))) for id_, (name, others) in found.items()}


def _titles_of(work: Painting) -> tuple[str, ...]:
    """Return every title by which a painting may be asked for."""
    elsewhere = (title for _, title in work.titles)
    return tuple(dict.fromkeys((work.title, work.original, *work.other_titles, *elsewhere)))


def _titles(entry: Artist | Movement, language: str) -> Iterator[tuple[str, str]]:
    """Editions and titles to try: the name in the language's script, then the English page."""
    native = [name for name in entry.other_names if script(name) == script_of(language)]
    own = native[0] if native and script_of(language) != "latin" else entry.name
    yield language, own
    if language != "en":
        yield "en", entry.name


def _is_about(article: Article, entry: Artist | Movement) -> bool:
    if article.kind is ArticleKind.DISAMBIGUATION or not article.text:
        return False
    if article.wikidata and entry.wikidata:
        return article.wikidata == entry.wikidata
    return isinstance(entry, Movement) or article.kind is ArticleKind.ARTIST


def _told(article: Article) -> Story:
    source = Source("wikipedia", f"Wikipedia: {article.title}", article.link, article.licence)
    note = "stale" if article.stale else "shortened" if article.shortened else ""
    return Story(article.text, (source,), note, article.language, article.shortened)
