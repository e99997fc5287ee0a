"""Finding the entry that a visitor means by a name, however it is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from knowledge.forms import Form, Level, forms
from knowledge.generations import split_generation
from knowledge.nearest import ONLY_EXACT, WHOLE, Keys
from knowledge.queries import readings
from knowledge.spelling import PARTICLES, is_east_asian, latin, normal, sound

CHOICES = 6
"""The most entries offered where a name is not sure."""
_LENGTH_OF_SOUND = 5
"""Letters; what is shorter sounds like too much."""
_SHORT = 6
"""Letters; so short a word has to look like the name that it sounds like."""
_LONGEST = 8
"""Words; hardly a full name is longer."""
_ORDINARY = frozenset({"angel", "halls", "steel", "thing"})
"""Words of English that look and sound like a painter."""
_INITIALS = re.compile(r"(?<=\b\w) (?=\w\b)")
"""The spaces in ``j m w turner`` that are left out: ``jmw turner``, never ``jmwturner``."""


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
        self._levels, self._sounds = _compact(self._levels), _compact(self._sounds)
        self._spelled = Keys(self._levels)
        self._heard = Keys(self._sounds)

    def find(self, query: str) -> Match:
        """Return the entry or entries that ``query`` names.

        Exact forms win over what sounds alike, and that over typing errors. A name that is merely
        near is offered as a choice, unless nobody else could be meant.
        """
        tries = readings(query, self._filler)
        plain = [words for words in (split_generation(words)[0] for words in tries) if words]
        if not plain or all(word in PARTICLES for word in plain[0].split()):
            return Match()
        found = self._first(tries)
        if not found.sure and plain != tries:
            found = _choice(found, self._first(plain))
        return found if found.ids else self._within(plain[0])

    def called(self, words: str, least: Level) -> Match:
        """Return the entries that are called by just these normal words, at this level or better.

        No slip is looked past; several are those of one family.
        """
        hits = self._hits(words)
        ids = {id_ for id_, level in hits.items() if level <= least}
        match = _match(hits) or Match()
        kept = tuple(id_ for id_ in match.ids if id_ in ids)
        return Match(kept, match.sure and bool(kept))

    def _first(self, tries: list[str]) -> Match:
        """Return what the first of these words says that says anything."""
        for words in tries:
            match = self._exact(words)
            if match and not match.sure:
                return self._weighed(words, match)
            match = match or self._some_words(words)
            if match:
                return match
        return self._near(min(tries, key=len))

    def _weighed(self, words: str, match: Match) -> Match:
        """Put what is merely near beside what a word within a name says."""
        level = min(self._levels.get(words, {}).values(), default=Level.NAME)
        if level is Level.ONCE:
            return _choice(match, self._near(words))
        return _choice(self._near(words), match) if level is Level.WORD else match

    def _add(self, id_: str, form: Form) -> None:
        tokens = form.words.split()
        joined = _INITIALS.sub("", form.words) if form.level is Level.INITIALS else "".join(tokens)
        for key in {form.words, _sorted(tokens), joined}:
            _keep_best(self._levels[key], id_, form.level)
        if form.level in WHOLE:
            for key in _sound_keys(form.words):
                _keep_best(self._sounds[key], id_, form.level)
        for token in tokens:
            self._words[token].add(id_)

    def _exact(self, words: str) -> Match | None:
        return _match(self._hits(words))

    def _hits(self, words: str) -> dict[str, Level]:
        tokens = words.split()
        hits: dict[str, Level] = {}
        for key in (words, _sorted(tokens), "".join(tokens)):
            for id_, level in self._levels.get(key, {}).items():
                _keep_best(hits, id_, level)
        return hits

    def _some_words(self, words: str) -> Match | None:
        """Two or more words that all stand in one entry's names: ``vincent gogh``."""
        tokens = [word for word in words.split() if word not in PARTICLES]
        if len(tokens) < 2 or is_east_asian(words):
            return None
        ids = set.intersection(*(self._words.get(token, set()) for token in tokens))
        level = Level.FAMILY if any(self._is_family(token, ids) for token in tokens) else Level.WORD
        return _match(dict.fromkeys(sorted(ids), level))

    def _is_family(self, token: str, ids: set[str]) -> bool:
        return any(
            self._levels.get(token, {}).get(id_, Level.WORD) <= Level.OTHER_FAMILY for id_ in ids
        )

    def _near(self, words: str) -> Match:
        """Names that sound the same, and those within a few typing errors."""
        if len(words.replace(" ", "")) <= ONLY_EXACT:
            return Match()
        alike = self._alike(words)
        if alike.sure:
            return alike
        slip = self._slip(latin(words), self._spelled)
        if not slip.ids and len(sound(words)) >= _LENGTH_OF_SOUND:
            slip = self._slip(sound(words), self._heard)
        if slip.sure and not alike.ids:
            return slip
        near = _choice(alike, slip)
        return _choice(near, Match(self._named_in(words))) if near.ids else near

    def _within(self, words: str) -> Match:
        """Whose full name, of two words or more, stands in a longer text; that is a choice."""
        tokens = words.split()
        pairs = combinations(range(len(tokens) + 1), 2)
        runs = (" ".join(tokens[start:end]) for start, end in pairs if 1 < end - start <= _LONGEST)
        owners = (self._levels.get(run, {}).items() for run in runs)
        return _choice(Match(tuple(id_ for ids in owners for id_, at in ids if at <= Level.OTHER)))

    def _named_in(self, words: str) -> tuple[str, ...]:
        """Whose family name stands in words that are near to another's name: ``Eduard Monet``."""
        tokens = words.split()
        owners = (self._levels.get(token, {}) for token in tokens if len(tokens) > 1)
        return tuple(id_ for ids in owners for id_, level in ids.items() if level <= Level.FAMILY)

    def _alike(self, words: str) -> Match:
        """Names that sound the same; in a short word that is only a hint (``black``, Blake)."""
        hits: dict[str, Level] = {}
        for key in _sound_keys(words):
            for id_, level in self._sounds.get(key, {}).items():
                _keep_best(hits, id_, level)
        match = _match(hits) or Match()
        return Match(match.ids, match.sure and self._looks_alike(words, match.ids[0]))

    def _looks_alike(self, words: str, id_: str) -> bool:
        """Whether a word that sounds like an entry's name is long enough, or also looks like it."""
        typed = latin(words)
        length = len(typed.replace(" ", ""))
        if length > _SHORT:
            return True
        _, _, key = self._spelled.nearest(typed).get(id_, (0, Level.WORD, " "))
        return length >= _LENGTH_OF_SOUND and key[0] == typed[0] and typed not in _ORDINARY

    def _slip(self, typed: str, keys: "Keys") -> Match:
        """Names within a few typing errors; sure only where the error is harmless."""
        nearest = keys.nearest(typed)
        if not nearest:
            return Match()
        ranked = sorted(nearest, key=lambda id_: (*nearest[id_], id_))
        best, *others = (nearest[id_] for id_ in ranked)
        alone = all(other[0] > best[0] + 1 for other in others)
        sure = alone and best[0] == 1 and best[1] < Level.ONCE and self._harmless(typed, best[2])
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


def _sound_keys(words: str) -> set[str]:
    return {_sorted(sound(words).split()), sound(words.replace(" ", ""))}


def _other_letter(word: str, name: str) -> bool:
    """Whether a letter was changed for another, rather than left out, added or swapped."""
    return len(word) == len(name) and sorted(word) != sorted(name)


def _sorted(tokens: Iterable[str]) -> str:
    return " ".join(sorted(tokens))


def _keep_best(levels: dict[str, Level], id_: str, level: Level) -> None:
    levels[id_] = min(levels.get(id_, level), level)


def _compact(levels: Mapping[str, dict[str, Level]]) -> dict[str, dict[str, Level]]:
    """Return the same with one object for all that is equal: most keys lead to one entry alone."""
    known: dict[tuple[tuple[str, Level], ...], dict[str, Level]] = {}
    return {key: known.setdefault(tuple(ids.items()), ids) for key, ids in levels.items()}


def _choice(*matches: Match) -> Match:
    """Return the entries of these matches, the first match's first, to choose from."""
    return Match(tuple(dict.fromkeys(id_ for match in matches for id_ in match.ids))[:CHOICES])


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
    if top < Level.ONCE and not rivals:
        return Match((ranked[0],), sure=True)
    telling = [id_ for id_ in ranked if hits[id_] < Level.WORD] or ranked
    return Match(tuple(telling[:CHOICES]))


def _is_rival(level: Level, top: Level) -> bool:
    if top is Level.NAME:
        return level is Level.NAME
    if top < Level.OTHER_FAMILY:
        return level < Level.OTHER_FAMILY or level is Level.GIVEN
    return True
