"""All collections' works in memory, as the store has them at any moment."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.collections.enrolment import known_work
from bot.memory.chats import Chats
from bot.memory.collections import Collection, Collections, StoredWork
from bot.memory.store import Place, Store
from bot.vision.enrolled import Enrolled, unpacked
from bot.vision.recognizer import Recognizer
from bot.vision.works import Holdings, Works

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """A collection in memory: its works, and of which revision each is."""

    collection: Collection
    rows: dict[int, int]
    """A work's id → its revision, in the order of ``works``."""
    works: Works


class Catalogue:
    """Follows the store: whoever changed a collection, the next photo is asked about it as it is.

    Use it from one event loop.
    """

    def __init__(self, store: Store, recognizer: Recognizer) -> None:
        """Follow the collections of ``store``, beside the works that ``recognizer`` knows."""
        self._collections = Collections(store)
        self._chats = Chats(store)
        self._recognizer = recognizer
        self._held: dict[int, Held] = {}
        self._following = asyncio.Lock()

    async def among(self, place: Place, museum: int | None = None) -> list[Holdings]:
        """Return where a photo's work is looked for, one after the other.

        That is the museum where the chat is (or ``museum``), if any; then every other collection
        that may be seen there, and the famous works.
        """
        held = await self._follow()
        if held and museum is None:
            museum = await self._chats.museum(place)
        others = [
            h.works for id_, h in held.items() if id_ != museum and h.collection.is_seen_from(place)
        ]
        rest = Holdings([self._recognizer.famous, *others])
        return [Holdings([held[museum].works]), rest] if museum and museum in held else [rest]

    async def seen_from(self, place: Place) -> list[Works]:
        """Return the works that a chat may ask for by name, its museum's first, the famous last."""
        held = await self._follow()
        museum = await self._chats.museum(place)
        seen = [h for id_, h in held.items() if id_ == museum or h.collection.is_seen_from(place)]
        seen.sort(key=lambda h: h.collection.id != museum)
        return [*(h.works for h in seen), self._recognizer.famous]

    async def _follow(self) -> dict[int, Held]:
        """Read what changed since the last time, once however many ask; return all that is held."""
        async with self._following:
            listed = await self._collections.all()
            fresh: dict[int, Held] = {}
            for collection in listed:
                before = self._held.get(collection.id)
                if before is None or before.collection.revision != collection.revision:
                    fresh[collection.id] = await self._read(collection, before)
                else:
                    fresh[collection.id] = Held(collection, before.rows, before.works)
            self._held = fresh
            return fresh

    async def _read(self, collection: Collection, before: Held | None) -> Held:
        stored = await self._collections.works(collection.id)
        usable = [work for work in stored if work.maker == self._recognizer.maker]
        rows = before.rows if before else {}
        new = {work.id for work in usable if rows.get(work.id) != work.revision}
        signatures = await self._collections.signatures(new)
        return await asyncio.to_thread(_held, collection, usable, signatures, before)


def _held(
    collection: Collection,
    stored: Sequence[StoredWork],
    signatures: dict[int, bytes],
    before: Held | None,
) -> Held:
    """Return a collection's works; those that did not change are not unpacked again."""
    known = {id_: number for number, id_ in enumerate(before.rows)} if before else {}
    enrolled: dict[int, Enrolled] = {}
    rows: dict[int, int] = {}
    for work in stored:
        try:
            if work.id in signatures:
                enrolled[work.id] = unpacked(known_work(collection, work), signatures[work.id])
            elif before and work.id in known:
                enrolled[work.id] = before.works[known[work.id]]
            else:
                continue  # removed since the list was read
        except ValueError as error:
            log.warning("Work %d of %s cannot be recognised: %s", work.id, collection.name, error)
            continue
        rows[work.id] = work.revision
    return Held(collection, rows, Works(list(enrolled.values())))
