"""Which painter or movement is meant, where a name may be of either."""

from dataclasses import dataclass
from typing import Literal

from bot.conversation.replies import Choice, Paragraph, Reply
from bot.conversation.speech import Say, pack
from knowledge.library import Library
from knowledge.names import Match


@dataclass(frozen=True)
class Found:
    """What a name found: painters or movements, the best first; ``sure`` where it is one."""

    kind: Literal["artist", "movement"]
    ids: tuple[str, ...]
    sure: bool = False


def either(library: Library, name: str) -> Found:
    """Return the movement or the painter of a name; one that is sure goes before choices."""
    movement, artist = library.find_movement(name), library.find_artist(name)
    if artist.sure and not movement.sure:
        return _found("artist", artist)
    if movement.sure or not artist.ids:
        return _found("movement", movement)
    return _found("artist", artist)


def entry_name(library: Library, found: Found, id_: str) -> str:
    """Return how one of what was found is called."""
    return (library.artists if found.kind == "artist" else library.movements)[id_].name


def one_of(say: Say, library: Library, found: Found, verb: str) -> Reply:
    """Ask which entry is meant; a tap does ``verb`` with it."""
    which = say("artist_which" if found.kind == "artist" else "movement_which")
    rows = tuple((Choice(entry_name(library, found, id_), pack(verb, id_)),) for id_ in found.ids)
    return Reply((Paragraph(which),), rows)


def _found(kind: Literal["artist", "movement"], match: Match) -> Found:
    return Found(kind, match.ids, match.sure)
