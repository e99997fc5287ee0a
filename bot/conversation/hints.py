"""The caption of a photo is a hint ("is this Monet?"): it is weighed, and answered first.

A work known on sight settles the matter. Else a hint is evidence beside what the network sees: the
odds of what a visitor names are multiplied by `TRUST` and all probabilities brought to a sum of one
again, which is Bayes' rule with a likelihood ratio of `TRUST`. With p the probability of all that
is named together, each named guess becomes ``TRUST * p_i / (1 + (TRUST - 1) * p)`` and each other
``p_i / (1 + (TRUST - 1) * p)``, also beside the painters that are not among the best five. Four
stands for somebody who is right four times as often as chance would have it: a wall label read in
passing, a school lesson remembered. It lifts 20 % to 50 %, and no 2 % over a clear first guess.
What is stored stays what the network saw.
"""

from collections.abc import Sequence
from dataclasses import replace

from babel.lists import format_list

from bot.conversation.captions import Hint, read_hint
from bot.conversation.events import Event
from bot.conversation.paintings import Told, painter, told_by_library, work_line
from bot.conversation.replies import Block, Choice, Note, Paragraph, Reply
from bot.conversation.speech import Parts, Say, pack, share
from bot.memory.store import SeenPhoto
from bot.vision.recognizer import Guess, Painting, Recognition, Recognizer, Verdict
from knowledge.entries import Artist
from knowledge.spelling import normal

TRUST = 4.0
"""By how much a visitor's word multiplies the odds of what it names."""
SHOWN = 3
"""Guesses that are shown as weighed; the named one always is."""
PLACES = ("hunch_1", "hunch_2", "hunch_3", "hunch_4", "hunch_5")
"""What is said of a hint that is the first, second … guess."""


async def answer_hint(parts: Parts, event: Event, photo: SeenPhoto, reply: Reply) -> Reply:
    """Return the reply to a photo with an answer to its caption before it, if that is a hint."""
    recognition = Recognition.from_json(photo.recognition)
    hint = await read_hint(parts, event, recognition.paintings)
    if hint is None:
        return reply
    teller = _Teller(parts, parts.say(event), parts.phrases.language(event.language), hint)
    told = teller.told(recognition)
    more = teller.choices(photo, recognition, reply)
    return replace(reply, blocks=(*told, *reply.blocks), choices=(*reply.choices, *more))


def weigh(guesses: Sequence[Guess], ids: Sequence[str]) -> tuple[Guess, ...]:
    """Return guesses as a visitor's word for some of them makes them, the likeliest first."""
    named = sum(guess.confidence for guess in guesses if guess.id in ids)
    total = 1 + (TRUST - 1) * named
    weighed = (
        replace(guess, confidence=guess.confidence * (TRUST if guess.id in ids else 1) / total)
        for guess in guesses
    )
    return tuple(sorted(weighed, key=lambda guess: -guess.confidence))


class _Teller:
    """Says what a recognition makes of a hint."""

    def __init__(self, parts: Parts, say: Say, language: str, hint: Hint) -> None:
        self._parts, self._say, self._language, self._hint = parts, say, language, hint
        self._library = parts.library

    def told(self, recognition: Recognition) -> list[Block]:
        """Return the answer: a paragraph, and what the guesses become where a hint is one."""
        verified = [work for work in recognition.paintings if work.verified]
        if verified:
            return [Paragraph(self._of_works(verified))]
        if recognition.verdict is Verdict.NOT_A_PAINTING:
            return [Paragraph(self._say("hunch_no_painting", name=self._name()))]
        if self._hint.kind == "painting":
            return self._of_title(recognition)
        return self._of_guesses(recognition, self._hint.ids, self._name())

    def choices(
        self, photo: SeenPhoto, recognition: Recognition, reply: Reply
    ) -> tuple[tuple[Choice, ...], ...]:
        """Return a button for the one entry that is meant, where the reply has none for it."""
        if len(self._hint.ids) != 1:
            return ()
        id_, library = self._hint.ids[0], self._library
        if self._hint.kind == "artist":
            more = Choice(library.artists[id_].name, pack("artist", id_, photo))
        elif self._hint.kind == "movement":
            label = self._say("button_movement", name=library.movements[id_].name)
            more = Choice(label, pack("style", id_, photo))
        elif id_ in library.paintings:
            more = Choice(library.paintings[id_].title, pack("painting", id_))
        else:
            return ()
        is_told = any(self._is_meant(work) for work in recognition.paintings)
        offered = {choice.data for row in reply.choices for choice in row}
        guessed = pack("guess", id_, photo)
        return () if is_told or {more.data, guessed} & offered else ((more,),)

    def _name(self) -> str:
        """Return what the visitor named, several things with "or" between."""
        if self._hint.called:
            return self._hint.called
        if self._hint.works:
            lines = [work_line(self._say, work) for work in self._hint.works]
            return format_list(lines, "or", self._language)
        library = self._library
        entries = library.artists if self._hint.kind == "artist" else library.movements
        names = [entries[id_].name for id_ in self._hint.ids]
        return format_list(names, "or", self._language)

    def _joined(self, words: Sequence[str]) -> str:
        return format_list(list(words), "standard", self._language)

    def _of_works(self, verified: list[Painting]) -> str:
        """Answer beside works that are known for sure."""
        meant = [work for work in verified if self._is_meant(work)]
        name, say = self._name(), self._say
        if meant and self._hint.kind == "movement":
            artist = self._painter(meant[0])
            return say("hunch_right_movement", name=name, artist=artist.name if artist else "")
        if meant:
            return say("hunch_right", works=self._lines(meant))
        if self._hint.kind == "movement":
            return self._of_another_movement(verified, name)
        if self._hint.kind == "artist" and not any(work.artist for work in verified):
            return say("hunch_no_painter", name=name)
        return say("hunch_wrong", name=name, works=self._lines(verified))

    def _of_another_movement(self, verified: list[Painting], name: str) -> str:
        painters = filter(None, map(self._painter, verified))
        counted = next((artist for artist in painters if self._styles(artist)), None)
        if counted is None:
            return self._say("hunch_no_painter", name=name)
        others = self._joined(self._styles(counted))
        return self._say("hunch_wrong_movement", name=name, artist=counted.name, others=others)

    def _of_title(self, recognition: Recognition) -> list[Block]:
        """Answer a title that is not verified; its painter may be among the guesses."""
        likely = [work for work in recognition.paintings if self._is_meant(work)]
        if likely:
            line = work_line(self._say, likely[0])
            return [Paragraph(self._say("hunch_title_likely", title=line))]
        blocks: list[Block] = [Paragraph(self._say("hunch_title", title=self._name()))]
        artists = [artist for work in self._hint.works if (artist := self._painter(work))]
        guessed = {guess.id for guess in recognition.artists}
        if len(artists) == 1 and artists[0].id in guessed:
            blocks += self._of_guesses(recognition, (artists[0].id,), artists[0].name, "artist")
        return blocks

    def _of_guesses(
        self, recognition: Recognition, ids: tuple[str, ...], name: str, kind: str = ""
    ) -> list[Block]:
        """Answer a painter or a movement beside the best five guesses."""
        of_artists = (kind or self._hint.kind) == "artist"
        guesses = recognition.artists if of_artists else recognition.movements
        place = next((n for n, guess in enumerate(guesses) if guess.id in ids), None)
        if place is None:
            learnt = _learnt(self._parts.recognizer, of_artists=of_artists).intersection(ids)
            return [Paragraph(self._say("hunch_little" if learnt else "hunch_unlearnt", name=name))]
        own = guesses[place]
        said = Verdict.ARTIST if of_artists else Verdict.MOVEMENT
        if place == 0 and recognition.verdict is said:
            return [Paragraph(share(self._say, "hunch_sure", own))]
        return self._weighed(guesses, place, ids)

    def _weighed(self, guesses: Sequence[Guess], place: int, ids: tuple[str, ...]) -> list[Block]:
        say, own = self._say, guesses[place]
        weighed = weigh(guesses, ids)
        first = weighed[0]
        leads = first.id in ids
        lean = say("hunch_leads") if leads else say("hunch_behind", first=first.name)
        shown = [g for n, g in enumerate(weighed) if n < SHOWN or g.id == own.id]
        shares = (share(say, "hunch_share" if g.id in ids else "share", g) for g in shown)
        told = Paragraph(f"{share(say, PLACES[place], own)} {lean}")
        return [told, Note(say("hunch_counted", shares=", ".join(shares)))]

    def _is_meant(self, work: Painting) -> bool:
        """Say whether a work on the photo is what the hint names, or by whom it names."""
        if self._hint.kind == "painting":
            return any(
                _is_same(told_by_library(self._library, work) or work, each) or _is_same(work, each)
                for each in self._hint.works
            )
        artist = self._painter(work)
        if artist is None:
            return False
        ids = {artist.id} if self._hint.kind == "artist" else set(artist.movements)
        return bool(ids.intersection(self._hint.ids))

    def _painter(self, work: Told) -> Artist | None:
        return painter(self._library, work)

    def _styles(self, artist: Artist) -> list[str]:
        movements = self._library.movements
        return [movements[id_].name for id_ in artist.movements if id_ in movements]

    def _lines(self, works: Sequence[Painting]) -> str:
        return self._joined([work_line(self._say, work) for work in works])


def _is_same(work: Told, other: Told) -> bool:
    if work.id == other.id:
        return True
    return normal(work.title) == normal(other.title) and normal(work.artist) == normal(other.artist)


def _learnt(recognizer: Recognizer, *, of_artists: bool) -> set[str]:
    """Return the painters or movements that the network can name."""
    card = recognizer.card
    labels = (*card.artists, *card.few_shot) if of_artists else card.movements
    return {label.id for label in labels}
