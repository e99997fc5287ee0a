"""The content as it is told in another language; what that lacks stays in English."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.entries import Artist, Content, Moment, Painting

BETWEEN = ", "
"""What stands between a museum and its city."""


def told_in(content: Content, language: str) -> Content:
    """Return the content with names, titles, texts and words of facts of a language it has."""
    telling = _Telling(content, language)
    artists = {id_: telling.artist(artist) for id_, artist in content.artists.items()}
    works = {work.id: work for artist in artists.values() for work in artist.works}
    others = {
        id_: telling.painting(painting, painting.artist)
        for id_, painting in content.paintings.items()
        if id_ not in works
    }
    movements = {**content.movements, **content.translations[language].movements}
    return Content(artists, movements, others | works, content.translations)


class _Telling:
    """One language's words."""

    def __init__(self, content: Content, language: str) -> None:
        self._language = language
        self._translation = content.translations[language]
        words = self._translation.words
        self._media, self._places = words.get("media", {}), words.get("places", {})
        self._men = words.get("nationalities", {})
        self._women = self._men | words.get("nationalities_of_women", {})

    def artist(self, artist: Artist) -> Artist:
        """Return a painter: the translated life, or the English one with its facts translated."""
        told = self._translation.artists.get(artist.id)
        if told is None:
            nationalities = self._women if artist.gender == "female" else self._men
            told = replace(
                artist,
                nationality=nationalities.get(artist.nationality, artist.nationality),
                born=self._moment(artist.born),
                died=artist.died and self._moment(artist.died),
            )
        return replace(told, works=tuple(self.painting(w, told.name) for w in artist.works))

    def painting(self, work: Painting, painter: str) -> Painting:
        """Return a painting with its title, text and facts as far as they are translated."""
        return replace(
            work,
            title=dict(work.titles).get(self._language, work.title),
            artist=painter,
            medium=self._media.get(work.medium, work.medium),
            museum=_each(self._places, work.museum),
            text=self._translation.texts.get(work.id, work.text),
        )

    def _moment(self, moment: Moment) -> Moment:
        return replace(moment, place=_each(self._places, moment.place))


def _each(words: Mapping[str, str], text: str) -> str:
    """Return a text of several parts with those translated that are known."""
    if text in words:
        return words[text]
    return BETWEEN.join(words.get(part, part) for part in text.split(BETWEEN))
