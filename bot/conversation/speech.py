"""What handlers share: the parts they speak with, and the words a button carries."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from bot.collections.catalogue import Catalogue
from bot.collections.enrolment import Enrolment
from bot.conversation.bell import Bell
from bot.conversation.events import Event
from bot.conversation.phrases import Phrases
from bot.conversation.replies import Paragraph, Reply
from bot.conversation.shelf import Shelf
from bot.errors import UserError
from bot.memory.chats import Chats
from bot.memory.collections import Collections
from bot.memory.quizzes import Quizzes
from bot.memory.rounds import Rounds
from bot.memory.store import Place, SeenPhoto, Store
from bot.memory.tours import Tours
from bot.vision.recognizer import Guess, Painting, Recognition, Recognizer
from bot.vision.works import FAMOUS
from knowledge.entries import Artist, Movement
from knowledge.library import Library

Say = Callable[..., str]

LONGEST_NUMBER = 18
"""Digits."""
REPEATED = 80
"""Characters of somebody's words that are said back at most."""


@dataclass(frozen=True)
class Parts:
    """Everything a handler may use."""

    recognizer: Recognizer
    library: Library
    store: Store
    phrases: Phrases
    shelf: Shelf = field(default_factory=Shelf)
    bell: Bell = field(default_factory=Bell)
    daily_photos: int = 0
    """How many photos a person may have looked at in a day; 0 for any number."""

    @cached_property
    def chats(self) -> Chats:
        """The store's chats."""
        return Chats(self.store)

    @cached_property
    def collections(self) -> Collections:
        """The store's collections."""
        return Collections(self.store)

    @cached_property
    def tours(self) -> Tours:
        """The store's tours."""
        return Tours(self.store)

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds of their games."""
        return Rounds(self.store)

    @cached_property
    def quizzes(self) -> Quizzes:
        """The store's quizzes."""
        return Quizzes(self.store)

    @cached_property
    def enrolment(self) -> Enrolment:
        """What brings works into them."""
        return Enrolment(self.collections, self.recognizer)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Their works in memory."""
        return Catalogue(self.store, self.recognizer)

    def in_language(self, language: str) -> "Parts":
        """Return the same parts, with the library told in a language; it may take a moment."""
        library = self.library.in_language(language)
        if library is self.library:
            return self
        told = copy(self)
        vars(told).update(library=library, catalogue=self.catalogue)
        return told

    def say(self, event: Event) -> Say:
        """Return ``say(key, **values)`` in the language of an event."""
        return self.speaking(event.language)

    def speaking(self, language: str) -> Say:
        """Return ``say(key, **values)`` in a language."""
        return partial(self._say, language)

    def _say(self, language: str, key: str, **values: object) -> str:
        return self.phrases.say(key, language, **values)


def seen_photo(parts: Parts, photo: SeenPhoto) -> SeenPhoto:
    """Return a photo with its guesses and works named as the library names them."""
    recognition = Recognition.from_json(photo.recognition)
    named = replace(
        recognition,
        artists=_named(recognition.artists, parts.library.artists),
        movements=_named(recognition.movements, parts.library.movements),
        paintings=tuple(_titled(work, parts.library) for work in recognition.paintings),
    )
    return replace(photo, recognition=named.to_json())


def _named(
    guesses: tuple[Guess, ...], entries: Mapping[str, Artist] | Mapping[str, Movement]
) -> tuple[Guess, ...]:
    return tuple(replace(g, name=entries[g.id].name) if g.id in entries else g for g in guesses)


def _titled(work: Painting, library: Library) -> Painting:
    told = library.paintings.get(work.id) if work.collection == FAMOUS else None
    return replace(work, title=told.title) if told else work


def place_of(event: Event) -> Place:
    """Return who said something, and where."""
    return Place(event.chat.platform, event.chat.id, event.person.id)


def simply(text: str) -> Reply:
    """Return a reply of one paragraph."""
    return Reply((Paragraph(text),))


def locally(event: Event, key: str) -> str:
    """Return the key of what is to be said, or its variant for where commands answer no photo."""
    return key if event.chat.takes_answers else f"{key}_here"


def shown(words: str) -> str:
    """Return what somebody wrote as it may be repeated: one line, and not too long."""
    line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in words)
    return line if len(line) <= REPEATED else line[: REPEATED - 1] + "…"


def percent(guess: Guess) -> int:
    """Return a guess's probability in percent, never 0 or 100: nothing is that sure."""
    return min(99, max(1, round(guess.confidence * 100)))


def share(say: Say, key: str, guess: Guess) -> str:
    """Return a name with its percentage."""
    return say(key, name=guess.name, percent=percent(guess))


def pack(verb: str, subject: str, photo: SeenPhoto | None = None) -> str:
    """Return button data: what to do, with which painter or movement, and from which photo."""
    return f"{verb}:{subject}:{photo.id}" if photo else f"{verb}:{subject}"


def unpack(data: str) -> tuple[str, str, str]:
    """Return verb, subject and photo id (perhaps empty) of button data.

    Raises `UserError` for data that no button of ours carries.
    """
    verb, *rest = data.split(":")
    if not 1 <= len(rest) <= 2:
        raise UserError("old_button")
    return verb, rest[0], "".join(rest[1:])


def number_in(part: str) -> int:
    """Return a number that button data carries. Raises `UserError` for what no button of ours has.

    Databases have 64 bits for a number.
    """
    if not part.isdecimal() or len(part) > LONGEST_NUMBER:
        raise UserError("old_button")
    return int(part)
