"""What is kept about a chat: where it is, what was settled, and what was last talked about."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.memory.quiet import QuietHours
from bot.memory.store import Place, Store
from bot.memory.tables import ChatRow, TopicRow

log = logging.getLogger(__name__)

REMEMBERED = timedelta(hours=12)
"""How long "and his teacher?" is still understood."""


@dataclass(frozen=True)
class Topic:
    """An entry of the library that somebody was told about."""

    kind: str
    """``artist``, ``movement`` or ``painting``."""
    entry: str
    """Its id."""


@dataclass(frozen=True)
class ChatSettings:
    """What those who run a chat settled for it."""

    photos: str = "called"
    """Which photos of a group are looked at: ``called``, those shown to Docent; or ``all``."""
    tours: str = "everyone"
    """Who may start a tour: ``everyone`` or ``admins``."""
    keep_photos: bool = False
    """Whether a tour may keep its photos until it ends."""
    quiet: QuietHours | None = None
    """When only those are answered who call Docent."""


class Chats:
    """The chats of a store."""

    def __init__(self, store: Store) -> None:
        """Keep them in ``store``."""
        self._store = store

    async def museum(self, place: Place) -> int | None:
        """Return the collection of the museum in which a chat is."""
        row = await self._row(place)
        return row.museum if row else None

    async def go_to(self, place: Place, museum: int | None) -> None:
        """Keep in which museum a chat is; ``None`` for no museum."""
        await self._keep(place, museum=museum)

    async def language(self, place: Place) -> str | None:
        """Return the language that a chat chose."""
        row = await self._row(place)
        return row.language if row else None

    async def speak(self, place: Place, language: str | None) -> None:
        """Keep a chat's language; ``None`` for that of whoever asks."""
        await self._keep(place, language=language)

    async def settings(self, place: Place) -> ChatSettings:
        """Return what is settled for a chat."""
        row = await self._row(place)
        return _settings(row) if row else ChatSettings()

    async def look_at(self, place: Place, photos: str) -> None:
        """Keep which photos of a chat are looked at: ``called`` or ``all``."""
        await self._keep(place, photos=photos)

    async def let_start_tours(self, place: Place, tours: str) -> None:
        """Keep who may start a tour in a chat: ``everyone`` or ``admins``."""
        await self._keep(place, tours=tours)

    async def keep_photos(self, place: Place, keep: bool) -> None:
        """Keep whether the tours of a chat may keep their photos until they end."""
        await self._keep(place, keep_photos=keep)

    async def be_quiet(self, place: Place, quiet: QuietHours | None) -> None:
        """Keep a chat's quiet hours; with ``None`` it has none, and its zone is still known."""
        if quiet is None:
            await self._keep(place, quiet_start=None, quiet_end=None)
        else:
            zoned = {"quiet_start": quiet.start, "quiet_end": quiet.end, "quiet_zone": quiet.zone}
            await self._keep(place, **zoned)

    async def zone(self, place: Place) -> str | None:
        """Return the time zone of a chat, if it ever told one."""
        row = await self._row(place)
        return row.quiet_zone if row else None

    async def topic(self, place: Place) -> Topic | None:
        """Return what a person was last told about in a chat, if that is not long ago."""
        async with self._store.reading() as session:
            row = await session.get(TopicRow, (place.platform, place.chat, place.person))
        if row is None or datetime.now(UTC) - row.at > REMEMBERED:
            return None
        return Topic(row.kind, row.entry)

    async def talk_about(self, place: Place, topic: Topic) -> None:
        """Keep what a person is being told about in a chat."""
        key = {"platform": place.platform, "chat": place.chat, "person": place.person}
        values = {"kind": topic.kind, "entry": topic.entry, "at": datetime.now(UTC)}
        statement = self._store.insert(TopicRow).values(key | values)
        async with self._store.writing() as session:
            await session.execute(statement.on_conflict_do_update(index_elements=key, set_=values))

    async def _row(self, place: Place) -> ChatRow | None:
        async with self._store.reading() as session:
            return await session.get(ChatRow, (place.platform, place.chat))

    async def _keep(self, place: Place, **values: Any) -> None:
        key = {"platform": place.platform, "chat": place.chat}
        statement = self._store.insert(ChatRow).values(key | values)
        async with self._store.writing() as session:
            await session.execute(statement.on_conflict_do_update(index_elements=key, set_=values))


def _settings(row: ChatRow) -> ChatSettings:
    default = ChatSettings()
    return ChatSettings(
        photos=row.photos or default.photos,
        tours=row.tours or default.tours,
        keep_photos=bool(row.keep_photos),
        quiet=_quiet(row),
    )


def _quiet(row: ChatRow) -> QuietHours | None:
    """Return a chat's quiet hours; none where this machine does not know their zone."""
    if row.quiet_start is None or row.quiet_end is None or row.quiet_zone is None:
        return None
    try:
        return QuietHours(row.quiet_start, row.quiet_end, row.quiet_zone)
    except ValueError as error:
        log.warning("A chat's quiet hours do not hold: %s", error)
        return None
