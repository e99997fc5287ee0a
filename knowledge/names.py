"""Finding the entry that a visitor means by a name, however it is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.forms import Form, Level, bare, forms, spellings
from knowledge.spelling import PARTICLES, is_east_asian, latin, normal, sound

CHOICES = 6
"""The most entries offered where a name is not sure."""
_ONLY_EXACT = 3
"""Letters; so short a word is found only as it stands."""
_LENGTH_FOR_SLIPS = (4, 7, 14)
"""The lengths from which one, two and three typing errors are looked past."""
_WHOLE = (Level.NAME, Level.OTHER, Level.FAMILY, Level.OTHER_FAMILY)
"""What a name may be near to; a first name or initials would be near to too many."""
_LONGEST = 200
"""Characters; no name is longer, and a long text is not compared with every name."""


@dataclass(frozen=True)
class Match:
    """What a name found: one sure entry, some to choose from (best first), or nothing."""

    ids: tuple[str, ...] = ()
    sure: bool = False


class NameIndex:
    """Names of entries, in every form that visitors type."""

    def __init__(
        self, names: Mapping[str, tuple[str, tuple[str, ...]]], filler: Iterable[str] = ()
    ) -> None:
        """Index entries.

        Args:
            names: id → (name, other names).
            filler: words that a query may hold beside a name, such as ``style``.

        """
        self._filler = frozenset(filler)
        self._levels: dict[str, dict[str, Level]] = defaultdict(dict)
        self._sounds: dict[str, dict[str, Level]] = defaultdict(dict)
        self._words: dict[str, set[str]] = defaultdict(set)
        for id_, (name, others) in names.items():
            self._add(id_, Form(normal(id_), Level.NAME))
            for form in forms(name, others):
                self._add(id_, form)
        self._spelled = _Keys(self._levels)
        self._heard = _Keys(self._sounds)

    def find(self, query: str) -> Match:
        """Return the entry or entries that ``query`` names.

        Exact forms win over what sounds alike, and that over typing errors. A name that is merely
        near is offered as a choice, unless nobody else could be meant.
        """
        tries = self._tries(query[:_LONGEST])
        if not tries or all(word in PARTICLES for word in tries[0].split()):
            return Match()
        for words in tries:
            match = self._exact(words) or self._some_words(words)
            if match:
                return match
        barest = min(tries, key=len)
        if len(barest.replace(" ", "")) <= _ONLY_EXACT:
            return Match()
        return self._near(barest)

    def _add(self, id_: str, form: Form) -> None:
        tokens = form.words.split()
        for key in {form.words, _sorted(tokens), "".join(tokens)}:
            _keep_best(self._levels[key], id_, form.level)
        if form.level in _WHOLE:
            for key in _sound_keys(form.words):
                _keep_best(self._sounds[key], id_, form.level)
        for token in tokens:
            self._words[token].add(id_)

    def _tries(self, query: str) -> list[str]:
        """Return the normal words of a query, then without fillers, titles and tails."""
        found: list[str] = []
        for words in spellings(query):
            kept = " ".join(word for word in words.split() if word not in self._filler)
            found += [words, kept, bare(kept)]
        return [words for words in dict.fromkeys(found) if words]

    def _exact(self, words: str) -> Match | None:
        tokens = words.split()
        keys = (words, _sorted(tokens), "".join(tokens))
        hits: dict[str, Level] = {}
        for key in keys:
            for id_, level in self._levels.get(key, {}).items():
                _keep_best(hits, id_, level)
        return _match(hits)

    def _some_words(self, words: str) -> Match | None:
        """Two or more words that all stand in one entry's names: ``vincent gogh``."""
        tokens = [word for word in words.split() if word not in PARTICLES]
        if len(tokens) < 2 or is_east_asian(words):
            return None
        ids = set.intersection(*(self._words.get(token, set()) for token in tokens))
        level = Level.FAMILY if any(self._is_family(token, ids) for token in tokens) else Level.WORD
        return _match(dict.fromkeys(sorted(ids), level))

    def _is_family(self, token: str, ids: set[str]) -> bool:
        return any(self._levels[token].get(id_, Level.WORD) <= Level.OTHER_FAMILY for id_ in ids)

    def _near(self, words: str) -> Match:
        """Names that sound the same, and those within a few typing errors."""
        alike = self._alike(words)
        if alike.sure:
            return alike
        slip = self._slip(latin(words), self._spelled)
        if not slip.ids:
            slip = self._slip(sound(words), self._heard)
        if not alike.ids:
            return slip
        return Match(tuple(dict.fromkeys((*alike.ids, *slip.ids)))[:CHOICES])

    def _alike(self, words: str) -> Match:
        """Names that sound the same; the sound of a short word is only a hint."""
        hits: dict[str, Level] = {}
        for key in _sound_keys(words):
            for id_, level in self._sounds.get(key, {}).items():
                _keep_best(hits, id_, level)
        match = _match(hits) or Match()
        return Match(match.ids) if len(words.replace(" ", "")) < 5 else match

    def _slip(self, typed: str, keys: "_Keys") -> Match:
        """Names within a few typing errors; sure only where the error is harmless."""
        nearest = keys.nearest(typed)
        if not nearest:
            return Match()
        ranked = sorted(nearest, key=lambda id_: (*nearest[id_], id_))
        best, *others = (nearest[id_] for id_ in ranked)
        alone = all(other[0] > best[0] + 1 for other in others)
        sure = alone and best[0] == 1 and self._harmless(typed, best[2])
        return Match(tuple(ranked[:1] if sure else ranked[:CHOICES]), sure)

    def _harmless(self, typed: str, key: str) -> bool:
        """Whether one typing error may be mended without asking.

        In a lone family name a changed letter may be another painter (Ribera, Rivera), and so may
        any change in a short one (Marin, Martin); so may a changed word that names someone else
        (Édouard Monet).
        """
        words, names = typed.split(), key.split()
        if len(typed) < 8 or typed[0] != key[0]:
            return False
        if len(words) != len(names):
            return typed.replace(" ", "") == key.replace(" ", "")
        changed = [(word, name) for word, name in zip(words, names, strict=True) if word != name]
        if any(word[0] != name[0] or self._names_someone(word) for word, name in changed):
            return False
        telling = [name for name in names if name not in PARTICLES]
        return len(telling) > 1 or not any(_other_letter(*pair) for pair in changed)

    def _names_someone(self, word: str) -> bool:
        return any(level <= Level.FAMILY for level in self._levels.get(word, {}).values())


class _Keys:
    """Keys to compare a query with when nothing fits exactly."""

    def __init__(self, levels: Mapping[str, Mapping[str, Level]]) -> None:
        self._ids = {
            key: {id_: level for id_, level in ids.items() if level in _WHOLE}
            for key, ids in levels.items()
            if len(key) > _ONLY_EXACT
        }
        self._keys = [key for key, ids in self._ids.items() if ids]

    def nearest(self, typed: str) -> dict[str, tuple[float, Level, str]]:
        """Id → (typing errors, level, key) of its nearest key, for all that are near."""
        allowed = sum(len(typed) >= length for length in _LENGTH_FOR_SLIPS)
        found = process.extract(
            typed, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        nearest: dict[str, tuple[float, Level, str]] = {}
        for key, slips, _ in found:
            for id_, level in self._ids[key].items():
                here = (slips, level, key)
                nearest[id_] = min(nearest.get(id_, here), here)
        return nearest


def _sound_keys(words: str) -> set[str]:
    return {_sorted(sound(words).split()), sound(words.replace(" ", ""))}


def _other_letter(word: str, name: str) -> bool:
    """Whether a letter was changed for another, rather than left out, added or swapped."""
    return len(word) == len(name) and sorted(word) != sorted(name)


def _sorted(tokens: Iterable[str]) -> str:
    return " ".join(sorted(tokens))


def _keep_best(levels: dict[str, Level], id_: str, level: Level) -> None:
    levels[id_] = min(levels.get(id_, level), level)


def _match(hits: Mapping[str, Level]) -> Match | None:
    """One sure entry where only one fits; a name itself beats every other form.

    A family name is not shared by one who was only born or married with it, but it is by one who
    is called by it (Franz Marc, Marc Chagall).
    """
    if not hits:
        return None
    ranked = sorted(hits, key=lambda id_: (hits[id_], id_))
    levels = [hits[id_] for id_ in ranked]
    top = levels[0]
    rivals = [level for level in levels[1:] if _is_rival(level, top)]
    if top < Level.GIVEN and not rivals:
        return Match((ranked[0],), sure=True)
    telling = [id_ for id_ in ranked if hits[id_] < Level.WORD] or ranked
    return Match(tuple(telling[:CHOICES]))


def _is_rival(level: Level, top: Level) -> bool:
    if top is Level.NAME:
        return level is Level.NAME
    if top < Level.OTHER_FAMILY:
        return level < Level.OTHER_FAMILY or level is Level.GIVEN
    return True
